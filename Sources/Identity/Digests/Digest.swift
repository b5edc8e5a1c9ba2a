/// A SHA-256 as four words, so that comparing and looking up copy no array.
package struct Digest: Sendable, Hashable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// The 32 bytes.
    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// Nil unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = bytes.withUnsafeBytes {
            $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
        }
    }

    init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    package static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    /// One word is enough: all of them are evenly spread already.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }
}
