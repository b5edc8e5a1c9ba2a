import Access
package import HTTP
import Runtime

/// How an endpoint's deliveries are signed.
package enum SignatureScheme: String, Sendable, CaseIterable {
    /// Standard Webhooks 1.0: `webhook-signature: v1,…`.
    case standard
    /// Timestamp and hexadecimal code in one field, `Stripe-Signature: t=…,v1=…`.
    case stripe
}

/// What a delivery carries besides its body, and the check a receiver makes. The body is signed as
/// the bytes that are sent.
package enum WebhookSignature {
    package static let idField = "webhook-id"
    package static let timestampField = "webhook-timestamp"
    package static let signatureField = "webhook-signature"
    package static let stripeField = "Stripe-Signature"

    /// The fields for a delivery: one signature for each secret in use, so that a receiver may
    /// change over at any moment of a rotation. `id` has no dot, `seconds` since 1970.
    package static func fields(
        _ scheme: SignatureScheme, id: String, seconds: Int64, body: [UInt8],
        secrets: [WebhookSecret]
    ) -> HeaderFields {
        var fields = HeaderFields()
        fields.append(idField, id)
        fields.append(timestampField, String(seconds))
        switch scheme {
        case .standard:
            let signatures = secrets.map { secret in
                "v1," + Base64.text(standardCode(secret, id: id, seconds: "\(seconds)", body))
            }
            fields.append(signatureField, signatures.joined(separator: " "))
        case .stripe:
            let codes = secrets.map { secret in
                ",v1=" + hexadecimal(stripeCode(secret, seconds: "\(seconds)", body))
            }
            fields.append(stripeField, "t=\(seconds)" + codes.joined())
        }
        return fields
    }

    /// What a receiver finds.
    package enum Verdict: String, Sendable {
        case valid
        /// Signed right, at a time too far from now: a replay.
        case stale
        case invalid
        /// Carries none of the fields.
        case unsigned
    }

    /// The receiver's check, for either scheme. Any of several signatures will do; a timestamp
    /// counts within ``WebhookLimits/toleranceSeconds`` of `now`, before or after.
    package static func verify(
        _ fields: HeaderFields, body: [UInt8], secret: WebhookSecret, now seconds: Int64
    ) -> Verdict {
        if let given = fields[stripeField] {
            return verifyStripe(given, body, secret, now: seconds)
        }
        guard let id = fields[idField], let time = fields[timestampField],
            let given = fields[signatureField]
        else { return .unsigned }
        let expected = standardCode(secret, id: id, seconds: time, body)
        let isSigned = given.split(separator: " ").contains { part in
            guard part.hasPrefix("v1,"), let code = Base64.bytes(part.dropFirst(3)) else {
                return false
            }
            return HMACSHA256.isEqual(code, expected)
        }
        return verdict(isSigned: isSigned, time: time, now: seconds)
    }

    private static func verifyStripe(
        _ given: String, _ body: [UInt8], _ secret: WebhookSecret, now seconds: Int64
    ) -> Verdict {
        let parts = given.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
            .filter { $0.count == 2 }
        guard let time = parts.first(where: { $0[0] == "t" }).map({ String($0[1]) }) else {
            return .invalid
        }
        let expected = Array(hexadecimal(stripeCode(secret, seconds: time, body)).utf8)
        let isSigned = parts.contains { part in
            part[0] == "v1" && HMACSHA256.isEqual(Array(part[1].utf8), expected)
        }
        return verdict(isSigned: isSigned, time: time, now: seconds)
    }

    private static func verdict(isSigned: Bool, time: String, now: Int64) -> Verdict {
        guard isSigned, let seconds = Int64(time) else { return .invalid }
        let (age, overflow) = now.subtractingReportingOverflow(seconds)
        return !overflow && age.magnitude <= UInt64(WebhookLimits.toleranceSeconds)
            ? .valid : .stale
    }

    /// Standard Webhooks 1.0: `id.timestamp.body` under the decoded secret.
    private static func standardCode(
        _ secret: WebhookSecret, id: String, seconds: String, _ body: [UInt8]
    ) -> [UInt8] {
        HMACSHA256.code(of: Array("\(id).\(seconds).".utf8) + body, key: secret.key)
    }

    /// `timestamp.body` under the secret's own text, prefix and all.
    private static func stripeCode(
        _ secret: WebhookSecret, seconds: String, _ body: [UInt8]
    ) -> [UInt8] {
        HMACSHA256.code(of: Array("\(seconds).".utf8) + body, key: Array(secret.revealed.utf8))
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
