package import Contracts

/// A rule of one sandbox over one of its mounted contracts: calls that meet its conditions end as it
/// says, without a look at the world. Its id is what explanations name.
package struct Rule: Sendable {
    package let id: String
    /// Counts how often the rule was written, from 1.
    package let version: Int64
    /// Id of the contract's operation.
    package let operation: String
    /// Rules of smaller numbers are asked first; of equal ones, the older.
    package let priority: Int64
    /// All have to hold.
    package let conditions: [RuleCondition]
    package let answer: RuleAnswer
    /// Its answer need not be one that the contract declares.
    package let isUnchecked: Bool
    /// As it was written, with id and version: what is stored and shown.
    package let document: JSONValue

    /// Of a rule that names none.
    static let usualPriority: Int64 = 5
}

/// What is wrong with a rule, and where in it.
package struct RuleFault: Error, Sendable {
    package let pointer: JSONPointer
    package let expected: String

    package init(_ pointer: JSONPointer, _ expected: String) {
        self.pointer = pointer
        self.expected = expected
    }
}
