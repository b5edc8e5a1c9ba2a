import Access
import Contracts
import Runtime
import Simulators
import Tenancy
import Testing

@testable import Gateway

@Suite struct `The clock over HTTP` {
    @Test func `moves, tells what fired, and stands where it was sent`() async throws {
        let sandbox = try await Self.frozen()
        let moved = try await Self.advance(sandbox, ["by": "P7D"])
        #expect(moved.status == 200)
        #expect(moved.json["now"] == "2026-01-08T00:00:00.000Z")
        #expect(moved.json["mode"] == "frozen")
        #expect(moved.json["partial"] == false)
        // Settlement on the Fed's 2, 5, 6 and 7 January; the day's end there is 01:00 UTC, and the
        // first one that of 31 December.
        #expect(moved.json["fired_count"] == 8)
        #expect(
            moved.json["fired"]?[0]
                == [
                    "at": "2026-01-01T01:00:00.000Z", "kind": "end_of_day",
                    "id": "job:payments:end_of_day",
                    "effects": [
                        [
                            "what": "timer", "id": "job:payments:end_of_day",
                            "at": "2026-01-03T01:00:00.000Z",
                        ]
                    ],
                ])
        #expect(moved.json["next"]?["at"] == "2026-01-08T01:00:00.000Z")
        let clock = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/clock")
        #expect(clock.json["now"] == moved.json["now"])
    }

    @Test func `a preview tells the same and moves nothing`() async throws {
        let sandbox = try await Self.frozen()
        let preview = try await Self.advance(sandbox, ["by": "P7D", "preview": true])
        let again = try await Self.advance(sandbox, ["by": "P7D"], query: "?preview=true")
        let moved = try await Self.advance(sandbox, ["by": "P7D"])
        #expect(preview.json["preview"] == true)
        #expect(preview.json == again.json)
        #expect(preview.json["fired"] == moved.json["fired"])
        #expect(preview.json["next"] == moved.json["next"])
    }

    @Test func `freezes, runs on, and takes business days and the next settlement`() async throws {
        let sandbox = try await Self.frozen()
        let path = "/v1/sandboxes/\(sandbox.slug)/clock"
        let resumed = try await sandbox.tenant.call("POST", "\(path)/resume")
        #expect(resumed.json["mode"] == "running")
        let frozen = try await sandbox.tenant.call("POST", "\(path)/freeze")
        #expect(frozen.json["mode"] == "frozen")
        let other = try await Self.frozen()
        let days = try await Self.advance(other, ["business_days": 1, "calendar": "target"])
        #expect(days.json["now"] == "2026-01-02T00:00:00.000Z")
        let next = try await Self.advance(other, ["until": "next_settlement"])
        #expect(next.json["now"] == "2026-01-02T13:30:00.000Z")
    }

    @Test func `an event that does not come within the horizon is told`() async throws {
        let sandbox = try await Self.frozen()
        let moved = try await Self.advance(
            sandbox, ["until_event": "payment.settled_twice", "horizon": "P1D"])
        #expect(moved.json["found"] == false)
        #expect(moved.json["now"] == "2026-01-02T00:00:00.000Z")
    }

    @Test(arguments: [
        ("{}", ""), (#"{"by": "P1D", "to": "2026-02-01T00:00:00Z"}"#, "/to"),
        (#"{"by": "1 day"}"#, "/by"), (#"{"by": "P1.5D"}"#, "/by"),
        (#"{"to": "2025-12-31T23:59:59Z"}"#, "/to"), (#"{"to": "tomorrow"}"#, "/to"),
        (#"{"by": "P101Y"}"#, "/by"), (#"{"business_days": 2}"#, "/calendar"),
        (#"{"by": "P1D", "calendar": "fed"}"#, "/business_days"),
        (#"{"business_days": 2, "calendar": "mars"}"#, "/calendar"),
        (#"{"business_days": -1, "calendar": "fed"}"#, "/business_days"),
        (#"{"until": "doomsday"}"#, "/until"), (#"{"by": "P1D", "horizon": "P1D"}"#, "/horizon"),
        (#"{"until_event": "a.b", "horizon": "soon"}"#, "/horizon"),
    ])
    func `bad moves are refused at the member that is wrong`(body: String, pointer: String) async throws {
        let sandbox = try await Self.frozen()
        let refused = try await Self.advance(sandbox, JSONParser.parse(body))
        #expect(refused.status == 400)
        #expect(refused.json["code"] == "validation_failed")
        let pointers = (refused.json["errors"]?.array ?? []).compactMap { $0["pointer"]?.string }
        #expect(pointers.contains(pointer), "\(refused)")
        let clock = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/clock")
        #expect(clock.json["now"] == "2026-01-01T00:00:00.000Z")
    }

    @Test func `packs are listed, and one that stands on another has its jobs`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        let packs = try await tenant.call("GET", "/v1/packs")
        #expect(packs.json["data"]?.array?.compactMap { $0["name"] }.contains("standard") == true)
        let pack = try await tenant.call("GET", "/v1/packs/standard")
        #expect(pack.json["jobs"]?[0]?["kind"] == "settlement")
        let none = try await tenant.call("GET", "/v1/packs/none")
        #expect(none.status == 404)
    }

    @Test func `an unknown graph is not found`() async throws {
        let sandbox = try await Self.frozen()
        let none = try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/graphs/none")
        #expect(none.status == 404)
        #expect(none.json["code"] == "not_found")
    }

    /// A sandbox whose clock stands at the beginning of 2026.
    private static func frozen() async throws -> TestSandbox {
        try await TestSandbox.make { draft in
            draft.clock = SandboxDraft.Clock(
                mode: .frozen, now: SandboxInstant(rfc3339: "2026-01-01T00:00:00Z"))
        }
    }

    private static func advance(
        _ sandbox: TestSandbox, _ body: JSONValue, query: String = ""
    ) async throws -> TestAnswer {
        try await sandbox.tenant.call(
            "POST", "/v1/sandboxes/\(sandbox.slug)/clock/advance\(query)", body)
    }
}
