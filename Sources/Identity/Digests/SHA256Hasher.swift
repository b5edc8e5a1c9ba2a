import COpenSSL
import Runtime

/// SHA-256 with a context that is used again and again: OpenSSL 3 looks the algorithm up for each
/// new one, which costs more than hashing a key. Confined to one thread at a time by its owner.
package final class SHA256Hasher {
    private let context: OpaquePointer

    package init() {
        OpenSSLLibrary.load()
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        else { preconditionFailure("SHA-256 is part of every OpenSSL") }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    package func digest(_ bytes: [UInt8]) -> Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isDone = withUnsafeMutableBytes(of: &words) { output in
            // A nil type keeps the algorithm of the context.
            EVP_DigestInit_ex(context, nil, nil) == 1
                && EVP_DigestUpdate(context, bytes, bytes.count) == 1
                && EVP_DigestFinal_ex(
                    context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) == 1
        }
        precondition(isDone, "hashing memory cannot fail")
        return Digest(words)
    }

    /// For the odd digest off the hot path.
    package static func digest(_ bytes: [UInt8]) -> Digest { SHA256Hasher().digest(bytes) }
}
