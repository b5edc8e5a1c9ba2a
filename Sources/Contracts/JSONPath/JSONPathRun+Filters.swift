// Whether a filter keeps a value.
extension JSONPathRun {
    mutating func holds(
        _ condition: JSONPath.Condition, of node: Node
    ) throws(JSONPathError) -> Bool {
        try step()
        switch condition {
        case .any(let parts):
            for part in parts where try holds(part, of: node) { return true }
            return false
        case .all(let parts):
            for part in parts where try !holds(part, of: node) { return false }
            return true
        case .not(let part): return try !holds(part, of: node)
        case .exists(let query): return try !nodes(query, from: node).isEmpty
        case .compares(let left, let sign, let right):
            return Self.compare(try value(left, of: node), sign, try value(right, of: node))
        case .matches(let text, let expression, let isWhole):
            guard let text = try value(text, of: node)?.string,
                let pattern = try pattern(expression, isWhole, of: node)
            else { return false }
            // A hundred instructions count like one look at a value.
            try spend(text.utf8.count * pattern.workPerCharacter / 100)
            return pattern.matches(text)
        }
    }

    /// Nil for nothing, which is not null.
    private mutating func value(
        _ operand: JSONPath.Operand, of node: Node
    ) throws(JSONPathError) -> JSONValue? {
        switch operand {
        case .literal(let value): return value
        case .query(let query): return try nodes(query, from: node).first?.value
        case .count(let query): return .int(try nodes(query, from: node).count)
        case .value(let query):
            let found = try nodes(query, from: node)
            return found.count == 1 ? found[0].value : nil
        case .length(let operand):
            switch try value(operand, of: node) {
            case .string(let text): return .int(text.unicodeScalars.count)
            case .array(let items): return .int(items.count)
            case .object(let object): return .int(object.count)
            case .null, .bool, .number, nil: return nil
            }
        }
    }

    private mutating func pattern(
        _ expression: JSONPath.Expression, _ isWhole: Bool, of node: Node
    ) throws(JSONPathError) -> Pattern? {
        switch expression {
        case .known(let pattern): return pattern
        case .operand(let operand):
            guard let source = try value(operand, of: node)?.string else { return nil }
            // Reading a pattern costs more than looking at a value.
            try spend(source.utf8.count * 10)
            return Pattern(interoperable: source, isWhole: isWhole)
        }
    }

    private static func compare(
        _ left: JSONValue?, _ sign: JSONPath.Comparison, _ right: JSONValue?
    ) -> Bool {
        switch sign {
        case .equal: isEqual(left, right)
        case .unequal: !isEqual(left, right)
        case .less: isLess(left, right)
        case .greater: isLess(right, left)
        case .lessOrEqual: isLess(left, right) || isEqual(left, right)
        case .greaterOrEqual: isLess(right, left) || isEqual(left, right)
        }
    }

    private static func isEqual(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.means(right)
    }

    private static func isLess(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): JSONNumber.isLess(left, than: right)
        case (.string(let left), .string(let right)):
            left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        default: false
        }
    }
}
