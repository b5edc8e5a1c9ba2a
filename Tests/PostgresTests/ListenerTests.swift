import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct Listening {
    @Test func `hears what is notified, tells of loss, and hears again`() async throws {
        let fixture = try DatabaseFixture()
        let events = Mailbox<Listener.Event>()
        let listener = fixture.postgres.makeListener(
            on: fixture.loop, channels: ["sbx_keys", "sbx_clocks"]
        ) { events.put($0) }
        listener.start()
        #expect(events.take() == .listening)
        let sender = try BlockingConnection(fixture.address)
        try sender.run("SELECT pg_notify('sbx_keys', $1)", ["key_1"])
        try sender.run("SELECT pg_notify('sbx_other', 'unheard')")
        try sender.run("SELECT pg_notify('sbx_clocks', '')")
        #expect(events.take() == .notified(channel: "sbx_keys", payload: "key_1"))
        #expect(events.take() == .notified(channel: "sbx_clocks", payload: ""))

        for _ in 0..<3 {
            #expect(try fixture.terminateSessions("listen") == 1)
            #expect(events.take() == .lost)
            #expect(events.take() == .listening)
        }
        try sender.run("SELECT pg_notify('sbx_keys', 'key_2')")
        #expect(events.take() == .notified(channel: "sbx_keys", payload: "key_2"))
        listener.stop()
        try await fixture.run { _ in }
    }
}
