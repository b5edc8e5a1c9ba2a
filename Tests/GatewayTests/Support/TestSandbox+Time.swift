import Access
import Contracts
import PlatformSupport
import Postgres
import Runtime
import Simulators
import Tenancy

@testable import Gateway

/// Virtual time of a frozen sandbox, and what it has led to.
extension TestSandbox {
    /// A sandbox whose clock stands at noon of a Monday on which every market works.
    static func frozen(
        _ change: (inout SandboxDraft) -> Void = { _ in }
    ) async throws -> TestSandbox {
        try await TestTenant.make(TestGateway.shared).frozenSandbox(change)
    }

    /// Moves the clock as a partner does.
    func advance(days: Int = 0, hours: Int = 0) async throws {
        let moved = try await tenant.call(
            "POST", "/v1/sandboxes/\(slug)/clock/advance",
            ["by": .string("PT\(days * 24 + hours)H")])
        guard moved.status == 200, moved.at("/partial") != true else {
            throw TestFault("the clock did not move: \(moved.status) \(moved.code ?? "")")
        }
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

extension TestTenant {
    func frozenSandbox(
        _ change: (inout SandboxDraft) -> Void = { _ in }
    ) async throws -> TestSandbox {
        try await sandbox { draft in
            draft.seed = 7
            draft.clock = .init(mode: .frozen, now: .init(rfc3339: "2031-03-03T12:00:00Z"))
            change(&draft)
        }
    }
}
