import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    /// Available and pending money; what is cleared is pending until it settles.
    func balance(_ call: SimulatedCall, as access: SandboxAccess) async throws -> SimulatedAnswer {
        let balances = try await world.balances(as: access)
        let wanted = call.query("currency")
        func money(_ accounts: Set<String>) -> JSONValue {
            var sums: [String: Int64] = [:]
            for (account, amount) in balances
            where accounts.contains(account.name) && wanted.map({ $0 == account.currency }) ?? true
            {
                sums[account.currency, default: 0] += amount
            }
            return .array(sums.sorted { $0.key < $1.key }.map { Self.money($0.value, $0.key) })
        }
        return SimulatedAnswer(
            .found,
            [
                "object": "balance", "livemode": false,
                "available": money(["merchant:available"]),
                "pending": money(["merchant:pending", "merchant:cleared"]),
            ])
    }

    func ledger(as access: SandboxAccess) async throws -> SimulatedAnswer {
        let balances = try await world.balances(as: access)
        let accounts = balances.sorted {
            ($0.key.name, $0.key.currency) < ($1.key.name, $1.key.currency)
        }
        var sums: [String: Int64] = [:]
        for (account, amount) in balances { sums[account.currency, default: 0] += amount }
        return SimulatedAnswer(
            .found,
            [
                "object": "ledger", "livemode": false,
                "accounts": .array(
                    accounts.map { entry in
                        [
                            "name": .string(entry.key.name),
                            "currency": .string(entry.key.currency), "balance": .int(entry.value),
                        ]
                    }),
                "sums": .array(
                    sums.sorted { $0.key < $1.key }.map { Self.money($0.value, $0.key) }),
            ])
    }

    private static func money(_ amount: Int64, _ currency: String) -> JSONValue {
        ["amount": .int(amount), "currency": .string(currency)]
    }
}
