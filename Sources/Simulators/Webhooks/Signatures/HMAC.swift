import COpenSSL
import Runtime

/// HMAC-SHA-256 (RFC 2104).
enum HMACSHA256 {
    static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        OpenSSLLibrary.load()
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let done = HMAC(EVP_sha256(), key, CInt(key.count), message, message.count, &code, nil)
        precondition(done != nil, "hashing memory cannot fail")
        return code
    }

    /// Takes the same time wherever the two differ.
    static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
