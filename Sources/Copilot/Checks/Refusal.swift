/// Reasons not to act, and which of several is told.
enum Refusal {
    /// Whole requests fall for these; for the others only the part that they stand in.
    static func ofAll(_ reasons: [String]) -> String? {
        order.first { $0 != "out_of_domain" && reasons.contains($0) }
    }

    private static let order = [
        "production_access", "other_tenant_data", "secrets", "real_money", "unsafe",
        "personal_data", "impossible",
        "unsupported", "out_of_domain",
    ]
}
