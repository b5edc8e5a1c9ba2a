/// How a call ended, as explanations and usage figures tell it.
package enum CallOutcome: String, Sendable {
    case succeeded
    /// Failed because the simulated world says so.
    case simulatedFailure = "simulated_failure"
    /// Refused by the platform.
    case refused
    /// The platform could not answer.
    case platformFailure = "platform_failure"

    /// `code` is nil when the call went well; `isRefused` tells whether a step has ended it.
    package init(status: Int, code: String?, isRefused: Bool) {
        self =
            if isRefused {
                status >= 500 ? .platformFailure : .refused
            } else {
                code == nil ? .succeeded : .simulatedFailure
            }
    }
}

extension RequestRecord {
    var outcome: CallOutcome {
        CallOutcome(status: status, code: code, isRefused: decisions.refusal != nil)
    }
}

extension DecisionRecord {
    /// The outcome that the call asked for by name.
    var scenario: String? {
        decisions.first { $0.step == .scenario && $0.verdict == .decided }?.code
    }
}
