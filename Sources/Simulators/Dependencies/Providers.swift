package import Contracts

/// What a domain asks a provider, in the dependency's own words.
package struct ProviderQuestion: Sendable, Hashable {
    package let dependency: Dependency
    package let inputs: JSONObject
    /// What the domain would have answered itself.
    package let ownFacts: JSONObject
}

/// Why a provider gave no answer that could be used.
package struct ProviderFailure: Sendable, Hashable {
    package let dependency: Dependency
    package let contract: String
    package let operation: String
    /// The provider's call in the request log; nil when none could be made.
    package let request: String?
    /// Of the provider's answer; nil when none came.
    package let status: Int?
    /// What happened, in one word: `status`, `timeout`, `connection`, `unreadable`, `not_mounted`.
    package let code: String
    /// What was simulated at the provider, from its X-Sbx-Simulated.
    package let simulated: String?
    /// What to do about it.
    package let hint: String

    package init(
        _ dependency: Dependency, _ binding: DependencyBinding, code: String, request: String?,
        status: Int?, simulated: String?, hint: String
    ) {
        self.dependency = dependency
        contract = binding.contract
        operation = binding.operation
        self.request = request
        self.status = status
        self.code = code
        self.simulated = simulated
        self.hint = hint
    }

    /// For `X-Sbx-Simulated`.
    package var cause: String {
        let because = simulated.map { "; \($0)" } ?? ""
        return "dependency=\(dependency.rawValue); provider=\(contract)\(because)"
    }

    /// For the call's decision record.
    package var evidence: JSONValue {
        [
            "by": "provider", "dependency": .string(dependency.rawValue),
            "provider": .string(contract), "operation": .string(operation),
            "request": .string(orNull: request),
            "status": status.map { .int(Int64($0)) } ?? .null, "failure": .string(code),
            "simulated": .string(orNull: simulated), "hint": .string(hint),
        ]
    }
}

/// The providers that a sandbox has bound, with what they have answered so far in this call.
///
/// A provider's call is a call of the sandbox like any other, with a transaction and a tick of its
/// own, and may take long; so it cannot run inside the transaction of the call that needs it.
/// Whoever asks for what is not known yet throws `SimulationError.needs`, which undoes the
/// transaction before anything was written; the gateway makes the provider's call and then the
/// call itself again, from the beginning, with the answer at hand.
package struct Providers: Sendable {
    package enum Answer: Sendable {
        case facts(JSONObject)
        case failed(ProviderFailure)
    }

    /// By dependency; those without one are answered by the domains themselves.
    package let bindings: [Dependency: DependencyBinding]
    private var known: [ProviderQuestion: Answer] = [:]

    package init(_ bindings: [Dependency: DependencyBinding] = [:]) {
        self.bindings = bindings
    }

    package mutating func learn(_ answer: Answer, to question: ProviderQuestion) {
        known[question] = answer
    }

    /// Answers have been asked for as often as one call may.
    package var areExhausted: Bool { known.count >= Limits.providerCallsPerCall }

    /// What the bound provider says, or `ownFacts` where none is bound.
    func ask(
        _ dependency: Dependency, _ inputs: JSONObject, ownFacts: JSONObject
    ) throws(SimulationError) -> Answer {
        guard bindings[dependency] != nil else { return .facts(ownFacts) }
        let question = ProviderQuestion(
            dependency: dependency, inputs: inputs, ownFacts: ownFacts)
        guard let answer = known[question] else { throw .needs(question) }
        return answer
    }
}
