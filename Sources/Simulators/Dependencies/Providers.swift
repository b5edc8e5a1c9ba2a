package import Contracts

/// What a domain asks a provider, in the dependency's own words.
package struct ProviderQuestion: Sendable, Hashable {
    package let dependency: Dependency
    /// Everything that the request can say: what is asked about, then what was drawn for it.
    package let inputs: JSONObject
    /// What the domain would have answered itself.
    package let ownFacts: JSONObject
    /// Inputs by which the question is known again when the call is begun anew. What is drawn in a
    /// call is another then, and does not make another question.
    private let asked: JSONObject

    /// `drawn` are inputs that the domain has made up for this question, such as a code.
    init(
        _ dependency: Dependency, _ inputs: JSONObject, ownFacts: JSONObject,
        drawn: JSONObject = JSONObject()
    ) {
        self.dependency = dependency
        asked = inputs
        self.inputs = JSONObject(inputs.members + drawn.members)
        self.ownFacts = ownFacts
    }

    package static func == (one: ProviderQuestion, other: ProviderQuestion) -> Bool {
        one.dependency == other.dependency && one.asked == other.asked
            && one.ownFacts == other.ownFacts
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(dependency)
        hasher.combine(asked)
        hasher.combine(ownFacts)
    }
}

/// The call that a provider's facts came from, or should have come from.
package struct ProviderSource: Sendable, Hashable {
    package let dependency: Dependency
    package let contract: String
    package let operation: String
    /// The provider's call in the request log.
    package let request: String?

    package init(_ dependency: Dependency, _ binding: DependencyBinding, request: String?) {
        self.dependency = dependency
        contract = binding.contract
        operation = binding.operation
        self.request = request
    }

    /// For the call's decision record.
    package var evidence: JSONValue {
        [
            "dependency": .string(dependency.rawValue), "provider": .string(contract),
            "operation": .string(operation), "request": .string(orNull: request),
        ]
    }
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
    /// What happened, in one word: `status`, `timeout`, `connection`, `unreadable`, `unwritable`,
    /// `not_mounted`.
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
/// transaction before anything was written: what the call has done so far is in memory only. The
/// gateway makes the provider's call and then the call itself again, from the beginning, with the
/// answer at hand.
package struct Providers: Sendable {
    package enum Answer: Sendable {
        /// With the call that they came from; nil where the domain has answered itself.
        case facts(JSONObject, ProviderSource?)
        case failed(ProviderFailure)
    }

    /// By dependency; those without one are answered by the domains themselves.
    package let bindings: [Dependency: DependencyBinding]
    private var known: [ProviderQuestion: Known] = [:]

    private struct Known: Sendable {
        /// All that it was asked with.
        let inputs: JSONObject
        let answer: Answer
    }

    package init(_ bindings: [Dependency: DependencyBinding] = [:]) {
        self.bindings = bindings
    }

    package mutating func learn(_ answer: Answer, to question: ProviderQuestion) {
        known[question] = Known(inputs: question.inputs, answer: answer)
    }

    /// Answers have been asked for as often as one call may.
    package var areExhausted: Bool { known.count >= Limits.providerCallsPerCall }

    func isBound(_ dependency: Dependency) -> Bool { bindings[dependency] != nil }

    /// What the bound provider says, or `ownFacts` where none is bound.
    func ask(
        _ dependency: Dependency, _ inputs: JSONObject, ownFacts: JSONObject
    ) throws(SimulationError) -> Answer {
        guard isBound(dependency) else { return .facts(ownFacts, nil) }
        let question = ProviderQuestion(dependency, inputs, ownFacts: ownFacts)
        return try ask(question)?.answer ?? .facts(ownFacts, nil)
    }

    /// What the bound provider says, and with what it was asked: `question`'s inputs where this is
    /// the first time. Nil where none is bound.
    func ask(
        _ question: ProviderQuestion
    ) throws(SimulationError) -> (answer: Answer, inputs: JSONObject)? {
        guard isBound(question.dependency) else { return nil }
        guard let known = known[question] else { throw .needs(question) }
        return (known.answer, known.inputs)
    }
}
