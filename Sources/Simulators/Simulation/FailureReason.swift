/// Why a simulated call failed, in words for the developer who made it.
package struct FailureReason: Sendable, Hashable {
    /// What the simulated API saw.
    package let detail: String
    /// What would end the call otherwise. Nil where the failure was asked for by name: then whoever
    /// asked for it has to stop.
    package let advice: String?

    package init(_ detail: String, advice: String?) {
        self.detail = detail
        self.advice = advice
    }
}
