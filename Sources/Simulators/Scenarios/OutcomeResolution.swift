package import Contracts

/// Who may say how a simulated call ends, the strongest first. This order is published; nothing
/// else in the code decides between them.
package enum OutcomeSource: String, Sendable, CaseIterable {
    /// The step of a journey that makes the call.
    case journeyStep = "journey_step"
    /// `X-Sandbox-Scenario`, `?sbx_scenario=`.
    case request = "scenario"
    /// A rule of the sandbox whose conditions the call meets. What a rule answers itself ends the
    /// call at this place of the order; one that names a scenario has it asked for here.
    case rule
    /// A test card, an amount, a name with a published meaning.
    case magicInput = "magic_input"
    /// A flag on an object that the call names.
    case entityFlag = "entity_flag"
    /// The scenario set on the sandbox.
    case sandboxDefault = "sandbox_default"
    // Without any of these the call behaves as its domain does.
}

/// The outcomes that are asked for by name before the call has looked at its world.
package struct AskedOutcomes: Sendable {
    package var journeyStep: ScenarioRequest?
    package var request: ScenarioRequest?
    /// What a rule asks for, with the rule's id.
    package var rule: (id: String, scenario: ScenarioRequest)?
    package var sandboxDefault: ScenarioRequest?

    package init(
        journeyStep: ScenarioRequest? = nil, request: ScenarioRequest? = nil,
        sandboxDefault: ScenarioRequest? = nil
    ) {
        self.journeyStep = journeyStep
        self.request = request
        self.sandboxDefault = sandboxDefault
    }

    /// The outcome that counts, and who said so; nil behaves normally.
    ///
    /// - Parameters:
    ///   - magicInput: what the call's own values provoke.
    ///   - flags: the flags of every object that the call names, in the order in which they count.
    ///   - named: the outcome of a scenario; nil for one that means nothing to this call, which
    ///     then says nothing here. What a request names has been checked before.
    package func resolve<Outcome>(
        magicInput: ResolvedOutcome<Outcome>.Candidate?, flags: [EntityFlag] = [],
        named: (ScenarioRequest) -> Outcome?
    ) -> ResolvedOutcome<Outcome>? {
        for source in OutcomeSource.allCases {
            let candidate: ResolvedOutcome<Outcome>.Candidate? =
                switch source {
                case .journeyStep: asked(journeyStep, named)
                case .request: asked(request, named)
                case .rule: asked(rule, named)
                case .magicInput: magicInput
                case .entityFlag: flagged(flags, named)
                case .sandboxDefault: asked(sandboxDefault, named)
                }
            if let candidate { return ResolvedOutcome(source: source, candidate: candidate) }
        }
        return nil
    }

    private func asked<Outcome>(
        _ scenario: ScenarioRequest?, _ named: (ScenarioRequest) -> Outcome?
    ) -> ResolvedOutcome<Outcome>.Candidate? {
        guard let scenario, let outcome = named(scenario) else { return nil }
        return .init(outcome, because: scenario.name)
    }

    private func asked<Outcome>(
        _ rule: (id: String, scenario: ScenarioRequest)?, _ named: (ScenarioRequest) -> Outcome?
    ) -> ResolvedOutcome<Outcome>.Candidate? {
        guard let rule, let outcome = named(rule.scenario) else { return nil }
        return .init(outcome, because: "\(rule.id); scenario=\(rule.scenario.name)")
    }

    private func flagged<Outcome>(
        _ flags: [EntityFlag], _ named: (ScenarioRequest) -> Outcome?
    ) -> ResolvedOutcome<Outcome>.Candidate? {
        for flag in flags {
            if let outcome = named(flag.scenario) {
                return .init(outcome, because: "\(flag.scenario.name); entity=\(flag.entity)")
            }
        }
        return nil
    }
}

/// A scenario that is set on an object: the flag `scenario` of ``Tenancy/EntityFlags``.
package struct EntityFlag: Sendable, Hashable {
    /// Id of the object.
    package let entity: String
    package let scenario: ScenarioRequest

    /// Nil when the flags name no scenario.
    package init?(_ flags: JSONObject, of entity: String) {
        guard let text = flags["scenario"]?.string, let scenario = ScenarioRequest(text) else {
            return nil
        }
        self.entity = entity
        self.scenario = scenario
    }
}

/// An outcome with the reason for it.
package struct ResolvedOutcome<Outcome: Sendable>: Sendable {
    package struct Candidate: Sendable {
        package let outcome: Outcome
        /// The scenario's name, or the input that has a meaning.
        package let cause: String

        package init(_ outcome: Outcome, because cause: String) {
            self.outcome = outcome
            self.cause = cause
        }
    }

    package let source: OutcomeSource
    package let outcome: Outcome
    /// For `X-Sbx-Simulated`: `scenario=insufficient_funds`, `magic_input=pm_card_lost`.
    package let cause: String

    init(source: OutcomeSource, candidate: Candidate) {
        self.source = source
        outcome = candidate.outcome
        cause = "\(source.rawValue)=\(candidate.cause)"
    }
}
