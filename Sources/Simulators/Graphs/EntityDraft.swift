package import Contracts
package import Tenancy

/// An object while a call works on it: its document as a value, not stored yet.
package struct EntityDraft: Sendable {
    package let key: EntityKey
    package var document: JSONValue
    /// Whether the world does not have it yet.
    package private(set) var isNew: Bool

    /// A new object under an id that was drawn in this call.
    package init(new key: EntityKey, document: JSONValue) {
        self.key = key
        self.document = document
        isNew = true
    }

    /// An object that the world has.
    package init(_ entity: Entity) throws(SimulationError) {
        key = entity.key
        document = try entity.json
        isNew = false
    }

    /// Puts the document into the world. It leaves with the commit; of several, the last stands.
    package mutating func store(in world: WorldTransaction) async throws(TenancyError) {
        let bytes = JSONWriter.bytes(document)
        if isNew {
            try world.createDrawn(key, document: bytes)
            isNew = false
        } else {
            try await world.replace(key, document: bytes)
        }
    }
}
