package import Contracts
package import Identifiers
package import Runtime

/// A contract that a tenant has imported, without its document.
package struct ImportedContract: Sendable {
    package let id: ContractID
    package let name: String
    /// Counts the imports of the name, from 1.
    package let revision: Int
    package let version: String
    /// `openapi`.
    package let kind: String
    package let title: String
    package let operations: Int
    /// Objects with `pointer` and `message`.
    package let warnings: JSONValue
    /// Whether an overlay changes its document.
    package let isOverlaid: Bool
    package let createdAt: WallInstant
}

/// What an import was made from.
package struct ContractSource: Sendable {
    /// The document's bytes as they were sent.
    package let document: [UInt8]
    /// Those of the overlay that is applied to it; nil without one.
    package let overlay: [UInt8]?
}

/// What an import stores. Every part has been read from the document already.
package struct ContractDraft: Sendable {
    package let name: String
    /// The newest revision of the name when the draft was made; nil for none.
    package let follows: Int?
    package let version: String
    package let kind: String
    package let title: String
    package let operations: Int
    package let warnings: JSONValue
    /// The document as it was sent.
    package let source: [UInt8]
    /// SHA-256 of it.
    package let sourceSHA256: [UInt8]
    /// The overlay that was applied before anything was read, as it was sent.
    package let overlay: [UInt8]?

    /// `version` becomes one word of at most ``Limits/contractVersionBytes``. Fails with `invalid`
    /// for a name that is no label of a host.
    package init(
        name: String, follows: Int?, version: String, kind: String, title: String,
        operations: Int, warnings: JSONValue, source: [UInt8], sourceSHA256: [UInt8],
        overlay: [UInt8]?
    ) throws(TenancyError) {
        guard ContractName.isValid(name) else {
            throw .invalid(
                member: "name",
                rule: "at most \(Limits.contractNameBytes) lower-case letters, digits and single hyphens, and no reserved name")
        }
        self.name = name
        self.follows = follows
        self.version = Self.word(version)
        self.kind = kind
        self.title = String(title.prefix(Limits.nameCharacters))
        self.operations = operations
        self.warnings = warnings
        self.source = source
        self.sourceSHA256 = sourceSHA256
        self.overlay = overlay
    }

    private static func word(_ text: String) -> String {
        let word = String(
            decoding: text.utf8.map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "-") }
                .prefix(Limits.contractVersionBytes), as: UTF8.self)
        return word.isEmpty ? "1" : word
    }
}
