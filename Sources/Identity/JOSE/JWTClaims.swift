package import Contracts
package import Runtime

/// The registered claims of a verified token (RFC 7519 § 4.1), read without guessing: a claim of a
/// wrong type makes the whole token malformed.
package struct JWTClaims: Sendable {
    package let document: JSONValue
    package let issuer: String?
    package let subject: String?
    /// One text or an array of them; empty without the claim.
    package let audiences: [String]
    /// Seconds since 1970, fractions cut.
    package let expiresAt: Int64?
    package let notBefore: Int64?
    package let issuedAt: Int64?
    package let id: String?

    package init(_ document: JSONValue) throws(JOSEError) {
        self.document = document
        issuer = try Self.text("iss", document)
        subject = try Self.text("sub", document)
        audiences = try Self.audiences(document["aud"])
        expiresAt = try Self.date("exp", document)
        notBefore = try Self.date("nbf", document)
        issuedAt = try Self.date("iat", document)
        id = try Self.text("jti", document)
    }

    /// Whether its time has begun and not ended, clocks differing by at most `skewSeconds`. Without
    /// `exp` it never ends; whoever requires an end asks for it.
    package func isCurrent(at now: WallInstant, skewSeconds: Int64) -> Bool {
        !isOver(at: now, skewSeconds: skewSeconds) && !isEarly(at: now, skewSeconds: skewSeconds)
    }

    package func isOver(at now: WallInstant, skewSeconds: Int64) -> Bool {
        guard let expiresAt else { return false }
        return now.seconds >= expiresAt.addingSaturated(skewSeconds)
    }

    /// Not valid yet, or issued in the future.
    package func isEarly(at now: WallInstant, skewSeconds: Int64) -> Bool {
        let latest = now.seconds + skewSeconds
        return (notBefore ?? .min) > latest || (issuedAt ?? .min) > latest
    }

    private static func text(_ name: String, _ document: JSONValue) throws(JOSEError) -> String? {
        guard let value = document[name] else { return nil }
        guard let text = value.string else { throw .malformed }
        return text
    }

    private static func audiences(_ value: JSONValue?) throws(JOSEError) -> [String] {
        guard let value else { return [] }
        if let one = value.string { return [one] }
        guard let items = value.array else { throw .malformed }
        let texts = items.compactMap(\.string)
        guard texts.count == items.count else { throw .malformed }
        return texts
    }

    /// A NumericDate (RFC 7519 § 2), which may have a fraction.
    private static func date(_ name: String, _ document: JSONValue) throws(JOSEError) -> Int64? {
        guard let value = document[name] else { return nil }
        guard let number = value.number else { throw .malformed }
        if let seconds = number.int64 { return seconds }
        guard number.text.contains("."), !number.text.contains(where: { $0 == "e" || $0 == "E" }),
            let seconds = Int64(number.text.prefix { $0 != "." })
        else { throw .malformed }
        return seconds
    }
}

extension Int64 {
    fileprivate func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
