/// A difference between two revisions of a contract, judged from the side of a client that was
/// written against the old one.
package struct ContractChange: Sendable, Hashable {
    package enum Severity: String, Sendable, CaseIterable {
        /// A client that was right before may be refused or may not understand what it gets.
        case breaking
        /// Cannot be told from the documents alone.
        case unknown
        case nonBreaking = "non_breaking"
    }

    /// Stable, kebab-case: `request-property-became-required`.
    package let rule: String
    package let severity: Severity
    /// `POST /parcels`.
    package let operation: String
    /// Into the new document; into the old one for what is gone.
    package let pointer: JSONPointer
    package let message: String
}

/// Who reads a value: what narrows a request widens nobody's answer.
enum ChangeDirection: String, Sendable {
    case request, response

    /// Fewer values fit than before.
    var narrowed: ContractChange.Severity { self == .request ? .breaking : .nonBreaking }
    /// More values fit than before.
    var widened: ContractChange.Severity { self == .request ? .nonBreaking : .breaking }
}
