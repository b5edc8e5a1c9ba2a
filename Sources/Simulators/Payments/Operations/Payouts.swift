import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    private static let standardDays = 2
    private static let delayDays = 3
    private static let instantTime: Duration = .seconds(5_400)

    func createPayout(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try PaymentsScenarios.refuse(call)
        let body = call.body ?? [:]
        let currency = body["currency"]?.string ?? ""
        try requireCurrency(body["currency"], "/currency")
        let amount = body["amount"]?.int ?? 0
        let step = Currencies.payoutStep(currency)
        guard amount % step == 0 else {
            throw SimulationError.invalid(
                pointer: "/amount", rule: "whole_units", expected: "a multiple of \(step)")
        }
        let available = try await world.balance(.available(currency))
        guard amount <= available else {
            return .conflict(
                "insufficient_balance",
                "\(available) are available; \(amount) were to be paid out.",
                param: "amount",
                advice:
                    "Ask for at most \(available), or advance the clock until payments have settled.")
        }
        let plan = call.asked(PayoutPlan.init(rawValue:))?.outcome
        var payout = newPayout(body, plan, world)
        _ = try await lifecycles.payout.fire(
            .call(call.operation.id), on: &payout, in: world, PaymentsStep()
        ).get()
        return SimulatedAnswer(.created, payout.document)
    }

    func cancelPayout(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var payout = try await draft(.payout, call, world)
        let result = try await lifecycles.payout.fire(
            .call(call.operation.id), on: &payout, in: world, PaymentsStep())
        if case .failure(let refusal) = result { return .refused(refusal) }
        return SimulatedAnswer(.changed, payout.document)
    }

    private func newPayout(
        _ body: JSONValue, _ plan: PayoutPlan?, _ world: WorldTransaction
    ) -> EntityDraft {
        let id = world.drawID(PaymentsType.payout.prefix)
        let currency = body["currency"]?.string ?? ""
        let isInstant = body["speed"] == "instant"
        let late = plan == .delayed ? Self.delayDays : 0
        let arrival =
            isInstant && late == 0
            ? world.now + Self.instantTime
            : SettlementCalendar(currency).calendar.instant(
                businessDays: Self.standardDays + late, after: world.now)
        return EntityDraft(
            new: PaymentsType.payout.key(id),
            document: [
                "id": .string(id), "object": "payout", "livemode": false,
                "amount": body["amount"] ?? .null, "currency": .string(currency), "status": .null,
                "speed": body["speed"] ?? "standard", "destination": body["destination"] ?? .null,
                "failure_code": .null, "arrives_at": .string(arrival.rfc3339),
                "simulated": .string(orNull: plan?.rawValue), "metadata": body["metadata"] ?? [:],
                "created": .string(world.now.rfc3339),
            ])
    }
}
