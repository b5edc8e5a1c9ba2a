import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime
import Tenancy

extension PlatformAPI {
    static let accountHandlers: [String: Handler] = [
        "sign_up": .open { api, call, request throws(Refusal) in
            try await api.signUp(call, &request)
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

    private func signUp(
        _ call: PlatformCall, _ request: inout Call
    ) async throws(Refusal) -> Answer {
        let founded = try await services.found(
            email: call.body["email"]?.string ?? "",
            password: call.body["password"]?.string ?? "",
            organization: call.body["organization"]?.string ?? "", request)
        return Answer(
            201,
            [
                "tenant": [
                    "id": .string(founded.tenant.description),
                    "name": .string(founded.organization),
                ],
                "user": [
                    "id": .string(founded.user.description),
                    "email": .string(founded.email.text),
                ],
                "management_key": [
                    "id": .string(founded.managementKey.description),
                    "secret": .string(founded.secret.revealed),
                ],
            ])
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
        let overlap = call.body["overlap"]?.string ?? "PT0S"
        guard let duration = ISODuration(overlap), duration.months == 0 else {
            throw .invalid(
                pointer: "/overlap", rule: "duration",
                expected: "an ISO 8601 duration without months, at most P30D")
        }
        do throws(IdentityError) {
            let fresh = try await services.stores.keys.rotate(
                key, overlapSeconds: duration.seconds, as: access)
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

extension Services {
    /// Founds a tenant for the sender of `request`, whose address may do so only so often.
    func found(
        email: String, password: String, organization: String, _ request: Call
    ) async throws(Refusal) -> SignUp.Founded {
        let address = request.request.connection.remoteAddress
        if case .refused(let retryAfter) = signUpLimiter.admit(address, at: request.began) {
            throw .rateLimited(
                policy: "address", RateLimit(perSecond: 1, burst: GatewayLimits.signUpsPerMinute),
                retryAfter: retryAfter)
        }
        do throws(IdentityError) {
            return try await signUp.found(
                email: email, password: password, organization: organization)
        } catch {
            throw .identity(error)
        }
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
        ]
    }
}
