/// The `RateLimit-Policy` and `RateLimit` fields (httpapi draft-11): lists of strings with
/// parameters, the policy's name linking the two.
package struct RateLimitState: Hashable, Sendable {
    /// What a policy's quota counts.
    package enum Unit: String, Hashable, Sendable {
        case requests
        case contentBytes = "content-bytes"
        case concurrentRequests = "concurrent-requests"
    }

    /// Visible ASCII, e.g. `key`.
    package let policy: String
    /// `q`: how much the policy grants in a window.
    package let quota: Int
    /// `w`: the window's length; nil for one that has none, such as slots in flight.
    package let windowSeconds: Int?
    package let unit: Unit
    /// `r`: how much is left, never more than is true.
    package let remaining: Int
    /// `t`: seconds until more is granted. Never a time of day.
    package let resetSeconds: Int?

    package init(
        policy: String, quota: Int, windowSeconds: Int?, unit: Unit = .requests,
        remaining: Int, resetSeconds: Int?
    ) {
        precondition(quota >= 0 && remaining >= 0, "quotas are not negative")
        self.policy = policy
        self.quota = quota
        self.windowSeconds = windowSeconds
        self.unit = unit
        self.remaining = remaining
        self.resetSeconds = resetSeconds
    }

    /// Adds both fields, one member a policy.
    package static func append(_ states: [RateLimitState], to fields: inout HeaderFields) {
        guard !states.isEmpty else { return }
        fields.append("RateLimit-Policy", states.map(\.policyMember).joined(separator: ", "))
        fields.append("RateLimit", states.map(\.stateMember).joined(separator: ", "))
    }

    private var policyMember: String {
        var member = "\(name);q=\(quota)"
        if unit != .requests { member += ";qu=\"\(unit.rawValue)\"" }
        if let windowSeconds { member += ";w=\(windowSeconds)" }
        return member
    }

    private var stateMember: String {
        var member = "\(name);r=\(remaining)"
        if let resetSeconds { member += ";t=\(max(0, resetSeconds))" }
        return member
    }

    private var name: String {
        guard let name = StructuredString.serialize(policy) else {
            preconditionFailure("a policy's name is visible ASCII")
        }
        return name
    }
}
