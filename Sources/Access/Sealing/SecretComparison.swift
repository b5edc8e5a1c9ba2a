import COpenSSL

/// Comparing what must not be guessed byte by byte.
package enum SecretComparison {
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
