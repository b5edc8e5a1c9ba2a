import Contracts

/// An outcome that a call can ask for by name.
package struct Scenario: Sendable, Hashable {
    package let name: String
    package let summary: String
    /// Ids of the operations that know it.
    package let operations: [String]
    /// `error.code` and `error.decline_code` of the answer it provokes, for the catalogue.
    package let errorCode: String?
    package let declineCode: String?

    package init(
        name: String, summary: String, operations: [String], errorCode: String? = nil,
        declineCode: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.operations = operations
        self.errorCode = errorCode
        self.declineCode = declineCode
    }
}

/// A scenario as a request asked for it: `name; parameter=value`.
package struct ScenarioRequest: Sendable, Hashable {
    package let name: String
    package let parameters: [String: String]

    /// Reads the header's value; nil when it is empty or a parameter has no name.
    package init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        guard let name = parts.first, !name.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() where !part.isEmpty {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].isEmpty else { return nil }
            parameters[Self.trimmed(pair[0])] = Self.trimmed(pair[1])
        }
        self.name = name
        self.parameters = parameters
    }

    private static func trimmed(_ text: Substring) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let head = text.drop(while: blank)
        return String(head.reversed().drop(while: blank).reversed())
    }
}
