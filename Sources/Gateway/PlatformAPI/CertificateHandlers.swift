import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime

// The client certificates of a sandbox, and the authority that issues them.
extension PlatformAPI {
    static let certificateHandlers: [String: Handler] = [
        "get_certificate_authority": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let pem = try await api.services.stores.certificates.authority(as: access)
                return Answer(200, ["certificate": .string(pem)])
            }
        },
        "list_client_certificates": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let certificates = try await api.services.stores.certificates.list(as: access)
                return Answer(
                    200, ["data": .array(certificates.map(\.document)), "next": .null])
            }
        },
        "create_client_certificate": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                let issued = try await api.services.stores.certificates.issue(
                    call.body["csr"]?.string ?? "", lifetimeSeconds: try api.lifetime(call.body),
                    as: access)
                var document = issued.certificate.document
                document["authority"] = .string(issued.authority)
                document["ignored"] = .array(issued.ignored.map { .string($0) })
                return Answer(201, document)
            }
        },
        "revoke_client_certificate": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.identity { () throws(IdentityError) in
                guard let id = KeyID(call.path("certificate")) else { throw .certificateNotFound }
                try await api.services.stores.certificates.revoke(id, as: access)
                return Answer(200, ["id": .string(id.description), "revoked": true])
            }
        },
    ]
}

extension CertificateStore.Certificate {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "subject": .string(subject),
            "thumbprint": .string(thumbprint), "certificate": .string(pem),
            "created_at": .string(createdAt.description),
            "expires_at": .string(expiresAt.description),
            "last_used_at": .string(orNull: lastUsedAt?.description),
            "revoked_at": .string(orNull: revokedAt?.description),
        ]
    }
}
