import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime
import Tenancy

// The keys of a tenant: of its members and pipelines, and of its sandboxes.
extension PlatformAPI {
    static let keyHandlers: [String: Handler] = [
        "create_key": .manage { api, call, management throws(Refusal) in
            try await api.createKey(call.body, management)
        },
        "create_sandbox_key": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.createKey(call.body, access)
        },
        "list_keys": .tenant(.read) { api, _, access throws(Refusal) in
            try await api.listKeys(access)
        },
        "revoke_key": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.revokeKey(call, access)
        },
        "rotate_key": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.rotateKey(call, access)
        },
    ]

    private func createKey(
        _ body: JSONValue, _ management: TenantManagement
    ) async throws(Refusal) -> Answer {
        let user = try body["user"]?.string.map { text throws(Refusal) in
            guard let id = UserID(text) else { throw .identity(.memberNotFound) }
            return id
        }
        do throws(IdentityError) {
            let made = try await services.stores.keys.create(
                Role(named: body["role"]?.string) ?? .owner, of: user,
                lifetimeSeconds: try lifetime(body), as: management)
            return Self.answer(made)
        } catch {
            throw .identity(error)
        }
    }

    private func createKey(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        do throws(IdentityError) {
            return Self.answer(
                try await services.stores.keys.create(
                    lifetimeSeconds: try lifetime(body), as: access))
        } catch {
            throw .identity(error)
        }
    }

    private static func answer(_ made: (key: KeyStore.Key, secret: Secret)) -> Answer {
        var document = made.key.document
        document["secret"] = .string(made.secret.revealed)
        return Answer(201, document)
    }

    /// The member `ttl` in seconds.
    func lifetime(_ body: JSONValue) throws(IdentityError) -> Int64? {
        guard let text = body["ttl"]?.string else { return nil }
        guard let duration = ISODuration(text), duration.months == 0 else {
            throw .invalid(member: "ttl", rule: "an ISO 8601 duration without months")
        }
        return duration.seconds
    }

    private func listKeys(_ access: TenantAccess) async throws(Refusal) -> Answer {
        do throws(IdentityError) {
            let keys = try await services.stores.keys.list(as: access)
            return Answer(200, ["data": .array(keys.map(\.document)), "next": .null])
        } catch {
            throw .identity(error)
        }
    }

    private func revokeKey(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let key = try keyID(call)
        do throws(IdentityError) {
            try await services.stores.keys.revoke(key, as: access)
            return Answer(200, ["id": .string(key.description), "revoked": true])
        } catch {
            throw .identity(error)
        }
    }

    private func rotateKey(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let key = try keyID(call)
        let overlapSeconds = try call.overlapSeconds()
        do throws(IdentityError) {
            let fresh = try await services.stores.keys.rotate(
                key, overlapSeconds: overlapSeconds, as: access)
            return Answer(
                201,
                [
                    "id": .string(fresh.id.description),
                    "secret": .string(fresh.secret.revealed),
                ])
        } catch {
            throw .identity(error)
        }
    }

    private func keyID(_ call: PlatformCall) throws(Refusal) -> KeyID {
        guard let key = KeyID(call.path("key")) else { throw .identity(.keyNotFound) }
        return key
    }
}

extension KeyStore.Key {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "kind": .string(kind.rawValue),
            "prefix": .string(prefix), "sandbox": .string(orNull: sandbox?.description),
            "created_at": .string(createdAt.description),
            "last_used_at": .string(orNull: lastUsedAt?.description),
            "expires_at": .string(orNull: expiresAt?.description),
            "revoked_at": .string(orNull: revokedAt?.description),
            "role": kind == .management ? .string(role.rawValue) : .null,
            "user": .string(orNull: user?.description),
        ]
    }
}

extension Role {
    /// By the name that the contract's enumeration has accepted.
    init?(named name: String?) {
        guard let name, let role = Role(rawValue: name) else { return nil }
        self = role
    }
}
