import Contracts

/// What a list asks for: a type, equal members, a page.
package struct EntityQuery: Sendable {
    /// A member at the top of the document that has this value, compared as text: `usd`, `true`, `42`.
    package struct Filter: Sendable {
        package let member: String
        package let value: String

        package init(member: String, value: String) {
            self.member = member
            self.value = value
        }
    }

    package let contract: String
    package let type: String
    package let filters: [Filter]
    package let rows: Int
    /// Position of the last object of the page before.
    let after: Int64?

    /// `cursor` is the `next` of the page before.
    package init(
        contract: String, type: String, filters: [Filter] = [],
        rows: Int = Limits.pageRowsDefault, cursor: String? = nil
    ) throws(TenancyError) {
        guard (1...Limits.pageRowsMax).contains(rows) else {
            throw .invalid(member: "limit", rule: "1 to \(Limits.pageRowsMax)")
        }
        guard filters.count <= Limits.listFilters else {
            throw .invalid(member: "filters", rule: "at most \(Limits.listFilters)")
        }
        if let cursor {
            guard let position = PositionCursor.position(cursor) else {
                throw .invalid(member: "cursor", rule: "the `next` of an earlier answer")
            }
            after = position
        } else {
            after = nil
        }
        self.contract = contract
        self.type = type
        self.filters = filters
        self.rows = rows
    }

    /// The page behind an object of that type.
    package init(
        contract: String, type: String, filters: [Filter], rows: Int, behind last: Entity
    ) throws(TenancyError) {
        try self.init(
            contract: contract, type: type, filters: filters, rows: rows,
            cursor: PositionCursor.token(last.position))
    }

    func matches(_ document: JSONValue) -> Bool {
        filters.allSatisfy { Self.text(document[$0.member]) == $0.value }
    }

    /// As Postgres's `->>` writes it, for values without members.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object, nil: nil
        }
    }
}

/// One page, newest first.
package struct EntityPage: Sendable {
    package let entities: [Entity]
    /// Opaque; nil on the last page.
    package let next: String?
    package let head: WorldHead

    package init(entities: [Entity], next: String?, head: WorldHead) {
        self.entities = entities
        self.next = next
        self.head = head
    }
}

/// An opaque token for a position in a list.
enum PositionCursor {
    private static let prefix = "c1_"

    static func token(_ position: Int64) -> String { prefix + String(position, radix: 36) }

    static func position(_ token: String) -> Int64? {
        guard token.hasPrefix(prefix), token.utf8.count <= 16,
            let position = Int64(token.dropFirst(prefix.count), radix: 36), position >= 0
        else { return nil }
        return position
    }
}
