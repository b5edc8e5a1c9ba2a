/// The name of a simulated object within its sandbox.
package struct EntityKey: Sendable, Hashable {
    package let contract: String
    package let type: String
    package let id: String

    package init(contract: String, type: String, id: String) {
        self.contract = contract
        self.type = type
        self.id = id
    }
}

/// A simulated object.
package struct Entity: Sendable {
    package let key: EntityKey
    /// Order of creation in its sandbox; golden objects come first. See the column's comment.
    package let position: Int64
    /// 1 when created, one more with each change.
    package let version: Int64
    /// UTF-8 JSON, members and digits as they were written.
    package let document: [UInt8]

    package init(key: EntityKey, position: Int64, version: Int64, document: [UInt8]) {
        self.key = key
        self.position = position
        self.version = version
        self.document = document
    }
}
