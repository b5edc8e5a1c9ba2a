import COpenSSL
package import Identifiers
import Runtime

/// The `webhook-id` of an event: the same for every attempt and every copy, another one after a
/// reset has made the same event happen again. Receivers tell duplicates by it.
package enum MessageID {
    /// `msg_` and 26 characters, no dot: the first 128 bits of a SHA-256 over sandbox, branch, event.
    package static func text(sandbox: SandboxID, branch: LayerID, event: String) -> String {
        let named = Array("\(sandbox)\n\(branch)\n\(event)".utf8)
        OpenSSLLibrary.load()
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(named, named.count, &digest)
        let (high, low) = digest.withUnsafeBytes {
            (
                UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        var text = Array("msg_".utf8)
        ULID.encode(high: high, low: low, into: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
