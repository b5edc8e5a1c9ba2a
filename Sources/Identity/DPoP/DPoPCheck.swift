import Access
import Contracts
import Identifiers
import Runtime

/// Checks DPoP proofs: at the token endpoint, where they bind a token to a key, and at sandboxes,
/// where they show that the sender has it. A nonce of ours is required at both, so that a proof
/// cannot be made long before it is used.
struct DPoPCheck: Sendable {
    let nonces: DPoPNonces
    let replays: ReplayStore
    let clock: any WallClock

    /// The thumbprint of the key that signed the proof of a request to the issuer.
    func keyThumbprint(
        of request: IssuerRequest, in sandbox: SandboxID, as access: TenantAccess
    ) async throws(DPoPError) -> String {
        let proof = try DPoPProof(fields: request.proofs)
        try proof.check(method: request.method, url: request.url)
        try await checkFreshness(proof, in: sandbox, as: access)
        return proof.keyThumbprint
    }

    /// The proof beside a bound token.
    func check(
        _ presentation: TokenPresentation, boundTo thumbprint: String, in sandbox: SandboxID,
        as access: TenantAccess
    ) async throws(DPoPError) {
        let proof = try DPoPProof(fields: presentation.proofs)
        guard proof.keyThumbprint == thumbprint else { throw .otherKey }
        try proof.check(method: presentation.method, url: presentation.url)
        let hash = Base64URL.text(SHA256Hasher.digest(presentation.token).bytes)
        guard proof.claims.document["ath"]?.string == hash else { throw .otherToken }
        try await checkFreshness(proof, in: sandbox, as: access)
    }

    /// Time and nonce first: a proof that is refused for them has not used up its `jti`.
    private func checkFreshness(
        _ proof: DPoPProof, in sandbox: SandboxID, as access: TenantAccess
    ) async throws(DPoPError) {
        let now = clock.now()
        let issuedAt = proof.claims.issuedAt ?? .min
        let window = (now.seconds - Limits.proofSeconds)...(now.seconds + Limits.proofSeconds)
        guard window.contains(issuedAt) else { throw .stale }
        guard let nonce = proof.claims.document["nonce"]?.string, nonces.isCurrent(nonce) else {
            throw .nonceRequired
        }
        let isFirst: Bool
        do throws(OAuthError) {
            isFirst = try await replays.isFirst(
                proof.id, of: "dpop:\(proof.keyThumbprint)", in: sandbox,
                until: now + .seconds(2 * Limits.proofSeconds), as: access)
        } catch {
            throw .storage(error)
        }
        guard isFirst else { throw .replayed }
    }
}

extension DPoPError {
    /// The answer of the token endpoint.
    var oauth: OAuthError {
        switch self {
        case .nonceRequired:
            OAuthError(.useDPoPNonce, "The proof needs the nonce that comes with this answer.")
        case .storage(let error): error
        default: OAuthError(.invalidDPoPProof, "The DPoP proof: \(words).")
        }
    }

    /// What is wrong, as the end of a sentence.
    package var words: String {
        switch self {
        case .missing: "there is none"
        case .several: "it was sent more than once"
        case .malformed(let reason): reason
        case .badSignature: "its signature is wrong"
        case .otherRequest(let claim, let here):
            "\(claim) is for another request; this one is \(here)"
        case .stale: "iat is more than \(Limits.proofSeconds) s from now"
        case .replayed: "it was used before"
        case .nonceRequired: "it needs a current nonce"
        case .otherToken: "ath is not the hash of this token"
        case .otherKey: "it is signed by another key than the token's"
        case .storage(let error): error.description
        }
    }
}
