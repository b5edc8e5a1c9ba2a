package import Contracts
import Runtime

/// A JSON Web Key (RFC 7517) for signatures, its numbers checked when it was read.
package struct JWK: Sendable, Hashable {
    /// The public part, or the shared secret.
    package enum Material: Sendable, Hashable {
        /// P-256; the coordinates have 32 bytes each and lie on the curve.
        case ec(x: [UInt8], y: [UInt8])
        /// 2,048 to 8,192 bits.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// Ed25519, 32 bytes.
        case okp([UInt8])
        /// 32 bytes or more (RFC 7518 § 3.2).
        case octet([UInt8])
    }

    package let material: Material
    package let keyID: String?
    /// The one algorithm that the key is for, when its document names one.
    package let algorithm: SignatureAlgorithm?
    /// Whether the document also held private numbers. They are not kept.
    package let hadPrivatePart: Bool

    init(_ material: Material, keyID: String?, algorithm: SignatureAlgorithm?) {
        self.material = material
        self.keyID = keyID
        self.algorithm = algorithm
        hadPrivatePart = false
    }

    /// Reads and checks a key's document. Fails with `invalidKey`, which names the rule.
    package init(_ document: JSONValue) throws(JOSEError) {
        guard let kind = document["kty"]?.string else { throw .invalidKey("kty is required") }
        try Self.checkPurpose(document)
        material = try Self.material(kind, document)
        keyID = document["kid"]?.string
        hadPrivatePart = document["d"] != nil
        guard let name = document["alg"] else {
            algorithm = nil
            return
        }
        guard let text = name.string, let algorithm = SignatureAlgorithm(rawValue: text),
            material.fits(algorithm)
        else { throw .invalidKey("alg does not fit the key") }
        self.algorithm = algorithm
    }

    /// What verifies with this key.
    package var algorithms: Set<SignatureAlgorithm> {
        if let algorithm { return [algorithm] }
        return Set(SignatureAlgorithm.allCases.filter(material.fits))
    }

    /// The public document. A shared secret has none.
    package var publicDocument: JSONValue {
        var document = material.requiredMembers
        if let keyID { document["kid"] = .string(keyID) }
        if let algorithm { document["alg"] = .string(algorithm.rawValue) }
        document["use"] = "sig"
        return document
    }

    /// SHA-256 of the required members in their order (RFC 7638), which names the key wherever it
    /// comes from.
    package var thumbprint: Digest {
        SHA256Hasher.digest(JSONWriter.bytes(material.requiredMembers))
    }

    private static func checkPurpose(_ document: JSONValue) throws(JOSEError) {
        if let use = document["use"], use.string != "sig" { throw .invalidKey("use is not sig") }
        if let operations = document["key_ops"] {
            let names = operations.array?.compactMap(\.string) ?? []
            guard names.contains("verify") || names.contains("sign") else {
                throw .invalidKey("key_ops has no verify")
            }
        }
    }

    private static func material(
        _ kind: String, _ document: JSONValue
    ) throws(JOSEError) -> Material {
        switch kind {
        case "EC": try ellipticCurve(document)
        case "RSA": try rsa(document)
        case "OKP": try octetKeyPair(document)
        case "oct": try octets(document)
        default: throw .invalidKey("kty is not EC, RSA, OKP or oct")
        }
    }

    private static func ellipticCurve(_ document: JSONValue) throws(JOSEError) -> Material {
        guard document["crv"]?.string == "P-256" else { throw .invalidKey("crv is not P-256") }
        let (x, y) = (try bytes("x", document), try bytes("y", document))
        guard x.count == 32, y.count == 32, EVPKey.p256(x: x, y: y) != nil else {
            throw .invalidKey("the point is not on P-256")
        }
        return .ec(x: x, y: y)
    }

    private static func rsa(_ document: JSONValue) throws(JOSEError) -> Material {
        let (n, e) = (try bytes("n", document), try bytes("e", document))
        try RSAKeyRules.check(modulus: n, exponent: e)
        return .rsa(modulus: n, exponent: e)
    }

    private static func octetKeyPair(_ document: JSONValue) throws(JOSEError) -> Material {
        guard document["crv"]?.string == "Ed25519" else { throw .invalidKey("crv is not Ed25519") }
        let x = try bytes("x", document)
        guard x.count == 32, EVPKey.ed25519(x) != nil else {
            throw .invalidKey("x is not an Ed25519 key")
        }
        return .okp(x)
    }

    private static func octets(_ document: JSONValue) throws(JOSEError) -> Material {
        let k = try bytes("k", document)
        guard k.count >= 32 else { throw .invalidKey("a shared secret has 256 bits or more") }
        return .octet(k)
    }

    private static func bytes(_ name: String, _ document: JSONValue) throws(JOSEError) -> [UInt8] {
        guard let text = document[name]?.string, let bytes = Base64URL.decode(text) else {
            throw .invalidKey("\(name) is not base64url")
        }
        return bytes
    }
}

extension JWK.Material {
    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        switch self {
        case .ec: algorithm == .es256
        case .rsa: algorithm == .rs256 || algorithm == .ps256
        case .okp: algorithm == .edDSA
        case .octet: algorithm == .hs256
        }
    }

    /// The members that a thumbprint is made of, in lexicographic order (RFC 7638 § 3.2).
    fileprivate var requiredMembers: JSONValue {
        switch self {
        case .ec(let x, let y):
            [
                "crv": "P-256", "kty": "EC", "x": .string(Base64URL.text(x)),
                "y": .string(Base64URL.text(y)),
            ]
        case .rsa(let n, let e):
            ["e": .string(Base64URL.text(e)), "kty": "RSA", "n": .string(Base64URL.text(n))]
        case .okp(let x): ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64URL.text(x))]
        case .octet: preconditionFailure("a shared secret has no public document")
        }
    }
}
