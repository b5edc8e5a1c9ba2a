package import Contracts
import Runtime

/// A signed token in compact form, taken apart and not yet believed: `payload` says what somebody
/// wrote, ``verify(with:taking:)`` whether the key's owner did.
package struct JWS: Sendable {
    package let header: Header
    /// The middle part's bytes.
    package let payload: [UInt8]
    private let signature: [UInt8]
    /// The first two parts with their dot: what was signed.
    private let signedBytes: [UInt8]

    /// The protected header. Members that nobody here reads are ignored (RFC 7515 § 4).
    package struct Header: Sendable {
        /// As written; it may be an algorithm that nobody here speaks.
        package let algorithm: String
        package let keyID: String?
        /// Lower case, without `application/`.
        package let type: String?
        /// The public key that the header brings along, as a DPoP proof must.
        package let embeddedKey: JSONValue?
        /// Whether it points to a key or a certificate of its own choice.
        package let namesOwnKey: Bool
    }

    /// Fails with `malformed`, or `criticalExtension` when `crit` is there at all.
    package init(_ token: [UInt8]) throws(JOSEError) {
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        self.header = try Self.header(header)
        self.payload = payload
        self.signature = signature
        signedBytes = Array(token[..<parts[1].endIndex])
    }

    /// The payload as a document without doubled members.
    package func document() throws(JOSEError) -> JSONValue {
        try Self.document(payload)
    }

    /// Checks the signature. The key's own algorithm decides, never the header alone: the header's
    /// must be one of `algorithms` and one that the key is for.
    package func verify(
        with key: VerificationKey, taking algorithms: Set<SignatureAlgorithm>
    ) throws(JOSEError) {
        let algorithm = try algorithm(among: algorithms)
        guard key.jwk.algorithms.contains(algorithm) else {
            throw .algorithmRefused(algorithm.rawValue)
        }
        guard key.verifies(signature, over: signedBytes, algorithm) else { throw .badSignature }
    }

    /// The same with the key that `kid` names; a header that brings its own is refused.
    package func verify(
        with keys: JWKSet, taking algorithms: Set<SignatureAlgorithm>
    ) throws(JOSEError) {
        _ = try algorithm(among: algorithms)
        guard !header.namesOwnKey, header.embeddedKey == nil else { throw .embeddedKey }
        guard let key = keys.key(header.keyID) else { throw .unknownKey }
        try verify(with: key, taking: algorithms)
    }

    private func algorithm(
        among algorithms: Set<SignatureAlgorithm>
    ) throws(JOSEError) -> SignatureAlgorithm {
        // Also `None` and `NONE`, which lax readers have taken for it.
        guard header.algorithm.lowercased() != "none" else { throw .unsigned }
        guard let algorithm = SignatureAlgorithm(rawValue: header.algorithm),
            algorithms.contains(algorithm)
        else { throw .algorithmRefused(String(header.algorithm.prefix(32))) }
        return algorithm
    }

    private static func header(_ bytes: [UInt8]) throws(JOSEError) -> Header {
        let document = try document(bytes)
        guard let algorithm = document["alg"]?.string else { throw .malformed }
        // `crit` may only name extensions, and no extension is understood here.
        guard document["crit"] == nil else { throw .criticalExtension }
        var keyID: String?
        if let name = document["kid"] {
            guard let text = name.string else { throw .malformed }
            keyID = text
        }
        return Header(
            algorithm: algorithm, keyID: keyID, type: try type(document["typ"]),
            embeddedKey: document["jwk"],
            namesOwnKey: ["jku", "x5u", "x5c"].contains { document[$0] != nil })
    }

    private static func type(_ value: JSONValue?) throws(JOSEError) -> String? {
        guard let value else { return nil }
        guard let text = value.string?.lowercased() else { throw .malformed }
        return text.hasPrefix("application/") ? String(text.dropFirst(12)) : text
    }

    private static func document(_ bytes: [UInt8]) throws(JOSEError) -> JSONValue {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(bytes, doubled: .refused)
        } catch {
            throw .malformed
        }
        guard document.object != nil else { throw .malformed }
        return document
    }
}
