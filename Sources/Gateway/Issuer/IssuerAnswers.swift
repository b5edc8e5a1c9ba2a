import Contracts
import HTTP
import Identity

// Answers in the shapes of the OAuth standards.
extension IssuerHost {
    /// A document that nobody may keep (RFC 6749 § 5.1).
    func answer(_ status: Int, _ document: JSONValue) -> Answer {
        var answer = Answer(status, document)
        answer.fields.append("Cache-Control", "no-store")
        return answer
    }

    /// RFC 6749 § 5.2, and RFC 6750 § 3 where a bearer token was wrong.
    func answer(to error: OAuthError) -> Answer {
        var answer = answer(
            error.retryAfterSeconds == nil ? error.code.status : 429,
            [
                "error": .string(error.code.rawValue),
                "error_description": .string(Self.plain(error.description)),
            ])
        answer.code = error.code.rawValue
        switch error.code {
        case .invalidClient:
            answer.fields.append("WWW-Authenticate", "Basic realm=\"smartsandbox\"")
        case .invalidToken:
            answer.fields.append(
                "WWW-Authenticate", "Bearer realm=\"smartsandbox\", error=\"invalid_token\"")
        case .useDPoPNonce, .invalidDPoPProof:
            answer.fields.append("DPoP-Nonce", issuer.nonces.current)
        case .temporarilyUnavailable:
            answer.fields.append("Retry-After", String(error.retryAfterSeconds ?? 1))
        default: break
        }
        return answer
    }

    /// The characters that `error_description` may have: ASCII without quotation mark and backslash.
    private static func plain(_ text: String) -> String {
        String(
            decoding: text.utf8.map { byte in
                (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
                    ? byte : UInt8(ascii: "?")
            }, as: UTF8.self)
    }
}

extension OAuthError.Code {
    var status: Int {
        switch self {
        case .invalidClient, .invalidToken: 401
        case .serverError: 500
        case .temporarilyUnavailable: 503
        case .invalidRequest, .invalidGrant, .unauthorizedClient, .unsupportedGrantType,
            .unsupportedResponseType, .invalidScope, .accessDenied, .authorizationPending,
            .slowDown,
            .expiredToken, .invalidTarget, .invalidDPoPProof, .useDPoPNonce, .invalidRedirectURI,
            .invalidClientMetadata:
            400
        }
    }
}
