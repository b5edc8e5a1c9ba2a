package import Runtime

/// The secret that signs an endpoint's deliveries: `whsec_` and base64 of its bytes. Shown once,
/// stored sealed. Its description is empty.
package struct WebhookSecret: Sendable, Hashable, CustomStringConvertible {
    static let prefix = "whsec_"

    /// For the one answer that shows it, and for sealing.
    package let revealed: String
    /// Standard Webhooks signs with these.
    let key: [UInt8]

    package init(random: some RandomSource) {
        key = random.bytes(WebhookLimits.secretBytes)
        revealed = Self.prefix + Base64.text(key)
    }

    /// Reads a secret with or without its prefix, as receivers do; nil unless it is base64.
    package init?(_ text: String) {
        let encoded = text.hasPrefix(Self.prefix) ? text.dropFirst(Self.prefix.count) : text[...]
        guard let key = Base64.bytes(encoded), !key.isEmpty else { return nil }
        self.key = key
        revealed = text
    }

    package var description: String { "" }
}
