/// The last state of an object in a commit; a nil document is a tombstone.
struct EntityWrite: Sendable {
    let key: EntityKey
    let position: Int64
    let version: Int64
    let document: [UInt8]?
    /// `graph/transition` of each transition that led here in this commit, in order.
    var transitions: [String] = []
}

/// A posting with the balance after it.
struct LedgerEntry: Sendable {
    let transaction: Int
    let account: LedgerAccount
    let amount: Int64
    let balanceAfter: Int64
    let cause: String
}

/// A simulated event. Its id is drawn, see `WorldTransaction.drawID`.
package struct WorldEvent: Sendable {
    package let id: String
    package let contract: String
    package let type: String
    /// UTF-8 JSON.
    package let document: [UInt8]
    /// Nil for one that goes to the endpoints that ask for its type.
    package let target: EventTarget?

    package init(
        id: String, contract: String, type: String, document: [UInt8], target: EventTarget? = nil
    ) {
        self.id = id
        self.contract = contract
        self.type = type
        self.document = document
        self.target = target
    }
}
