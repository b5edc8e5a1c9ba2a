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
    package let createdAt: WallInstant
}

/// What an import stores. Every part has been read from the document already.
package struct ContractDraft: Sendable {
    package let name: String
    package let version: String
    package let kind: String
    package let title: String
    package let operations: Int
    package let warnings: JSONValue
    /// The document as it was sent.
    package let source: [UInt8]
    /// SHA-256 of it.
    package let sourceSHA256: [UInt8]

    /// `version` becomes one word of at most ``Limits/contractVersionBytes``. Fails with `invalid`
    /// for a name that is no label of a host.
    package init(
        name: String, version: String, kind: String, title: String, operations: Int,
        warnings: JSONValue, source: [UInt8], sourceSHA256: [UInt8]
    ) throws(TenancyError) {
        guard ContractName.isValid(name) else {
            throw .invalid(
                member: "name",
                rule: "at most \(Limits.contractNameBytes) lower-case letters, digits and single hyphens, and no reserved name")
        }
        self.name = name
        self.version = Self.word(version)
        self.kind = kind
        self.title = String(title.prefix(Limits.nameCharacters))
        self.operations = operations
        self.warnings = warnings
        self.source = source
        self.sourceSHA256 = sourceSHA256
    }

    private static func word(_ text: String) -> String {
        let word = String(
            decoding: text.utf8.map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "-") }
                .prefix(Limits.contractVersionBytes), as: UTF8.self)
        return word.isEmpty ? "1" : word
    }
}
