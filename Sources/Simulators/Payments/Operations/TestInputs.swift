import Contracts

// The catalogue of what provokes an outcome, from the tables that provoke it.
extension PaymentsSimulator {
    func testInputs(_ call: SimulatedCall) -> SimulatedAnswer {
        let kind = call.query("kind")
        let behaviour = call.query("behaviour")
        let all = TestInput.all.filter {
            (kind == nil || $0.kind == kind) && (behaviour == nil || $0.behaviour == behaviour)
        }
        return SimulatedAnswer(
            .found,
            [
                "object": "list", "data": .array(all.map(\.document)), "has_more": false,
                "next": .null,
            ])
    }
}

/// A card, an amount or a scenario's name that provokes an outcome.
struct TestInput: Sendable {
    let kind: String
    let value: String
    var brand: CardBrand?
    let behaviour: String?
    let summary: String
    let operations: [String]

    static let all: [TestInput] = cards + amounts + scenarios

    private static let cards = TestCard.all.map { card in
        TestInput(
            kind: "card", value: card.number, brand: card.brand, behaviour: card.behaviour,
            summary: card.behaviour.flatMap(Behaviour.named)?.summary ?? "Payments succeed.",
            operations: PaymentsScenarios.charging)
    }

    private static let amounts = MagicAmount.all.map { amount, behaviour in
        TestInput(
            kind: "amount", value: String(amount), behaviour: behaviour.name,
            summary: behaviour.summary, operations: PaymentsScenarios.charging)
    }

    private static let scenarios = PaymentsScenarios.all.map { scenario in
        TestInput(
            kind: "scenario", value: scenario.name, behaviour: scenario.name,
            summary: scenario.summary, operations: scenario.operations)
    }

    var document: JSONValue {
        [
            "object": "test_input", "kind": .string(kind), "value": .string(value),
            "brand": .string(orNull: brand?.rawValue), "behaviour": .string(orNull: behaviour),
            "summary": .string(summary), "operations": .array(operations.map { .string($0) }),
        ]
    }
}
