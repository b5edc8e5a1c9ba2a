import Contracts
import Runtime

/// A DPoP proof whose signature has been checked with the key that it brings.
struct DPoPProof: Sendable {
    /// RFC 7638 thumbprint of that key, in base64url: what a token is bound to.
    let keyThumbprint: String
    let claims: JWTClaims
    let id: String

    /// The proof out of the field's values.
    init(fields: [String]) throws(DPoPError) {
        guard let text = fields.first else { throw .missing }
        guard fields.count == 1 else { throw .several }
        guard text.utf8.count <= Limits.credentialBytes else { throw .malformed("it is too long") }
        try self.init(Array(text.utf8))
    }

    private init(_ bytes: [UInt8]) throws(DPoPError) {
        let key: VerificationKey
        let claims: JWTClaims
        do throws(JOSEError) {
            let token = try JWS(bytes)
            guard token.header.type == "dpop+jwt" else { throw .invalidKey("typ is dpop+jwt") }
            guard let document = token.header.embeddedKey else {
                throw .invalidKey("its header has no jwk")
            }
            key = try VerificationKey(document)
            guard !key.jwk.hadPrivatePart else {
                throw .invalidKey("its jwk holds the private key")
            }
            try token.verify(with: key, taking: SignatureAlgorithm.asymmetric)
            claims = try JWTClaims(try token.document())
        } catch {
            throw error == .badSignature
                ? .badSignature : .malformed(ClientAuthentication.words(for: error))
        }
        guard let id = claims.id, (1...Limits.proofIDBytes).contains(id.utf8.count),
            claims.issuedAt != nil
        else { throw .malformed("jti and iat are required") }
        self.id = id
        self.claims = claims
        keyThumbprint = Base64URL.text(key.jwk.thumbprint.bytes)
    }

    /// Holds `htm` and `htu` against the request.
    func check(method: String, url: String) throws(DPoPError) {
        guard claims.document["htm"]?.string == method else {
            throw .otherRequest(claim: "htm", here: method)
        }
        let here = ProofURL.normalized(url)
        guard let shown = claims.document["htu"]?.string, ProofURL.normalized(shown) == here else {
            throw .otherRequest(claim: "htu", here: here)
        }
    }
}

/// URLs as RFC 9449 § 4.3 compares them.
enum ProofURL {
    /// Scheme and host in lower case, the scheme's own port left out, `/` for an empty path, without
    /// query and fragment. What is no absolute URL stays as it is.
    static func normalized(_ url: String) -> String {
        let plain = url.prefix { $0 != "?" && $0 != "#" }
        guard let split = plain.firstRange(of: "://") else { return String(plain) }
        let scheme = plain[..<split.lowerBound].lowercased()
        let rest = plain[split.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<slash].lowercased()
        let ownPort = scheme == "https" ? ":443" : ":80"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        return "\(scheme)://\(authority)\(slash == rest.endIndex ? "/" : rest[slash...])"
    }
}
