import Contracts
import Observability
import Simulators

// Answers to outcomes and faults that cannot be had.
extension Refusal {
    static func invalidChaos(_ fault: ChaosFault) -> Refusal {
        Refusal(
            .chaosBefore, .validationFailed,
            "X-Chaos cannot be read at \"\(fault.member)\": expected \(fault.expected).",
            hint: "Write faults as in X-Chaos: latency=300ms,5xx=2%. The guide on chaos has all of them."
        ).listing([
            [
                "location": "header", "pointer": "", "name": "X-Chaos", "rule": "chaos",
                "member": .string(fault.member), "expected": .string(fault.expected),
            ]
        ])
    }

    static func unknownExample(_ operation: String, declared: [String]) -> Refusal {
        let statuses = declared.joined(separator: ", ")
        return Refusal(
            .scenario, .validationFailed,
            "\(operation) has no example for what Prefer asks.",
            hint: "Its contract has answers for \(statuses)."
        ).listing([
            [
                "location": "header", "pointer": "", "name": "Prefer", "rule": "example",
                "expected": .string("code= one of \(statuses); example= the name of one of its examples"),
            ]
        ])
    }
}
