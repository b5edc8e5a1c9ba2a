package import Contracts
package import Identifiers

/// A member's role in its tenant, or a management key's.
package enum Role: String, Sendable, Hashable, CaseIterable {
    case owner, developer, support, viewer

    /// | | read | repair | write | manage |
    /// |---|---|---|---|---|
    /// | viewer | yes | | | |
    /// | support | yes | yes | | |
    /// | developer | yes | yes | yes | |
    /// | owner | yes | yes | yes | yes |
    package func allows(_ action: AccessControl.Action) -> Bool {
        switch action {
        case .read: true
        case .repair: self != .viewer
        case .write: self == .owner || self == .developer
        case .manage: self == .owner
        }
    }
}

/// What a member may do with single sandboxes beyond its role in the tenant.
package struct SandboxGrants: Sendable, Hashable {
    private var roles: [SandboxID: Role] = [:]

    package init() {}

    /// Reads ``document``; what is no grant is left out.
    package init(_ document: JSONValue) {
        for member in document.object?.members ?? [] {
            guard let sandbox = SandboxID(member.name),
                let role = member.value.string.flatMap(Role.init)
            else { continue }
            roles[sandbox] = role
        }
    }

    package subscript(sandbox: SandboxID) -> Role? {
        get { roles[sandbox] }
        set { roles[sandbox] = newValue }
    }

    /// Roles by the sandboxes' ids, in order.
    package var document: JSONValue {
        var document: JSONValue = [:]
        for (sandbox, role) in roles.sorted(by: { $0.key < $1.key }) {
            document[sandbox.description] = .string(role.rawValue)
        }
        return document
    }
}
