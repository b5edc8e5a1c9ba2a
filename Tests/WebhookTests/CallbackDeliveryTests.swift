import Access
import Contracts
import HTTP
import PlatformSupport
import Tenancy
import TestSupport
import Testing

@testable import Simulators

/// Deliveries that have an address of their own, over the sandbox's inbox.
@Suite struct `Deliveries of callbacks` {
    private func lane(_ bench: WebhookBench) async throws -> DeliveryLane {
        _ = try await bench.stores.endpoints.callbackDoor(
            url: "", fields: HeaderFields(), as: bench.access)
        return DeliveryLane(
            tenant: bench.access.tenant, sandbox: bench.access.sandbox,
            endpoint: bench.access.sandbox.callbacks)
    }

    private func callBack(
        _ bench: WebhookBench, at path: String, method: String = "POST"
    ) async throws {
        let target = EventTarget(
            method: method, url: "http://\(bench.access.slug).sbx.localhost/_inbox/\(path)",
            isInbox: true)
        _ = try await bench.world.transaction(as: bench.access) { world in
            world.emit(
                EventEnvelope.event(
                    "callback.streams.on_data", contract: "streams", object: ["at": .string(path)],
                    in: world, to: target))
        }
    }

    private func inbox(_ bench: WebhookBench) async throws -> [InboxStore.Message] {
        try await bench.stores.inbox.messages(rows: 100, cursor: nil, as: bench.access)
            .messages.reversed()
    }

    @Test func `go each to its address, with its method and body, signed`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await lane(bench)
            let secret = try await bench.stores.endpoints.rotateCallbackSecret(
                overlapSeconds: 0, as: bench.access
            ).secret
            _ = try await bench.stores.inbox.configure(
                secret: .some(secret), status: nil, as: bench.access)
            try await callBack(bench, at: "one", method: "PUT")
            try await callBack(bench, at: "two")
            #expect(try await bench.deliver(lane) == 2)
            let got = try await inbox(bench)
            #expect(Set(got.map { "\($0.method) \($0.path)" }) == ["PUT /_inbox/one", "POST /_inbox/two"])
            for message in got {
                #expect(message.verification == "valid")
                let at = try JSONParser.parse(message.body)["at"]?.string ?? ""
                #expect(message.path == "/_inbox/\(at)")
            }
            #expect(try await bench.deliveries.allSatisfy { $0.state == .delivered })
        }
    }

    @Test func `of a receiver that is gone are dead, and the others go on`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await lane(bench)
            try await bench.answers(410)
            try await callBack(bench, at: "gone")
            #expect(try await bench.deliver(lane) == 1)
            #expect(try await bench.deliveries.map(\.state) == [.dead])
            try await bench.answers(429)
            try await callBack(bench, at: "slow")
            #expect(try await bench.deliver(lane) == 1)
            try await bench.answers(200)
            try await callBack(bench, at: "fine")
            #expect(try await bench.deliver(lane) == 1, "one that asks to wait holds up nobody else")
            // Of one instant on the test's clock, so in no order.
            let made = try await bench.deliveries
            #expect(made.map(\.state.rawValue).sorted() == ["dead", "delivered", "pending"])
            let dead = try #require(made.first { $0.state == .dead })
            let again = try await bench.stores.deliveries.redeliver(dead.id, as: bench.access)
            #expect(again.state == .pending)
            #expect(try await bench.deliver(lane) == 1)
            let after = try await bench.deliveries.first { $0.id == dead.id }
            #expect(after?.state == .delivered)
        }
    }

    @Test func `of declared webhooks go to endpoints by their method, with their parameters`()
        async throws
    {
        try await onLoop {
            let bench = try await WebhookBench()
            let endpoint = try await bench.endpoint()
            let target = EventTarget(
                method: "DELETE", fields: [.init(name: "X-Kind", value: "a b")],
                query: [.init(name: "mode", value: "x&y"), .init(name: "mode", value: "ü")])
            _ = try await bench.world.transaction(as: bench.access) { world in
                world.emit(
                    EventEnvelope.event(
                        "webhook.museum.closed", contract: "museum", object: .null, in: world,
                        to: target))
            }
            #expect(try await bench.deliver(endpoint.lane) == 1)
            let got = try #require(try await inbox(bench).first)
            #expect(got.method == "DELETE")
            #expect(got.path.hasSuffix("?mode=x%26y&mode=%C3%BC"), "\(got.path)")
            #expect(String(decoding: got.headers, as: UTF8.self).contains("a b"))
            #expect(got.body.isEmpty)
        }
    }

    @Test func `do not go to endpoints, nor events to the callbacks' own`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await lane(bench)
            let endpoint = try await bench.endpoint()
            try await callBack(bench, at: "one")
            let event = try await bench.happen()
            #expect(try await bench.deliver(lane) == 1)
            #expect(try await bench.deliver(endpoint.lane) == 1)
            let made = try await bench.deliveries
            #expect(made.count == 2)
            #expect(made.first { $0.event == event }?.endpoint == endpoint.endpoint.id)
            let listed = try await bench.stores.endpoints.endpoints(as: bench.access)
            #expect(listed.map(\.id) == [endpoint.endpoint.id])
        }
    }
}
