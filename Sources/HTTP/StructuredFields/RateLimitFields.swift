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
        fields.append("RateLimit-Policy") { value in
            for (position, state) in states.enumerated() {
                if position > 0 { value.append(literal: ", ") }
                state.appendPolicy(to: &value)
            }
        }
        fields.append("RateLimit") { value in
            for (position, state) in states.enumerated() {
                if position > 0 { value.append(literal: ", ") }
                state.appendState(to: &value)
            }
        }
    }

    /// Adds both fields for this policy alone.
    package func append(to fields: inout HeaderFields) {
        fields.append("RateLimit-Policy") { appendPolicy(to: &$0) }
        fields.append("RateLimit") { appendState(to: &$0) }
    }

    private func appendPolicy(to value: inout [UInt8]) {
        StructuredString.append(policy, to: &value)
        value.append(literal: ";q=")
        value.append(decimal: quota)
        if unit != .requests {
            value.append(literal: ";qu=")
            StructuredString.append(unit.rawValue, to: &value)
        }
        guard let windowSeconds else { return }
        value.append(literal: ";w=")
        value.append(decimal: windowSeconds)
    }

    private func appendState(to value: inout [UInt8]) {
        StructuredString.append(policy, to: &value)
        value.append(literal: ";r=")
        value.append(decimal: remaining)
        guard let resetSeconds else { return }
        value.append(literal: ";t=")
        value.append(decimal: max(0, resetSeconds))
    }
}
