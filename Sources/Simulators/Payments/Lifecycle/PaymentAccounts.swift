import Tenancy

// The accounts of the payments ledger. Debits are positive: what the merchant has is positive,
// what the cardholders have paid negative.
extension LedgerAccount {
    /// The cardholders' side of the card networks.
    static func cardholders(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "network:cardholders", currency: currency)
    }

    /// The merchant's captured money that is not cleared.
    static func pending(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "merchant:pending", currency: currency)
    }

    /// The merchant's cleared money that is not settled.
    static func cleared(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "merchant:cleared", currency: currency)
    }

    /// The merchant's settled money.
    static func available(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "merchant:available", currency: currency)
    }

    /// What the processor has earned.
    static func fees(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "platform:fees", currency: currency)
    }

    /// The other side of every exchange.
    static func exchange(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "platform:exchange", currency: currency)
    }

    /// Money withdrawn for disputes that are not decided.
    static func disputed(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "network:disputes", currency: currency)
    }

    /// Payouts that have not left.
    static func outgoing(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "bank:outgoing", currency: currency)
    }

    /// The merchant's own bank.
    static func bank(_ currency: String) -> LedgerAccount {
        LedgerAccount(name: "bank:external", currency: currency)
    }
}

/// An amount as the payer has it and as the merchant has it. Without exchange the two are equal.
struct ExchangedAmount: Sendable, Hashable {
    let paid: Int64
    let currency: String
    let settled: Int64
    let settlementCurrency: String

    /// Postings that move it from the cardholders to an account of the merchant; `sign` -1 moves
    /// it back.
    func postings(to account: LedgerAccount, sign: Int64 = 1) -> [Posting] {
        var postings = [Posting(.cardholders(currency), -paid * sign)]
        if currency != settlementCurrency {
            postings.append(Posting(.exchange(currency), paid * sign))
            postings.append(Posting(.exchange(settlementCurrency), -settled * sign))
        }
        postings.append(Posting(account, settled * sign))
        return postings
    }
}
