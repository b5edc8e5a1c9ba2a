import Contracts
import Observability
import Simulators

// Refusals of rules, and of calls that a rule should have answered.
extension Refusal {
    static func rule(_ id: String, _ failure: RuleFailure) -> Refusal {
        let hint =
            "Try the call at …/contracts/{contract}/rules/test, then change the rule, or delete it with DELETE …/rules/\(id)."
        switch failure {
        case .unfilled(let fault):
            return Refusal(
                .simulate, .ruleUnusable,
                "The template of the rule \(id) gives no answer to this call: \(fault.reason).",
                hint: hint
            ).listing([
                [
                    "location": "rule", "pointer": .string(fault.pointer.description),
                    "rule": "template", "expected": "a template that can be filled in",
                    "got": .string(fault.reason),
                ]
            ])
        case .exampleMissing(let status):
            return Refusal(
                .simulate, .ruleUnusable,
                "The rule \(id) names an example for \(status), which the contract no longer has.",
                hint: hint)
        case .refused(let faults):
            return Refusal(
                .validateAnswer, .ruleUnusable,
                "What the rule \(id) answers is not what the contract allows; nothing was stored.",
                hint: "Change the rule as errors say, or let it say \"unchecked\": true. \(hint)"
            ).listing(faults.map(\.published))
        }
    }

    static func ruleNotFound(_ id: String) -> Refusal {
        Refusal(
            .validate, .notFound, "The contract has no rule \"\(id.prefix(64))\" here.",
            hint: "GET …/contracts/{contract}/rules lists those there are.")
    }

    static func ruleChanged(_ id: String, is version: Int64?) -> Refusal {
        Refusal(
            .validate, .ruleChanged,
            version.map { "The rule \(id) has version \($0) now." } ?? "There is no rule \(id) now.",
            hint: "Read the rule again, and write it with the version that it has, or without one."
        ).listing([
            [
                "location": "body", "pointer": "/version", "rule": "version",
                "expected": version.map { .string("\($0)") } ?? "no version: the rule is new",
            ]
        ])
    }

    static func tooManyRules(_ bound: String) -> Refusal {
        Refusal(
            .validate, .tooManyObjects, "The contract's rules would be \(bound).",
            hint: "Delete rules that nothing needs any more.")
    }

    static func invalidRule(_ fault: RuleFault) -> Refusal {
        .invalid(pointer: fault.pointer.description, rule: "rule", expected: fault.expected)
    }
}
