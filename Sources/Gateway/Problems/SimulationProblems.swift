import Contracts
import Observability
import Simulators
import Tenancy

// Answers to the errors of Simulators.
extension Refusal {
    static func simulation(_ error: SimulationError) -> Refusal {
        switch error {
        case .invalid(let pointer, let rule, let expected):
            .invalid(pointer: pointer, rule: rule, expected: expected)
        case .answerRefused(let faults):
            Refusal(
                .validateAnswer, .answerInvalid,
                "The simulation's answer does not match its contract; nothing was stored.",
                hint: "This is a mistake of the platform: tell the operator the request_id."
            ).listing(faults.map(\.published))
        case .needs(let question):
            Refusal(
                .simulate, .serviceUnavailable,
                "The world changed each time that the provider of \(question.dependency.rawValue) had answered.",
                hint: "Send the same call again after Retry-After."
            ).with("Retry-After", "1")
        case .rule(let id, let failure): .rule(id, failure)
        case .tenancy(let error): .tenancy(error, during: .simulate)
        }
    }

    static func unknownDefaultScenario(
        _ name: String, known: [String], at pointer: String
    ) -> Refusal {
        let offer = nearestName(to: name, among: known).map { [$0] } ?? Array(known.prefix(5))
        return Refusal(
            .validate, .unknownScenario, "The sandbox knows no scenario \"\(name.prefix(64))\".",
            hint: "GET /v1/sandboxes/{id}/scenarios lists all."
        ).listing([
            [
                "location": "body", "pointer": .string(pointer), "rule": "scenario",
                "expected": .string(offer.joined(separator: ", ")),
            ]
        ])
    }

    static func unknownScenario(_ name: String, operation: String, known: [String]) -> Refusal {
        let offer = nearestName(to: name, among: known).map { [$0] } ?? Array(known.prefix(5))
        return Refusal(
            .scenario, .unknownScenario, "\(operation) knows no scenario \"\(name.prefix(64))\".",
            hint: known.isEmpty
                ? "This operation has no scenarios."
                : "Did you mean \(offer.joined(separator: ", "))? GET /v1/sandboxes/{id}/scenarios lists all."
        ).listing([
            [
                "location": "header", "pointer": "", "name": "X-Sandbox-Scenario",
                "rule": "scenario",
                "expected": .string(
                    offer.isEmpty
                        ? "no scenario: the operation has none" : offer.joined(separator: ", ")),
            ]
        ])
    }

    static let repeatedScenario = Refusal(
        .scenario, .validationFailed, "The query has sbx_scenario more than once.",
        hint: "Send it once, or X-Sandbox-Scenario instead."
    ).listing([
        [
            "location": "query", "pointer": "", "name": "sbx_scenario", "rule": "parameters",
            "expected": "the parameter once",
        ]
    ])

    static let invalidIdempotencyKey = Refusal(
        .idempotency, .validationFailed,
        "Idempotency-Key is not a text of 1 to 255 printable ASCII characters.",
        hint: "Send a fresh random text per operation, such as a UUID in quotation marks."
    ).listing([
        [
            "location": "header", "pointer": "", "name": "Idempotency-Key", "rule": "length",
            "expected": "1 to 255 printable ASCII characters",
        ]
    ])
}
