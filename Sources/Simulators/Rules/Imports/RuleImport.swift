package import Contracts

/// Stubs of other tools read as rules for one contract: WireMock mappings, Postman collections 2.1,
/// HAR 1.2 and Pact files. What a rule cannot say is told item by item, with its place in the
/// document and the reason; nothing is left out without a word but what cannot change an answer
/// (names, identifiers, timings of the recording) and transport fields that the platform writes.
package struct RuleImport: Sendable {
    package enum Format: String, Sendable {
        case wireMock = "wiremock"
        case postman, har, pact
    }

    /// A rule's document, not yet held against the contract.
    package struct Draft: Sendable {
        package let id: String
        package let document: JSONValue
        /// Where in the document it comes from.
        package let pointer: JSONPointer
    }

    /// What was not carried over, or not whole.
    package struct Note: Sendable, Hashable {
        package let pointer: JSONPointer
        package let reason: String

        package init(_ pointer: JSONPointer, _ reason: String) {
            self.pointer = pointer
            self.reason = reason
        }
    }

    package let format: Format
    /// In the order in which they are to be asked.
    package let drafts: [Draft]
    package let notes: [Note]

    /// - Throws: for a document of none of these kinds.
    package init(_ document: JSONValue, for contract: Contract) throws(RuleFault) {
        guard let format = Self.format(of: document) else {
            throw RuleFault(
                .root,
                "WireMock mappings, a Postman collection 2.1, an HTTP archive (HAR) or a Pact file")
        }
        self.format = format
        var stubs = StubCollector(contract)
        switch format {
        case .wireMock: WireMockReader.read(document, into: &stubs)
        case .postman: PostmanReader.read(document, into: &stubs)
        case .har: ArchiveReader.read(document, into: &stubs)
        case .pact: PactReader.read(document, into: &stubs)
        }
        drafts = stubs.drafts(newestFirst: format == .wireMock)
        notes = stubs.notes
    }

    private static func format(of document: JSONValue) -> Format? {
        if document["log"]?["entries"]?.array != nil { return .har }
        if document["info"] != nil, document["item"]?.array != nil { return .postman }
        if document["interactions"]?.array != nil, document["consumer"] != nil { return .pact }
        let mappings = document["mappings"]?.array ?? document.array ?? [document]
        return mappings.first?["request"]?.object != nil ? .wireMock : nil
    }
}
