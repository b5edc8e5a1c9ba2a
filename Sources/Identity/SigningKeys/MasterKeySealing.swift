import COpenSSL
package import Runtime

/// AES-256-GCM under the installation's master key. A nonce is drawn for each secret: 96 random bits
/// repeat with a chance of 2^-32 after 2^32 secrets (NIST SP 800-38D § 8.3), far more than there are.
package struct MasterKeySealing: SecretSealing {
    /// Bytes of a master key.
    package static let keyBytes = 32
    private static let nonceBytes = 12
    private static let tagBytes = 16

    private let key: [UInt8]
    private let random: any RandomSource

    /// `key` has ``keyBytes`` bytes.
    package init(key: [UInt8], random: any RandomSource) {
        precondition(key.count == Self.keyBytes, "a master key has \(Self.keyBytes) bytes")
        self.key = key
        self.random = random
    }

    /// Nonce, ciphertext, tag.
    package func seal(_ secret: [UInt8], for purpose: String) -> [UInt8] {
        let nonce = random.bytes(Self.nonceBytes)
        guard let context = EVP_CIPHER_CTX_new() else { preconditionFailure("out of memory") }
        defer { EVP_CIPHER_CTX_free(context) }
        var count: CInt = 0
        var text = [UInt8](repeating: 0, count: secret.count)
        var tag = [UInt8](repeating: 0, count: Self.tagBytes)
        let additional = Array(purpose.utf8)
        let isDone =
            EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_EncryptUpdate(context, nil, &count, additional, CInt(additional.count)) == 1
            && EVP_EncryptUpdate(context, &text, &count, secret, CInt(secret.count)) == 1
            && EVP_EncryptFinal_ex(context, &tag, &count) == 1
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, CInt(tag.count), &tag) == 1
        precondition(isDone, "sealing memory cannot fail")
        return nonce + text + tag
    }

    package func open(_ sealed: [UInt8], for purpose: String) -> [UInt8]? {
        guard sealed.count >= Self.nonceBytes + Self.tagBytes,
            let context = EVP_CIPHER_CTX_new()
        else { return nil }
        defer {
            EVP_CIPHER_CTX_free(context)
            ERR_clear_error()
        }
        let nonce = Array(sealed.prefix(Self.nonceBytes))
        let text = Array(sealed.dropFirst(Self.nonceBytes).dropLast(Self.tagBytes))
        var tag = Array(sealed.suffix(Self.tagBytes))
        var secret = [UInt8](repeating: 0, count: text.count)
        var rest = [UInt8](repeating: 0, count: Self.tagBytes)
        var count: CInt = 0
        let additional = Array(purpose.utf8)
        let isDone =
            EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_DecryptUpdate(context, nil, &count, additional, CInt(additional.count)) == 1
            && EVP_DecryptUpdate(context, &secret, &count, text, CInt(text.count)) == 1
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CInt(tag.count), &tag) == 1
            && EVP_DecryptFinal_ex(context, &rest, &count) == 1
        return isDone ? secret : nil
    }
}
