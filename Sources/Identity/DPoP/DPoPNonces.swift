import Access
package import Runtime

/// Nonces that need no memory: a code over the current stretch of time under a key that all gateways
/// share. Each is good for the rest of its stretch and for the next one.
package struct DPoPNonces: Sendable {
    private let key: [UInt8]
    private let clock: any WallClock

    /// `key` is the same on every gateway, and secret.
    package init(key: [UInt8], clock: any WallClock) {
        self.key = key
        self.clock = clock
    }

    package var current: String { nonce(stretch) }

    func isCurrent(_ nonce: String) -> Bool {
        let shown = Array(nonce.utf8)
        return [stretch, stretch - 1].contains {
            SecretComparison.areEqual(shown, Array(self.nonce($0).utf8))
        }
    }

    private var stretch: Int64 { clock.now().seconds / Limits.nonceSeconds }

    private func nonce(_ stretch: Int64) -> String {
        let code = HMACSHA256.code(Array("dpop-nonce \(stretch)".utf8), key: key)
        return Base64URL.text(code.prefix(18))
    }
}
