import Access
import Contracts
import Tenancy

extension LedgerAccount {
    /// The cardholders' side of the card networks: what they have paid is negative here.
    static func cardholders(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "network:cardholders", currency: currency)
    }

    /// The merchant's captured money that has not settled.
    static func pending(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "merchant:pending", currency: currency)
    }

    /// The merchant's settled money.
    static func available(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "merchant:available", currency: currency)
    }
}

extension PaymentsSimulator {
    func balance(as access: SandboxAccess) async throws -> SimulatedAnswer {
        let balances = try await world.balances(as: access)
        func money(_ account: String) -> JSONValue {
            let own = balances.filter { $0.key.name == account }
            return .array(
                own.sorted { $0.key.currency < $1.key.currency }.map { entry in
                    ["amount": .int(entry.value), "currency": .string(entry.key.currency)]
                })
        }
        return SimulatedAnswer(
            .found,
            [
                "object": "balance", "livemode": false, "available": money("merchant:available"),
                "pending": money("merchant:pending"),
            ])
    }
}
