/// Something in a contract that makes it harder to use, simulate or trust.
package struct LintFinding: Sendable, Hashable {
    package enum Severity: String, Sendable, CaseIterable {
        /// The contract contradicts itself or cannot be served in that place.
        case error
        /// Served, but not as its author may think.
        case warning
        case hint
    }

    /// Stable, kebab-case: `success-missing`.
    package let rule: String
    package let severity: Severity
    package let pointer: JSONPointer
    package let message: String

    init(_ rule: String, _ severity: Severity, _ pointer: JSONPointer, _ message: String) {
        self.rule = rule
        self.severity = severity
        self.pointer = pointer
        self.message = message
    }
}
