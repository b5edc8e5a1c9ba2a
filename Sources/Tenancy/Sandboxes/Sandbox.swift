package import Access
package import Identifiers
package import Runtime

/// A sandbox as the platform shows it.
package struct Sandbox: Sendable {
    package let id: SandboxID
    package let slug: String
    package let name: String?
    package let state: SandboxLocation.State
    package let isolation: Isolation
    package let labels: Labels
    package let seed: Int64
    package let clock: VirtualClock
    package let stamp: WorldStamp
    /// In the order of their names.
    package let mounts: [Mount]
    /// Wall time; nil when it never ends.
    package let expiresAt: WallInstant?
    package let createdAt: WallInstant
}

package enum Isolation: String, Sendable {
    case row, schema, database

    /// Reads the member `isolation`. Modes that do not exist yet are never silently `row`.
    package init(requested text: String) throws(TenancyError) {
        switch Isolation(rawValue: text) {
        case .row: self = .row
        case .schema, .database: throw .isolationNotAvailable(text)
        case nil: throw .invalid(member: "isolation", rule: "`row`, `schema` or `database`")
        }
    }
}

/// A contract on a sandbox.
package struct Mount: Sendable, Hashable {
    package enum Fidelity: String, Sendable { case `static`, stateful, domain }

    package let contract: String
    package let version: String
    package let fidelity: Fidelity
    /// Which import of the tenant's is served; nil for a contract that comes with the platform.
    package let imported: ContractID?

    package init(
        contract: String, version: String, fidelity: Fidelity, imported: ContractID? = nil
    ) {
        self.contract = contract
        self.version = version
        self.fidelity = fidelity
        self.imported = imported
    }
}
