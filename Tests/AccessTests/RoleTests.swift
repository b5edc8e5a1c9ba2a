import Access
import Contracts
import Identifiers
import Testing

@Suite struct Roles {
    @Test func `allow what the table says`() {
        let table: [(AccessControl.Action, [Role])] = [
            (.read, [.owner, .developer, .support, .viewer]),
            (.repair, [.owner, .developer, .support]),
            (.write, [.owner, .developer]),
            (.manage, [.owner]),
        ]
        for (action, allowed) in table {
            #expect(Role.allCases.filter { $0.allows(action) } == allowed, "\(action)")
        }
    }

    @Test func `grants come back from their document, and nonsense grants nothing`() throws {
        var grants = SandboxGrants()
        grants[SandboxID(high: 1, low: 2)] = .developer
        grants[SandboxID(high: 1, low: 1)] = .support
        #expect(SandboxGrants(grants.document) == grants)
        #expect(SandboxGrants(["sbx_nothing": "owner", "x": 1]) == SandboxGrants())
        #expect(SandboxGrants(["\(SandboxID(high: 1, low: 1))": "king"]) == SandboxGrants())
    }
}
