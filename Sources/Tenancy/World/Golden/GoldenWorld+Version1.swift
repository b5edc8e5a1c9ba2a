import Contracts

extension GoldenWorld {
    /// `golden` 1. Never edited once released: a change is a new version beside it.
    static let version1: GoldenWorld = {
        var builder = GoldenBuilder(contract: "payments")
        builder.addAccounts()
        builder.addMerchants()
        builder.addCustomers()
        builder.addPaymentMethods()
        builder.addPayments()
        return GoldenWorld(
            name: "golden", version: 1, builder.entities, balances: builder.balances)
    }()
}

/// Collects golden objects; the order of adding is the order of creation.
struct GoldenBuilder {
    let contract: String
    private(set) var entities: [GoldenEntity] = []
    private(set) var balances: [LedgerAccount: Int64] = [:]

    init(contract: String) {
        self.contract = contract
    }

    /// Adds an object created `days` before time zero. `members` stand between `livemode` and
    /// `created`, as the contract orders them.
    mutating func add(
        _ type: String, _ id: String, days: Int, _ purpose: String, _ members: JSONValue
    ) {
        var document: JSONValue = [
            "id": .string(id), "object": .string(type), "livemode": false,
        ]
        for member in members.object?.members ?? [] { document[member.name] = member.value }
        document["created"] = GoldenDocument.instant(.seconds(-86_400 * days))
        entities.append(
            GoldenEntity(
                key: EntityKey(contract: contract, type: type, id: id),
                // Tick 0 is the golden world's; see `entities.position`.
                position: Int64(entities.count), purpose: purpose,
                document: GoldenDocument(document)))
    }

    /// Gives an account an opening balance, against the world's equity: the ledger stays at zero.
    mutating func open(_ account: String, _ currency: String, _ amount: Int64) {
        balances[LedgerAccount(name: account, currency: currency), default: 0] += amount
        balances[LedgerAccount(name: "world:equity", currency: currency), default: 0] -= amount
    }
}
