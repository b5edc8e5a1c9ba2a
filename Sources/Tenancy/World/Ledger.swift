/// An account of a sandbox's ledger, in one currency.
package struct LedgerAccount: Sendable, Hashable {
    /// E.g. `merchant:available`.
    package let name: String
    /// Three lower-case letters.
    package let currency: String

    package init(name: String, currency: String) {
        self.name = name
        self.currency = currency
    }
}

/// One line of a ledger transaction. Debits are positive, credits negative, in minor units.
package struct Posting: Sendable, Hashable {
    package let account: LedgerAccount
    package let amount: Int64

    package init(_ account: LedgerAccount, _ amount: Int64) {
        self.account = account
        self.amount = amount
    }
}

/// Postings that stand or fall together and sum to zero in each currency.
package struct LedgerTransaction: Sendable {
    package let postings: [Posting]
    /// Id of the object that caused it.
    package let cause: String

    /// Fails with `ledgerUnbalanced` when a currency does not sum to zero.
    package init(cause: String, _ postings: [Posting]) throws(TenancyError) {
        var sums: [String: Int64] = [:]
        for posting in postings where posting.amount != 0 {
            let (sum, overflow) = sums[posting.account.currency, default: 0]
                .addingReportingOverflow(posting.amount)
            guard !overflow else { throw .ledgerUnbalanced }
            sums[posting.account.currency] = sum
        }
        guard sums.values.allSatisfy({ $0 == 0 }) else { throw .ledgerUnbalanced }
        self.postings = postings.filter { $0.amount != 0 }
        self.cause = cause
    }
}
