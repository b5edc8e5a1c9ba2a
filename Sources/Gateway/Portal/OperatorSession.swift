import HTTP
import Identity
import Runtime

/// The operator's sign-in to the portal: a token that says until when, under a code made with the
/// admin key's digest. It is nowhere stored and good at every gateway with that key; it ends by its
/// time, by signing out of the browser that holds it, or with the key (docs/decisions/0016).
struct OperatorSession {
    /// The token: base64url of the end in milliseconds, 8 bytes, 16 random bytes, and the code.
    let token: String

    private static let messageBytes = 24

    init(keyDigest: [UInt8], now: WallInstant, random: some RandomSource) {
        let end = (now + GatewayLimits.operatorSession).milliseconds
        let message = withUnsafeBytes(of: end.bigEndian) { Array($0) } + random.bytes(16)
        token = Base64URL.text(message + Self.code(message, keyDigest))
    }

    /// Nil for a token that this key has not made, or whose time is over.
    init?(_ token: String, keyDigest: [UInt8], now: WallInstant) {
        guard let bytes = Base64URL.decode(token), bytes.count == Self.messageBytes + 32 else {
            return nil
        }
        let message = Array(bytes.prefix(Self.messageBytes))
        let code = Array(bytes.dropFirst(Self.messageBytes))
        let key = Self.key(keyDigest)
        guard HMACSHA256.verifies(code, over: message, key: key) else { return nil }
        let end = message.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard end > UInt64(clamping: now.milliseconds) else { return nil }
        self.token = token
    }

    private static func code(_ message: [UInt8], _ keyDigest: [UInt8]) -> [UInt8] {
        HMACSHA256.code(message, key: key(keyDigest))
    }

    /// A key for this purpose alone.
    private static func key(_ keyDigest: [UInt8]) -> [UInt8] {
        HMACSHA256.code(Array("portal operator session".utf8), key: keyDigest)
    }
}
