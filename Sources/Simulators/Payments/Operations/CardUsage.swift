import Access
import Contracts
import Tenancy

// How much cards with limits were used within a virtual day. Kept for those cards only: others
// cost no write.
extension PaymentsSimulator {
    private static let window: Duration = .seconds(86_400)

    /// The card's usage so far, noted in the request; nil for a card without such limits.
    func countUsage(
        _ method: JSONValue, _ request: inout AuthorisationRequest, _ world: WorldTransaction
    ) async throws -> EntityDraft? {
        guard request.limits.paymentsPerDay != nil || request.limits.perDay != nil,
            let card = method["id"]?.string
        else { return nil }
        let key = PaymentsType.cardUsage.key("use_\(card)_\(request.currency)")
        let fresh: JSONValue = ["since": .string(world.now.rfc3339), "payments": 0, "amount": 0]
        guard let entity = try await world.entity(key) else {
            return EntityDraft(new: key, document: fresh)
        }
        var usage = try EntityDraft(entity)
        let since = SandboxInstant(rfc3339: usage.text("since")) ?? world.now
        if since + Self.window <= world.now { usage.document = fresh }
        request.paymentsToday = Int(usage.amount("payments"))
        request.amountToday = usage.amount("amount")
        return usage
    }

    func note(_ approved: Int64, in usage: EntityDraft, _ world: WorldTransaction) async throws {
        guard approved > 0 else { return }
        var usage = usage
        usage.document["payments"] = .int(usage.amount("payments") + 1)
        usage.document["amount"] = .int(usage.amount("amount") + approved)
        try await usage.store(in: world)
    }
}
