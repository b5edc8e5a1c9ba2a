import HTTP

/// Fields that say who calls, whom, or what is wanted. Sent twice, one of the two would have to be
/// believed, and a proxy in front might believe the other.
enum SingleFields {
    private static let names = [
        "Authorization", "Content-Type", "Idempotency-Key", "X-Sandbox-Scenario", "X-Sbx-Sandbox",
        "X-Sbx-Contract",
    ]

    static func check(_ fields: HeaderFields) throws(Refusal) {
        for name in names where fields.isRepeated(name) { throw .repeatedField(name) }
    }
}
