// One rule against one value. Rules for another type of value always hold.

extension Validation {
    mutating func check(_ value: JSONValue, _ rule: SchemaRule, _ node: SchemaNode) -> Bool {
        switch rule {
        case .nothing: fail("false", "nothing", shown(value, node))
        case .type: checkType(value, node)
        case .enumeration(let values):
            values.contains { $0.means(value) }
                || fail("enum", oneOf(values), shown(value, node), nearest: nearest(value, values))
        case .constant(let constant):
            constant.means(value) || fail("const", constant.shown, shown(value, node))
        case .minimum, .exclusiveMinimum, .maximum, .exclusiveMaximum, .multipleOf:
            checkNumber(value, rule, node)
        case .minLength, .maxLength, .pattern, .format: checkString(value, rule, node)
        case .minItems, .maxItems, .uniqueItems, .items, .contains: checkArray(value, rule)
        case .minProperties, .maxProperties, .required, .dependentRequired, .members,
            .propertyNames, .dependentSchemas:
            checkObject(value, rule)
        case .reference, .allOf, .anyOf, .oneOf, .not, .conditional: checkComposition(value, rule)
        }
    }

    private mutating func checkType(_ value: JSONValue, _ node: SchemaNode) -> Bool {
        let types = node.types
        return types.allows(value) || fail("type", expectation(node), shown(value, node))
    }

    private mutating func checkNumber(
        _ value: JSONValue, _ rule: SchemaRule, _ node: SchemaNode
    ) -> Bool {
        guard case .number(let number) = value else { return true }
        let noun = node.types == .integer ? "integer" : "number"
        switch rule {
        case .minimum(let bound):
            return !JSONNumber.isLess(number, than: bound)
                || fail("minimum", "\(noun) ≥ \(bound.text)", shown(value, node))
        case .exclusiveMinimum(let bound):
            return JSONNumber.isLess(bound, than: number)
                || fail("exclusiveMinimum", "\(noun) > \(bound.text)", shown(value, node))
        case .maximum(let bound):
            return !JSONNumber.isLess(bound, than: number)
                || fail("maximum", "\(noun) ≤ \(bound.text)", shown(value, node))
        case .exclusiveMaximum(let bound):
            return JSONNumber.isLess(number, than: bound)
                || fail("exclusiveMaximum", "\(noun) < \(bound.text)", shown(value, node))
        case .multipleOf(let factor, let decimal):
            return number.decimal.isMultiple(of: decimal)
                || fail("multipleOf", "a multiple of \(factor.text)", shown(value, node))
        default: preconditionFailure("not a rule for numbers")
        }
    }

    private mutating func checkString(
        _ value: JSONValue, _ rule: SchemaRule, _ node: SchemaNode
    ) -> Bool {
        guard case .string(let text) = value else { return true }
        switch rule {
        case .minLength(let least):
            return text.hasCodePoints(atLeast: least)
                || fail("minLength", counted("at least", least, "character"), length(text, value, node))
        case .maxLength(let most):
            return !text.hasCodePoints(atLeast: most + 1)
                || fail("maxLength", counted("at most", most, "character"), length(text, value, node))
        case .pattern(let pattern):
            return pattern.matches(text)
                || fail("pattern", "text that matches \(pattern.source)", shown(value, node))
        case .format(let format):
            return format.accepts(text) || fail("format", format.meaning, shown(value, node))
        default: preconditionFailure("not a rule for strings")
        }
    }
}

extension String {
    /// Whether it has `least` code points or more; JSON Schema counts characters so. A code point
    /// takes one to four bytes, which settles most cases without counting.
    func hasCodePoints(atLeast least: Int) -> Bool {
        if utf8.count < least { return false }
        if utf8.count / 4 >= least { return true }
        return unicodeScalars.count >= least
    }
}

/// The type and, for one number or string type, the bounds: `integer ≥ 1`.
private func expectation(_ node: SchemaNode) -> String {
    let types = node.types
    guard types == .integer || types == .number else { return types.description }
    let bounds = node.rules.compactMap { rule -> String? in
        switch rule {
        case .minimum(let bound): "≥ \(bound.text)"
        case .exclusiveMinimum(let bound): "> \(bound.text)"
        case .maximum(let bound): "≤ \(bound.text)"
        case .exclusiveMaximum(let bound): "< \(bound.text)"
        default: nil
        }
    }
    return bounds.isEmpty
        ? types.description : "\(types.description) \(bounds.joined(separator: " and "))"
}

private func length(_ text: String, _ value: JSONValue, _ node: SchemaNode) -> String {
    let count = text.unicodeScalars.count
    return text.isEmpty ? "an empty string" : "\(count): \(shown(value, node))"
}

private func shown(_ value: JSONValue, _ node: SchemaNode) -> String {
    node.isSecret ? "a value that is not shown" : value.shown
}

/// `at least 3 items`.
func counted(_ bound: String, _ count: Int, _ noun: String) -> String {
    "\(bound) \(count) \(noun)\(count == 1 ? "" : "s")"
}

private func oneOf(_ values: [JSONValue]) -> String {
    let listed = values.prefix(12).map(\.shown).joined(separator: ", ")
    return values.count == 1 ? listed : "one of \(listed)\(values.count > 12 ? " …" : "")"
}

private func nearest(_ value: JSONValue, _ values: [JSONValue]) -> String? {
    value.string.flatMap { nearestName(to: $0, among: values.lazy.compactMap(\.string)) }
}
