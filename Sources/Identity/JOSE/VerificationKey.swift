package import Contracts

/// A key that checks signatures: a JWK with OpenSSL's form of it, made once.
package struct VerificationKey: Sendable {
    package let jwk: JWK
    private let key: EVPKey?

    /// OpenSSL's form; nil for a shared secret.
    var openSSLKey: EVPKey? { key }

    /// The key's numbers were checked when `jwk` was read.
    package init(_ jwk: JWK) {
        self.jwk = jwk
        key =
            switch jwk.material {
            case .ec(let x, let y): EVPKey.p256(x: x, y: y)
            case .rsa(let n, let e): EVPKey.rsa(modulus: n, exponent: e)
            case .okp(let x): EVPKey.ed25519(x)
            case .octet: nil
            }
    }

    package init(_ document: JSONValue) throws(JOSEError) {
        self.init(try JWK(document))
    }

    /// Whether `signature` is this key's over `message`. An algorithm that the key is not for
    /// verifies nothing.
    package func verifies(
        _ signature: [UInt8], over message: [UInt8], _ algorithm: SignatureAlgorithm
    ) -> Bool {
        guard jwk.algorithms.contains(algorithm) else { return false }
        if case .octet(let secret) = jwk.material {
            return HMACSHA256.verifies(signature, over: message, key: secret)
        }
        return key?.verifies(signature, over: message, algorithm) ?? false
    }
}

/// Keys to choose from by `kid`.
package struct JWKSet: Sendable {
    package let keys: [VerificationKey]

    package init(_ keys: [VerificationKey]) {
        self.keys = keys
    }

    /// Reads `{"keys": […]}`. A key that breaks a rule refuses the whole set, as does a doubled
    /// `kid`, because nobody could say which one was meant. At most `Limits.keysPerSet`.
    package init(_ document: JSONValue) throws(JOSEError) {
        guard let documents = document["keys"]?.array,
            (1...Limits.keysPerSet).contains(documents.count)
        else { throw .invalidKey("a set has 1 to \(Limits.keysPerSet) keys") }
        var keys: [VerificationKey] = []
        for document in documents { keys.append(try VerificationKey(document)) }
        let names = keys.compactMap(\.jwk.keyID)
        guard Set(names).count == names.count else { throw .invalidKey("a kid stands twice") }
        let isSymmetric = keys.map { $0.jwk.algorithms == [.hs256] }
        guard Set(isSymmetric).count == 1 else {
            throw .invalidKey("a set mixes secrets with public keys")
        }
        self.keys = keys
    }

    /// The key named `keyID`; without a name, the only one there is.
    package func key(_ keyID: String?) -> VerificationKey? {
        guard let keyID else { return keys.count == 1 ? keys[0] : nil }
        return keys.first { $0.jwk.keyID == keyID }
    }

    package var publicDocument: JSONValue {
        ["keys": .array(keys.map(\.jwk.publicDocument))]
    }
}
