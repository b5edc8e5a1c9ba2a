import Contracts
import Tenancy

/// What steers a payment, and what the caller is told about it.
struct Steering: Sendable {
    /// Name of the behaviour; nil when nothing steers.
    let name: String?
    /// For `X-Sbx-Simulated`.
    let cause: String
    /// Who asked for it; nil when nobody did.
    let source: OutcomeSource?

    /// Nothing steers: what fails fails by a rule.
    static let none = Steering(name: nil, cause: rules, source: nil)
    static let rules = "rules"
}

// Who asks for which outcome. The order between them is the platform's.
extension PaymentsSimulator {
    /// The behaviour that counts for a charge of this card and amount. The card's flags count
    /// before the customer's.
    func steering(
        _ call: SimulatedCall, method: JSONValue?, customer: String?, amount: Int64,
        _ world: WorldTransaction
    ) async throws -> Steering {
        guard let method else { return .none }
        let ids = [(PaymentsType.paymentMethod, method["id"]?.string), (.customer, customer)]
        var flags: [EntityFlag] = []
        for (type, id) in ids {
            guard let id else { continue }
            if let flag = EntityFlag(try await world.flags(of: type.key(id)), of: id) {
                flags.append(flag)
            }
        }
        let resolved = call.outcomes.resolve(
            magicInput: Self.magicInput(method, amount), flags: flags,
            named: { call.behaviour($0.name) })
        guard let resolved else { return .none }
        return Steering(
            name: resolved.outcome.name, cause: resolved.cause, source: resolved.source)
    }

    /// What a card provokes; what the amount does where the card does nothing.
    private static func magicInput(
        _ method: JSONValue, _ amount: Int64
    ) -> ResolvedOutcome<Behaviour>.Candidate? {
        if let behaviour = method["card"]?["simulates"]?.string.flatMap(Behaviour.named) {
            return .init(behaviour, because: method["id"]?.string ?? "card")
        }
        return MagicAmount.behaviour(amount).map { .init($0, because: "amount \(amount)") }
    }
}

extension SimulatedCall {
    /// The outcome that was asked for by name, where `named` knows it for this operation.
    func asked<Outcome>(_ named: (String) -> Outcome?) -> ResolvedOutcome<Outcome>? {
        outcomes.resolve(magicInput: nil) { named($0.name) }
    }

    /// A behaviour by its name, if this operation takes it.
    func behaviour(_ name: String) -> Behaviour? {
        guard let behaviour = Behaviour.named(name),
            PaymentsScenarios.operations(behaviour.effect).contains(operation.id)
        else { return nil }
        return behaviour
    }
}
