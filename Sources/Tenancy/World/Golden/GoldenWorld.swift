package import Access

/// The world that every sandbox begins with. Immutable and versioned: a layer pins the version it
/// was born with, and a gateway keeps each in memory, so a new sandbox costs no rows.
package struct GoldenWorld: Sendable {
    package let name: String
    package let version: Int
    private let entities: [EntityKey: GoldenEntity]
    /// By contract and type, newest first, as lists go.
    private let byType: [TypeName: [GoldenEntity]]
    let balances: [LedgerAccount: Int64]

    private struct TypeName: Hashable {
        let contract: String
        let type: String
    }

    init(name: String, version: Int, _ entities: [GoldenEntity], balances: [LedgerAccount: Int64]) {
        self.name = name
        self.version = version
        self.balances = balances
        self.entities = Dictionary(uniqueKeysWithValues: entities.map { ($0.key, $0) })
        byType = Dictionary(
            grouping: entities.reversed(),
            by: { TypeName(contract: $0.key.contract, type: $0.key.type) })
    }

    /// The newest version, for new sandboxes.
    package static let current = GoldenWorld.version1

    /// A pinned version. Rows name only versions that exist: none is ever taken out.
    package static func named(_ name: String, version: Int) -> GoldenWorld {
        precondition(
            name == current.name && version == current.version,
            "the row names a golden world that this build does not have")
        return current
    }

    /// Contracts with golden objects, sorted.
    package var contracts: [String] { Set(entities.keys.map(\.contract)).sorted() }

    /// All objects, oldest first: what the catalogue shows.
    package var all: [GoldenEntity] { entities.values.sorted { $0.position < $1.position } }

    func entity(_ key: EntityKey) -> GoldenEntity? { entities[key] }

    func entities(contract: String, type: String) -> [GoldenEntity] {
        byType[TypeName(contract: contract, type: type)] ?? []
    }
}

/// An object of a golden world.
package struct GoldenEntity: Sendable {
    package let key: EntityKey
    package let position: Int64
    /// What the object is for, in one sentence.
    package let purpose: String
    private let document: GoldenDocument

    init(key: EntityKey, position: Int64, purpose: String, document: GoldenDocument) {
        self.key = key
        self.position = position
        self.purpose = purpose
        self.document = document
    }

    /// The object as it stands in a sandbox whose world began at `timeZero`.
    package func entity(timeZero: SandboxInstant) -> Entity {
        Entity(
            key: key, position: position, version: 1, document: document.utf8(timeZero: timeZero))
    }
}
