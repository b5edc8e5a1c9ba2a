import Access
import Identifiers
import PlatformSupport
import Runtime
import Testing

@testable import Tenancy

@Suite struct `Timers of a world` {
    private static func timer(_ id: String, at second: Int64, kind: String = "expiry") -> WorldTimer {
        WorldTimer(
            id: id, dueAt: instant(second), contract: "payments", type: "payment",
            entityID: "pay_1", kind: kind, payload: Array(#"{"z":1.0,"a":"ü"}"#.utf8))
    }

    private static func instant(_ second: Int64) -> SandboxInstant {
        SandboxInstant(microseconds: second * 1_000_000)
    }

    private static func expect(
        _ ids: [String], _ world: WorldTransaction, upTo second: Int64, limit: Int = 100,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let due = try await world.dueTimers(upTo: instant(second), limit: limit)
        #expect(due.map(\.id) == ids, sourceLocation: location)
    }

    @Test func `come due in order of time, at one time in order of their ids' bytes`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            _ = try await platform.worlds.transaction(as: access) { world in
                for (id, second) in [("b", 20), ("Z", 10), ("a", 10), ("é", 10), ("late", 30)] {
                    world.schedule(Self.timer(id, at: Int64(second)))
                }
            }
            _ = try await platform.worlds.transaction(as: access) { world in
                try await Self.expect(["Z", "a", "é", "b"], world, upTo: 20)
                try await Self.expect(["Z", "a"], world, upTo: 20, limit: 2)
                try await Self.expect([], world, upTo: 9)
                let whole = try await world.dueTimers(upTo: Self.instant(10), limit: 1)
                #expect(whole == [Self.timer("Z", at: 10)])
            }
            #expect(try await platform.worlds.nextTimer(as: access)?.id == "Z")
        }
    }

    @Test func `of many commits in one transaction are kept as each left them`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            _ = try await platform.worlds.transaction(as: access) { world in
                for round in 0..<(3 * Limits.timerChangesUnsent) {
                    world.schedule(Self.timer("again", at: Int64(round)))
                    if round.isMultiple(of: 2) { world.schedule(Self.timer("t\(round)", at: 5_000)) }
                    if round % 4 == 3 { world.cancelTimer("t\(round - 1)") }
                    try await world.beginNextCommit(at: world.now)
                }
                let first = try await world.dueTimers(upTo: Self.instant(4_000), limit: 2)
                #expect(first.map(\.id) == ["again"])
            }
            _ = try await platform.worlds.transaction(as: access) { world in
                let last = Int64(3 * Limits.timerChangesUnsent - 1)
                let due = try await world.dueTimers(upTo: Self.instant(5_000), limit: 10_000)
                #expect(due.first == Self.timer("again", at: last))
                #expect(due.count == 1 + 3 * Limits.timerChangesUnsent / 4)
                let beyond = try await world.dueTimers(
                    from: Self.instant(last + 1), upTo: Self.instant(5_000), limit: 1)
                #expect(beyond.first?.dueAt == Self.instant(5_000))
            }
        }
    }

    @Test func `that come before anybody would look wake the clock earlier`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let job = Self.timer("job", at: 2_000_000_000)
            try await platform.worlds.clockTransaction(as: access) { world in
                try await world.adoptJobs([job])
                world.noteRest()
            }
            let before = try #require(try await platform.worlds.head(as: access).wakeAt)
            _ = try await platform.worlds.transaction(as: access) { world in
                world.schedule(Self.timer("soon", at: 1_999_999_000))
            }
            let after = try #require(try await platform.worlds.head(as: access).wakeAt)
            #expect(before - after == .seconds(1_000))
        }
    }

    @Test func `a transaction sees what it has scheduled, replaced and cancelled`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            _ = try await platform.worlds.transaction(as: access) { world in
                for id in ["cancelled", "kept", "moved"] { world.schedule(Self.timer(id, at: 10)) }
            }
            _ = try await platform.worlds.transaction(as: access) { world in
                world.schedule(Self.timer("own", at: 5))
                world.schedule(Self.timer("moved", at: 40))
                world.cancelTimer("cancelled")
                world.cancelTimer("never was")
                try await Self.expect(["own", "kept"], world, upTo: 20)
                try await Self.expect(["own", "kept", "moved"], world, upTo: 40, limit: 3)
                world.cancelTimer("own")
                try await Self.expect(["kept"], world, upTo: 20, limit: 1)
            }
            _ = try await platform.worlds.transaction(as: access) { world in
                try await Self.expect(["kept", "moved"], world, upTo: 99)
            }
        }
    }

    @Test func `an error leaves them as they were`() async throws {
        struct Refused: Error {}
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            await #expect(throws: Refused.self) {
                _ = try await platform.worlds.transaction(as: access) { world in
                    world.schedule(Self.timer("a", at: 1))
                    throw Refused()
                }
            }
            #expect(try await platform.worlds.nextTimer(as: access) == nil)
        }
    }
}

@Suite struct `The clock of a world` {
    @Test func `is set with the commit, and its epoch with it`() async throws {
        try await TestPlatform.shared.run { platform in
            let access = try await platform.makeSandbox()
            let before = try await platform.worlds.head(as: access).clock
            let instant = SandboxInstant(microseconds: 2_000_000_000_000_000)
            _ = try await platform.worlds.transaction(as: access) { world in
                world.setClock(VirtualClock(mode: .frozen(at: instant), epoch: before.epoch + 1))
                world.now = instant
                world.emit(
                    WorldEvent(id: "evt_1", contract: "payments", type: "t", document: Array("{}".utf8)))
                #expect(world.head.clock.now(at: platform.clock.now()) == instant)
            }
            let after = try await platform.worlds.head(as: access)
            #expect(after.clock == VirtualClock(mode: .frozen(at: instant), epoch: before.epoch + 1))
            _ = try await platform.worlds.transaction(as: access) { world in
                #expect(world.now == instant)
            }
        }
    }
}
