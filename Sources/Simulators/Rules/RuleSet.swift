package import Contracts

/// The rules of one mounted contract, in the order in which they are asked.
package struct RuleSet: Sendable {
    package let rules: [Rule]
    private let byOperation: [String: [Rule]]

    package init(_ rules: [Rule]) {
        let ordered = rules.enumerated().sorted { left, right in
            (left.element.priority, left.offset) < (right.element.priority, right.offset)
        }
        self.rules = ordered.map(\.element)
        byOperation = Dictionary(grouping: self.rules, by: \.operation)
    }

    /// As it was stored: `{"rules": […]}`, oldest first. Rules that this version cannot read any
    /// more are left out.
    package init(stored document: JSONValue) {
        self.init((document["rules"]?.array ?? []).compactMap { Rule(stored: $0) })
    }

    /// The rule that answers the call; nil where none does. `request` is made only where there are
    /// rules for the operation.
    package func match(
        _ operation: Contracts.Operation, _ request: () -> RuleRequest
    ) -> RuleMatch? {
        guard let rules = byOperation[operation.id] else { return nil }
        let request = request()
        return rules.first { $0.conditions.allSatisfy { $0.holds(for: request) } }
            .map { RuleMatch(rule: $0, request: request) }
    }

    /// Every rule with why it would or would not answer.
    package func trial(_ request: RuleRequest) -> [RuleVerdict] {
        var isAnswered = false
        return rules.map { rule in
            let isMeant = rule.operation == request.operation.id
            let findings = isMeant ? rule.conditions.map { RuleVerdict.Finding($0, request) } : []
            let holds = isMeant && findings.allSatisfy(\.holds)
            defer { isAnswered = isAnswered || holds }
            let outcome: RuleVerdict.Outcome =
                !isMeant ? .otherOperation : !holds ? .conditions : isAnswered ? .shadowed : .answers
            return RuleVerdict(rule: rule, outcome: outcome, findings: findings)
        }
    }
}

/// A rule with the call that it answers.
package struct RuleMatch: Sendable {
    package let rule: Rule
    package let request: RuleRequest

    /// What made it answer, for the decision record.
    package var evidence: JSONValue {
        [
            "by": .string(OutcomeSource.rule.rawValue), "rule": .string(rule.id),
            "version": .int(rule.version),
            "matched": .array(
                rule.conditions.prefix(Limits.conditionsTold).map { .string($0.sentence) }),
            "hint": .string(hint),
        ]
    }

    var hint: String {
        "Change or delete the rule \(rule.id): PUT or DELETE /v1/sandboxes/{id}/contracts/{contract}/rules/\(rule.id)."
    }
}

/// What became of one rule when a call was tried.
package struct RuleVerdict: Sendable {
    package enum Outcome: String, Sendable {
        case answers
        /// It would, if another did not come before it.
        case shadowed
        case conditions = "conditions_not_met"
        case otherOperation = "other_operation"
    }

    package struct Finding: Sendable {
        package let sentence: String
        package let holds: Bool
        package let observed: String?

        init(_ condition: RuleCondition, _ request: RuleRequest) {
            sentence = condition.sentence
            holds = condition.holds(for: request)
            observed = condition.observed(in: request)
        }
    }

    package let rule: Rule
    package let outcome: Outcome
    package let findings: [Finding]
}
