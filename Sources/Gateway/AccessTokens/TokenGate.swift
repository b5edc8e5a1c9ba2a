import Access
import HTTP
import Identity
import Observability

/// Takes a sandbox's callers in by access tokens. Keys are left to ``Authenticator``.
struct TokenGate: Sendable {
    let issuer: Issuer
    let configuration: GatewayConfiguration

    /// The principal of a call with an access token; nil when it carries none, but a key or nothing.
    func principal(of call: Call) async throws(Refusal) -> Principal? {
        guard let (scheme, token) = Self.token(call.request.head.fields), let sandbox = call.sandbox
        else { return nil }
        let presentation = TokenPresentation(
            token: Array(token), scheme: scheme,
            proofs: call.head.fields.contains("DPoP") ? call.head.fields.values(of: "DPoP") : [],
            method: call.head.method.description, url: scheme == .dpop ? url(call.request) : "",
            certificate: call.request.connection.clientCertificate)
        do throws(TokenError) {
            return try await issuer.accessTokens.principal(of: presentation, at: sandbox)
        } catch {
            throw .token(error, nonce: issuer.nonces.current)
        }
    }

    /// `DPoP` with anything, `Bearer` with what begins as a JWT does: `{"` in base64url is `ey`.
    private static func token(
        _ fields: HeaderFields
    ) -> (TokenPresentation.Scheme, ArraySlice<UInt8>)? {
        guard let field = AuthorizationField(fields), let token = field.credential else { return nil }
        switch field.scheme {
        case .dpop: return (.dpop, token)
        case .bearer where isJWT(token): return (.bearer, token)
        case .bearer, .basic, .other: return nil
        }
    }

    private static func isJWT(_ token: ArraySlice<UInt8>) -> Bool {
        token.starts(with: "ey".utf8) && token.contains(UInt8(ascii: "."))
    }

    /// The address as the client wrote it: what a proof's `htu` names.
    private func url(_ request: Request) -> String {
        let head = request.head
        let port = head.port.map { ":\($0)" } ?? ""
        return
            "\(configuration.seen(through: request).scheme)://\(head.host ?? "")\(port)\(head.path)"
    }
}
