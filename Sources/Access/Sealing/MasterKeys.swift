import COpenSSL
package import Runtime

/// Seals what must be read back later: webhook secrets, payloads of dead letters. AES-256-GCM
/// (NIST SP 800-38D) under a master key that the database never sees.
///
///     version 1 · key id 4 · nonce 12 · ciphertext · tag 16        (bytes)
///
/// The purpose is authenticated with it, so that a sealed value moved to another row does not open.
/// The first key seals; the others only open what they sealed before the last rotation.
package struct MasterKeys: Sendable {
    struct Key: Sendable {
        /// The first bytes of the key's SHA-256: names it without telling anything of it.
        let id: [UInt8]
        let bytes: [UInt8]

        /// 32 bytes.
        init(_ bytes: [UInt8]) {
            precondition(bytes.count == Limits.masterKeyBytes, "an AES-256 key")
            OpenSSLLibrary.load()
            var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
            SHA256(bytes, bytes.count, &digest)
            id = Array(digest.prefix(Limits.masterKeyIDBytes))
            self.bytes = bytes
        }
    }

    private static let version: UInt8 = 1

    let keys: [Key]
    private let random: any RandomSource

    /// `keys` of 32 bytes each, at least one, the current one first.
    package init(keys: [[UInt8]], random: any RandomSource) {
        precondition(!keys.isEmpty, "a key to seal with")
        self.keys = keys.map(Key.init)
        self.random = random
    }

    package func seal(_ plain: [UInt8], for purpose: String) -> [UInt8] {
        let nonce = random.bytes(Limits.sealNonceBytes)
        let (text, tag) = GCM.encrypt(plain, key: keys[0].bytes, nonce: nonce, purpose: purpose)
        return [Self.version] + keys[0].id + nonce + text + tag
    }

    /// Throws `unknownKey` for what was sealed under a key that is no longer here, and `broken` for
    /// another purpose, another form or changed bytes.
    package func open(_ sealed: [UInt8], for purpose: String) throws(SealingError) -> [UInt8] {
        let headBytes = 1 + Limits.masterKeyIDBytes + Limits.sealNonceBytes
        guard sealed.count >= headBytes + Limits.sealTagBytes, sealed[0] == Self.version else {
            throw .broken
        }
        let id = sealed[1..<(1 + Limits.masterKeyIDBytes)]
        guard let key = keys.first(where: { id.elementsEqual($0.id) }) else { throw .unknownKey }
        let opened = GCM.decrypt(
            Array(sealed[headBytes..<(sealed.count - Limits.sealTagBytes)]),
            tag: Array(sealed.suffix(Limits.sealTagBytes)), key: key.bytes,
            nonce: Array(sealed[(1 + Limits.masterKeyIDBytes)..<headBytes]), purpose: purpose)
        guard let opened else { throw .broken }
        return opened
    }
}

extension MasterKeys {
    /// 32 bytes for a use of their own, the same wherever the current master key is the same:
    /// HMAC-SHA256 of the purpose under it.
    package func derivedKey(for purpose: String) -> [UInt8] {
        let (key, text) = (keys[0].bytes, Array(purpose.utf8))
        return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
            var written: UInt32 = 0
            let done = HMAC(
                EVP_sha256(), key, CInt(key.count), text, text.count, buffer.baseAddress, &written)
            precondition(done != nil, "HMAC needs memory only")
            count = Int(written)
        }
    }
}

/// Why a sealed value cannot be read. Without details: who can tell them apart from outside learns
/// nothing.
package enum SealingError: Error, Sendable, Hashable {
    case unknownKey
    case broken
}

/// One call each way of OpenSSL's AES-256-GCM.
private enum GCM {
    static func encrypt(
        _ plain: [UInt8], key: [UInt8], nonce: [UInt8], purpose: String
    ) -> (text: [UInt8], tag: [UInt8]) {
        var text = [UInt8](repeating: 0, count: plain.count)
        var tag = [UInt8](repeating: 0, count: Limits.sealTagBytes)
        let isDone = withContext { context in
            var count: CInt = 0
            let additional = Array(purpose.utf8)
            return EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_EncryptUpdate(context, nil, &count, additional, CInt(additional.count)) == 1
                && EVP_EncryptUpdate(context, &text, &count, plain, CInt(plain.count)) == 1
                && EVP_EncryptFinal_ex(context, &tag, &count) == 1
                && EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_GET_TAG, CInt(Limits.sealTagBytes), &tag) == 1
        }
        precondition(isDone, "encrypting memory cannot fail")
        return (text, tag)
    }

    /// Nil when the tag does not fit.
    static func decrypt(
        _ text: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], purpose: String
    ) -> [UInt8]? {
        var plain = [UInt8](repeating: 0, count: text.count)
        var tag = tag
        var rest = [UInt8](repeating: 0, count: Limits.sealTagBytes)
        let isDone = withContext { context in
            var count: CInt = 0
            let additional = Array(purpose.utf8)
            return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_DecryptUpdate(context, nil, &count, additional, CInt(additional.count)) == 1
                && EVP_DecryptUpdate(context, &plain, &count, text, CInt(text.count)) == 1
                && EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_SET_TAG, CInt(Limits.sealTagBytes), &tag) == 1
                && EVP_DecryptFinal_ex(context, &rest, &count) == 1
        }
        return isDone ? plain : nil
    }

    private static func withContext(_ body: (OpaquePointer) -> Bool) -> Bool {
        guard let context = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(context) }
        return body(context)
    }
}
