// One rule that a value may break: the verdict, and the words where it is broken.

extension Validation {
    mutating func check(_ value: JSONValue, _ rule: SchemaRule, _ node: SchemaNode) -> Bool {
        switch rule {
        case .nothing, .type, .enumeration, .constant, .minimum, .exclusiveMinimum, .maximum,
            .exclusiveMaximum, .multipleOf, .minLength, .maxLength, .pattern, .format, .numberFormat:
            verdict.holds(rule, for: value, node) || fail(value, rule, node)
        case .minItems, .maxItems, .uniqueItems, .items, .contains: checkArray(value, rule)
        case .minProperties, .maxProperties, .required, .requiredOneWay, .dependentRequired,
            .members, .propertyNames, .dependentSchemas:
            checkObject(value, rule)
        case .unevaluatedItems(let schema), .unevaluatedProperties(let schema):
            checkUnevaluated(value, node, schema)
        case .reference, .dynamicReference, .allOf, .anyOf, .oneOf, .not, .conditional: checkComposition(value, rule)
        }
    }

    private mutating func fail(
        _ value: JSONValue, _ rule: SchemaRule, _ node: SchemaNode
    ) -> Bool {
        let noun = node.types == .integer ? "integer" : "number"
        let shown = shown(value, node)
        switch rule {
        case .nothing: return fail("false", "nothing", shown)
        case .type: return fail("type", expectation(node), shown)
        case .enumeration(let values):
            return fail("enum", oneOf(values), shown, nearest: nearest(value, values))
        case .constant(let constant): return fail("const", constant.shown, shown)
        case .minimum(let bound): return fail("minimum", "\(noun) ≥ \(bound.text)", shown)
        case .exclusiveMinimum(let bound):
            return fail("exclusiveMinimum", "\(noun) > \(bound.text)", shown)
        case .maximum(let bound): return fail("maximum", "\(noun) ≤ \(bound.text)", shown)
        case .exclusiveMaximum(let bound):
            return fail("exclusiveMaximum", "\(noun) < \(bound.text)", shown)
        case .multipleOf(let factor, _):
            return fail("multipleOf", "a multiple of \(factor.text)", shown)
        case .minLength(let least):
            return fail("minLength", counted("at least", least, "character"), length(value, shown))
        case .maxLength(let most):
            return fail("maxLength", counted("at most", most, "character"), length(value, shown))
        case .pattern(let pattern):
            return fail("pattern", "text that matches \(pattern.source)", shown)
        case .format(let format): return fail("format", format.meaning, shown)
        case .numberFormat(let format): return fail("format", format.meaning, shown)
        default: preconditionFailure("not a rule for a single value")
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

private func length(_ value: JSONValue, _ shown: String) -> String {
    let count = value.string?.unicodeScalars.count ?? 0
    return count == 0 ? "an empty string" : "\(count): \(shown)"
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
