import Access
import Contracts
import PlatformSupport
import Postgres
import Runtime
import Simulators
import Tenancy

@testable import Gateway

/// Virtual time of a frozen sandbox, moved by firing what is due, in order, each timer in a
/// transaction of its own with its own instant.
extension TestSandbox {
    /// A sandbox whose clock stands at noon of a Monday on which every market works.
    static func frozen(
        _ change: (inout SandboxDraft) -> Void = { _ in }
    ) async throws -> TestSandbox {
        try await make { draft in
            draft.seed = 7
            draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-03-03T12:00:00Z"))
            change(&draft)
        }
    }

    /// Fires what comes due within `days` and `hours`, and leaves the clock there.
    func advance(days: Int = 0, hours: Int = 0) async throws {
        guard let payments = gateway.services.library["payments"]?.simulator as? PaymentsSimulator
        else { throw TestFault("the library has no payments") }
        let access = access
        let step: Duration = .seconds(days * 86_400 + hours * 3_600)
        try await gateway.platform.run { platform in
            let start = try await platform.worlds.head(as: access).now(at: platform.clock.now())
            let target = start + step
            while try await Self.fireNext(upTo: target, payments, platform, access) {}
            _ = try await platform.worlds.transaction(as: access) { world in
                world.setClock(
                    VirtualClock(mode: .frozen(at: target), epoch: world.head.clock.epoch + 1))
            }
        }
    }

    private static func fireNext(
        upTo target: SandboxInstant, _ payments: PaymentsSimulator, _ platform: TestPlatform,
        _ access: SandboxAccess
    ) async throws -> Bool {
        let outcome = try await platform.worlds.transaction(as: access) { world in
            guard let timer = try await world.dueTimers(upTo: target, limit: 1).first else {
                return false
            }
            world.now = max(world.now, timer.dueAt)
            world.setClock(
                VirtualClock(mode: .frozen(at: world.now), epoch: world.head.clock.epoch + 1))
            world.cancelTimer(timer.id)
            try await payments.fire(timer, in: world)
            return true
        }
        if case .committed(let fired) = outcome { return fired }
        return false
    }

    /// Types of all events so far, oldest first.
    func eventTypes() async throws -> [String] {
        let events = try await rows(
            "event_types", "SELECT type FROM sbx.events WHERE tenant_id = $1 ORDER BY revision, n")
        return (0..<events.count).map { events[$0].text(0) }
    }

    /// The balance of a ledger account.
    func balance(_ account: String, _ currency: String) async throws -> Int64 {
        let ledger = try await call("GET", "/v1/ledger")
        let own = ledger.at("/accounts")?.array?.first {
            $0["name"]?.string == account && $0["currency"]?.string == currency
        }
        return own?["balance"]?.int ?? 0
    }

    /// Sums of the ledger that are not zero; none in a sound one.
    func unbalanced() async throws -> [JSONValue] {
        let sums = try await call("GET", "/v1/ledger").at("/sums")?.array ?? []
        return sums.filter { $0["amount"]?.int != 0 }
    }
}
