/// What must not be stored of foreign spans, told by who knows it. Both look at UTF-8.
package struct SpanScreen: Sendable {
    /// What is kept in the place of a text; nil when the text may be kept as it is. The result has
    /// no NUL.
    package let masked: @Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]?
    /// Whether a member of that name holds a secret.
    package let isSecret: @Sendable (UnsafeBufferPointer<UInt8>) -> Bool

    package init(
        masked: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]?,
        isSecret: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        (self.masked, self.isSecret) = (masked, isSecret)
    }

    func text(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
        if let masked = masked(utf8) { return String(decoding: masked, as: UTF8.self) }
        return String(decoding: utf8, as: UTF8.self)
    }
}
