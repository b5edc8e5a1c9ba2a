package import Contracts
import Runtime

/// A private key with its name and its one algorithm.
package struct SigningKey: Sendable {
    package let algorithm: SignatureAlgorithm
    /// The thumbprint of the public key (RFC 7638), so that a name belongs to one key only.
    package let keyID: String
    package let publicKey: VerificationKey
    private let key: EVPKey

    /// A new key pair.
    package static func generate(_ algorithm: SignatureAlgorithm) -> SigningKey {
        SigningKey(EVPKey.generate(algorithm), algorithm)
    }

    /// From PKCS #8 as ``pkcs8`` gave it; nil for anything else.
    package init?(pkcs8: [UInt8], _ algorithm: SignatureAlgorithm) {
        guard let key = EVPKey(pkcs8: pkcs8) else { return nil }
        self.init(key, algorithm)
    }

    private init(_ key: EVPKey, _ algorithm: SignatureAlgorithm) {
        let material: JWK.Material
        switch algorithm {
        case .es256:
            let (x, y) = key.p256Coordinates
            material = .ec(x: x, y: y)
        case .rs256, .ps256: material = .rsa(modulus: key.number("n"), exponent: key.number("e"))
        case .edDSA: material = .okp(key.ed25519Bytes)
        case .hs256: preconditionFailure("a shared secret is no key pair")
        }
        let unnamed = JWK(material, keyID: nil, algorithm: algorithm)
        keyID = Base64URL.text(unnamed.thumbprint.bytes)
        publicKey = VerificationKey(JWK(material, keyID: keyID, algorithm: algorithm))
        self.algorithm = algorithm
        self.key = key
    }

    /// The private key, to be sealed.
    package var pkcs8: [UInt8] { key.pkcs8 }

    package func sign(_ message: [UInt8]) -> [UInt8] { key.sign(message, algorithm) }

    /// A compact JWS (RFC 7515 § 7.1) of `type` over a document.
    package func jws(type: String, _ payload: JSONValue) -> String {
        let header: JSONValue = [
            "alg": .string(algorithm.rawValue), "typ": .string(type), "kid": .string(keyID),
        ]
        var text = Base64URL.encode(JSONWriter.bytes(header))
        text.append(UInt8(ascii: "."))
        text.append(contentsOf: Base64URL.encode(JSONWriter.bytes(payload)))
        let signature = Base64URL.encode(sign(text))
        text.append(UInt8(ascii: "."))
        text.append(contentsOf: signature)
        return String(decoding: text, as: UTF8.self)
    }
}
