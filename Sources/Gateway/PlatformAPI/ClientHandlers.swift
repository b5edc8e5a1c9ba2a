import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime
import Tenancy

// The OAuth clients of a sandbox.
extension PlatformAPI {
    static let clientHandlers: [String: Handler] = [
        "list_clients": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let clients = try await api.services.issuer.clients(as: access)
                return Answer(200, ["data": .array(clients), "next": .null])
            }
        },
        "create_client": .sandbox(.write) { api, call, access throws(Refusal) in
            do throws(OAuthError) {
                return Answer(201, try await api.services.issuer.register(call.body, as: access))
            } catch {
                throw .registration(error)
            }
        },
        "rotate_client_secret": .sandbox(.write) { api, call, access throws(Refusal) in
            let seconds = try call.overlapSeconds()
            return try await api.identity { () throws(IdentityError) in
                let id = try call.clientID()
                let fresh = try await api.services.issuer.rotateSecret(
                    of: id, overlapSeconds: seconds, as: access)
                return Answer(
                    201,
                    [
                        "id": .string(id.description), "secret": .string(fresh.secret.revealed),
                        "previous_until": .string(fresh.previousUntil.description),
                    ])
            }
        },
        "revoke_client": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let id = try call.clientID()
                try await api.services.issuer.revoke(id, as: access)
                return Answer(200, ["id": .string(id.description), "revoked": true])
            }
        },
    ]
}

extension PlatformCall {
    fileprivate func clientID() throws(IdentityError) -> ClientID {
        guard let id = ClientID(path("client")) else { throw .clientNotFound }
        return id
    }

    /// The member `overlap`; none without it.
    func overlapSeconds() throws(Refusal) -> Int64 {
        guard let duration = ISODuration(body["overlap"]?.string ?? "PT0S"), duration.months == 0 else {
            throw .invalid(
                pointer: "/overlap", rule: "duration",
                expected: "an ISO 8601 duration without months, at most P30D")
        }
        return duration.seconds
    }
}

extension Refusal {
    /// What the issuer says of a client's metadata.
    fileprivate static func registration(_ error: OAuthError) -> Refusal {
        guard error.code != .temporarilyUnavailable, error.code != .serverError else {
            return .identity(.busy)
        }
        return .invalid(pointer: "", rule: error.code.rawValue, expected: error.description)
    }
}
