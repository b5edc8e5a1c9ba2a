package import Identifiers
package import Postgres

/// What gateways are told to forget, on the channel ``channel``, in the transaction that changed
/// it. A hint: what is lost with a connection is made up for by dropping the whole cache.
package enum Invalidation: Sendable, Hashable {
    /// SHA-256 of a key.
    case key([UInt8])
    case sandbox(SandboxID)
    /// Nothing is to be forgotten: there is another gateway, named only so that every such message
    /// differs.
    case gateways(GatewayID)

    package static let channel = "sbx_invalidate"

    /// `key:<hex>`, `sandbox:<id>` or `gateways:<id>`.
    package var payload: String {
        switch self {
        case .key(let sha256):
            "key:" + sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .sandbox(let id): "sandbox:\(id)"
        case .gateways(let id): "gateways:\(id)"
        }
    }

    /// Reads what ``payload`` wrote; nil for anything else, which is best met by dropping all.
    package init?(payload: String) {
        let parts = payload.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "sandbox":
            guard let id = SandboxID(String(parts[1])) else { return nil }
            self = .sandbox(id)
        case "gateways":
            guard let id = GatewayID(String(parts[1])) else { return nil }
            self = .gateways(id)
        case "key":
            let digits = Array(parts[1].utf8)
            guard digits.count == 64 else { return nil }
            var sha256: [UInt8] = []
            for start in stride(from: 0, to: 64, by: 2) {
                let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
                guard let byte = UInt8(pair, radix: 16) else { return nil }
                sha256.append(byte)
            }
            self = .key(sha256)
        default: return nil
        }
    }

    package var call: Call { Call(Self.notify, .text(Self.channel), .text(payload)) }

    private static let notify = Statement("invalidate", "SELECT pg_notify($1, $2)")
}
