import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime

// Who belongs to a tenant, and what they may do.
extension PlatformAPI {
    static let memberHandlers: [String: Handler] = [
        "get_caller": .tenant(.read) { _, _, access throws(Refusal) in
            Answer(200, access.caller)
        },
        "list_members": .tenant(.read) { api, _, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let members = try await api.services.stores.members.list(as: access)
                return Answer(200, ["data": .array(members.map(\.document)), "next": .null])
            }
        },
        "update_member": .manage { api, call, management throws(Refusal) in
            let role = Role(named: call.body["role"]?.string) ?? .viewer
            return try await api.identity { () throws(IdentityError) in
                let member = try await api.services.stores.members.setRole(
                    role, of: try call.user(), as: management)
                return Answer(200, member.document)
            }
        },
        "remove_member": .manage { api, call, management throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let user = try call.user()
                try await api.services.stores.members.remove(user, as: management)
                return Answer(200, ["id": .string(user.description), "removed": true])
            }
        },
        "grant_sandbox": .manage { api, call, management throws(Refusal) in
            let role = Role(named: call.body["role"]?.string) ?? .support
            return try await api.identity { () throws(IdentityError) in
                let member = try await api.services.stores.members.grant(
                    role, on: try call.sandboxID(), to: try call.user(), as: management)
                return Answer(200, member.document)
            }
        },
        "withdraw_grant": .manage { api, call, management throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let member = try await api.services.stores.members.withdraw(
                    try call.sandboxID(), from: try call.user(), as: management)
                return Answer(200, member.document)
            }
        },
    ]

    /// Identity's errors become refusals here.
    func identity(
        _ body: () async throws(IdentityError) -> Answer
    ) async throws(Refusal) -> Answer {
        do throws(IdentityError) {
            return try await body()
        } catch {
            throw .identity(error)
        }
    }
}

extension PlatformCall {
    fileprivate func user() throws(IdentityError) -> UserID {
        guard let id = UserID(path("user")) else { throw .memberNotFound }
        return id
    }

    /// Grants name a sandbox by its id: slugs can be given to another one later.
    fileprivate func sandboxID() throws(IdentityError) -> SandboxID {
        guard let id = SandboxID(path("granted")) else { throw .sandboxNotFound }
        return id
    }
}

extension Member {
    var document: JSONValue {
        [
            "id": .string(user.description), "email": .string(email),
            "role": .string(role.rawValue), "grants": grants.document,
            "created_at": .string(since.description),
        ]
    }
}

extension TenantAccess {
    /// Who is calling, and what that one may do.
    fileprivate var caller: JSONValue {
        let actions: [AccessControl.Action] = [.read, .repair, .write, .manage]
        return [
            "tenant": .string(tenant.description),
            "kind": .string(orNull: principal?.kindName),
            "id": .string(orNull: principal.map { AuditActor($0).text ?? "" }),
            "role": .string(orNull: principal?.role?.rawValue),
            "actions": .array(
                actions.filter { principal?.role?.allows($0) ?? false }.map { .string($0.rawValue) }),
            "grants": principal?.grants.document ?? [:],
        ]
    }
}
