import Access
import Contracts
import Identity
import Observability

// Answers to access tokens that were refused: each cause has a code of its own.
extension Refusal {
    /// `nonce` goes out with what is about a DPoP proof.
    static func token(_ error: TokenError, nonce: String) -> Refusal {
        switch error {
        case .proof(let error): proof(error, nonce: nonce)
        case .access(let error): access(error)
        case .identity(let error): identity(error)
        default: invalidToken(error)
        }
    }

    private static func invalidToken(_ error: TokenError) -> Refusal {
        let (code, detail, hint) = words(for: error)
        let description =
            detail.utf8.allSatisfy { $0 != 0x22 && $0 != 0x5C && $0 < 0x7F } ? detail : code.title
        return Refusal(.authenticate, code, detail, hint: hint).with(
            "WWW-Authenticate",
            "Bearer realm=\"smartsandbox\", error=\"invalid_token\", error_description=\"\(description)\""
        )
    }

    private static let again = "Ask the issuer for a token and send it as it comes."

    private static func words(
        for error: TokenError
    ) -> (code: ProblemCode, detail: String, hint: String) {
        switch error {
        case .malformed:
            (.tokenMalformed, "The bearer token is no JWT that can be read.", again)
        case .unsigned:
            (.tokenUnsigned, "The token's alg is none: nobody has signed it.", again)
        case .algorithmRefused(let name):
            (
                .tokenAlgorithmRefused,
                "The token says it is signed by \(name.filter(\.isASCII)), which its key is not for.",
                again
            )
        case .keyInjected:
            (
                .tokenKeyInjected,
                "The token's header brings a key of its own, which proves nothing.",
                "Tokens are checked with the issuer's published keys only. " + again
            )
        case .unknownKey:
            (
                .tokenKeyUnknown, "No key of the issuer has the kid of this token.",
                "The key may have been rotated out. " + again
            )
        case .tampered:
            (
                .tokenTampered, "The token's signature does not fit: something in it was changed.",
                again
            )
        case .wrongType(let type):
            (
                .tokenWrongType,
                "The token's typ is \(type.map { $0.filter(\.isASCII) } ?? "missing"), not at+jwt.",
                "Send an access token, not an id token or a proof."
            )
        case .foreignIssuer:
            (
                .foreignIssuer, "The token was not issued by this platform's sandbox issuer.",
                "Get a token from the sandbox's issuer, or send the sandbox's api_key, test_sk_…."
            )
        case .expired:
            (.credentialExpired, "The token's exp has passed.", "Ask the issuer for another token.")
        case .virtuallyExpired:
            (
                .credentialExpired, "The sandbox's own clock has passed the token's sbx_exp.",
                "Moving the clock ends tokens as time would. Ask the issuer for another token."
            )
        case .wrongAudience(let token, let here):
            (
                .wrongAudience, "The token is for \(token), and this sandbox is \(here).",
                "Use the client_id and client_secret of this sandbox to get its own token."
            )
        case .revoked:
            (
                .credentialRevoked, "The token, its grant or its client was revoked.",
                "Ask the issuer for another token."
            )
        case .wrongScheme(let isBound):
            isBound
                ? (
                    .tokenBound,
                    "The token is bound to a DPoP key and was sent as a plain bearer token.",
                    "Send Authorization: DPoP with the token, and a proof in the field DPoP."
                )
                : (
                    .tokenBound, "The token is not bound to a DPoP key, but was sent under DPoP.",
                    "Send Authorization: Bearer with it."
                )
        case .certificateMissing:
            (
                .tokenBound,
                "The token is bound to a client certificate, and the connection shows none.",
                "Connect with the certificate that the token was asked for with."
            )
        case .certificateMismatch:
            (
                .tokenBound,
                "The token is bound to another client certificate than this connection's.",
                "Connect with the certificate that the token was asked for with."
            )
        case .proof, .access, .identity: preconditionFailure("answered before")
        }
    }

    private static func proof(_ error: DPoPError, nonce: String) -> Refusal {
        let refusal: Refusal
        let parameter: String
        switch error {
        case .storage:
            return Refusal(
                .authenticate, .serviceUnavailable, "The proof cannot be checked right now.",
                hint: "Try again after the time in Retry-After."
            ).with("Retry-After", "1")
        case .nonceRequired:
            parameter = "use_dpop_nonce"
            refusal = Refusal(
                .authenticate, .dpopNonceRequired, "The DPoP proof needs a current nonce.",
                hint: "Put the value of this answer's DPoP-Nonce field into the proof's nonce.")
        case .replayed:
            parameter = "invalid_dpop_proof"
            refusal = Refusal(
                .authenticate, .dpopProofReplayed, "The DPoP proof was used before.",
                hint: "Make a new proof, with a jti of its own, for each request.")
        case .missing, .several, .malformed, .badSignature, .otherRequest, .stale, .otherToken,
            .otherKey:
            parameter = "invalid_dpop_proof"
            refusal = Refusal(
                .authenticate, .dpopProofInvalid, "The DPoP proof: \(error.words).",
                hint: "RFC 9449 section 4.3 lists what a proof holds.")
        }
        return
            refusal
            .with("WWW-Authenticate", "DPoP realm=\"smartsandbox\", error=\"\(parameter)\"")
            .with("DPoP-Nonce", nonce)
    }
}
