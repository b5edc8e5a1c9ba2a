import Access
import Contracts
import HTTP
import Identity
import Runtime

// What clients may know without asking who they are: metadata and keys.
extension IssuerHost {
    static let metadataRoutes: [IssuerRoute] = [
        // RFC 8414 and OpenID Connect Discovery name the same document differently.
        IssuerRoute(.get, "/.well-known/oauth-authorization-server") {
            host, _, _ throws(OAuthError) in
            host.cached(host.metadata)
        },
        IssuerRoute(.get, "/.well-known/openid-configuration") { host, _, _ throws(OAuthError) in
            host.cached(host.metadata)
        },
        IssuerRoute(.get, "/jwks") { host, _, call throws(OAuthError) in try await host.keySet(call)
        },
    ]

    /// RFC 8414, and only what works.
    private var metadata: JSONValue {
        let base = issuer.settings.issuer
        let endpoints = [
            "token_endpoint": "/token", "revocation_endpoint": "/revoke",
            "introspection_endpoint": "/introspect",
            "pushed_authorization_request_endpoint": "/par",
            "device_authorization_endpoint": "/device_authorization",
        ]
        let methods = issuer.authenticationMethods
        var document: JSONValue = [
            "issuer": .string(base),
            "authorization_endpoint": "\(base)/authorize",
            "jwks_uri": "\(base)/jwks", "registration_endpoint": "\(base)/register",
            "scopes_supported": .array(
                issuer.settings.scopes.text.split(separator: " ").map { .string(String($0)) }),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": .array(
                ClientMetadata.GrantType.allCases.map { .string($0.rawValue) }),
            "token_endpoint_auth_methods_supported": .array(methods.map { .string($0.rawValue) }),
            "token_endpoint_auth_signing_alg_values_supported": Self.algorithms,
            "code_challenge_methods_supported": ["S256"],
            "dpop_signing_alg_values_supported": Self.algorithms,
            "authorization_response_iss_parameter_supported": true,
            "require_pushed_authorization_requests": false,
            "tls_client_certificate_bound_access_tokens": .bool(issuer.settings.isTLS),
        ]
        for (name, path) in endpoints.sorted(by: { $0.key < $1.key }) {
            document[name] = .string(base + path)
        }
        if issuer.settings.isTLS {
            document["mtls_endpoint_aliases"] = .object(
                JSONObject(
                    endpoints.sorted { $0.key < $1.key }
                        .map { JSONObject.Member(name: $0.key, value: .string(base + $0.value)) }))
        }
        return document
    }

    private static let algorithms: JSONValue = .array(
        SignatureAlgorithm.asymmetric.map(\.rawValue).sorted().map { .string($0) })

    private func keySet(_ call: Call) async throws(OAuthError) -> Answer {
        let keys: JWKSet
        do throws(IdentityError) {
            keys = try await issuer.keyring.keySet()
        } catch {
            throw OAuthError(.temporarilyUnavailable, "The keys cannot be read.")
        }
        var answer = cached(keys.publicDocument)
        let tag = "\"\(Base64URL.text(SHA256Hasher.digest(answer.body).bytes.prefix(12)))\""
        if call.head.fields["if-none-match"] == tag {
            answer = Answer(304, contentType: "application/json", [])
            answer.fields.append("Cache-Control", Self.freshness)
        }
        answer.fields.append("ETag", tag)
        return answer
    }

    private func cached(_ document: JSONValue) -> Answer {
        var answer = Answer(200, document)
        answer.fields.append("Cache-Control", Self.freshness)
        return answer
    }

    /// A new key waits as long before it signs.
    private static let freshness = "public, max-age=\(Limits.keySetSeconds)"
}
