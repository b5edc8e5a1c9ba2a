// `unevaluatedItems` and `unevaluatedProperties` (core §11): what no other keyword of the same
// schema, those applied in place included, has looked at.
//
// The verdict itself collects nothing. Where one of the two keywords stands, the schemas applied
// in place are gone through once more and the parts that they look at are marked. Schemas without
// these keywords pay nothing.

extension Verdict {
    /// Whether `schema` takes all items or members of `value` that `node` has not evaluated.
    mutating func acceptsUnevaluated(
        of value: JSONValue, _ node: SchemaNode, _ schema: SchemaIndex
    ) -> Bool {
        for position in unevaluated(value, node) {
            switch value {
            case .array(let items): if !accepts(items[position], schema) { return false }
            case .object(let object):
                if !accepts(object.members[position].value, schema) { return false }
            case .null, .bool, .number, .string: break
            }
        }
        return true
    }

    /// Positions of the items or members that nothing in `node` evaluates.
    mutating func unevaluated(_ value: JSONValue, _ node: SchemaNode) -> [Int] {
        let count = value.array?.count ?? value.object?.count ?? 0
        guard count > 0 else { return [] }
        var marks = [Bool](repeating: false, count: count)
        for rule in node.rules {
            switch rule {
            case .unevaluatedItems, .unevaluatedProperties: continue
            default: mark(value, rule, &marks)
            }
        }
        return marks.indices.filter { !marks[$0] }
    }

    private mutating func mark(_ value: JSONValue, _ index: SchemaIndex, _ marks: inout [Bool]) {
        defer { leave() }
        guard enter() == nil else { return }
        let node = node(index)
        let isScope = enter(scope: node)
        defer { if isScope { leaveScope() } }
        for rule in node.rules { mark(value, rule, &marks) }
    }

    private mutating func mark(_ value: JSONValue, _ rule: SchemaRule, _ marks: inout [Bool]) {
        switch rule {
        case .members(let rules):
            if let object = value.object { mark(object, rules, &marks) }
        case .items(let prefix, let rest):
            guard value.array != nil else { return }
            let count = rest == nil ? min(prefix.count, marks.count) : marks.count
            for position in 0..<count { marks[position] = true }
        case .contains(let schema, _, _, evaluates: true):
            for (position, item) in (value.array ?? []).enumerated() where accepts(item, schema) {
                marks[position] = true
            }
        case .unevaluatedItems:
            if value.array != nil { markAll(&marks) }
        case .unevaluatedProperties:
            if value.object != nil { markAll(&marks) }
        case .dependentSchemas(let dependents):
            for dependent in dependents where value.object?.contains(dependent.member) == true {
                mark(value, dependent.schema, &marks)
            }
        case .reference(let schema): mark(value, schema, &marks)
        case .dynamicReference(let reference): mark(value, target(of: reference), &marks)
        case .allOf(let parts):
            for part in parts { mark(value, part, &marks) }
        case .anyOf(let parts), .oneOf(let parts):
            for part in parts where accepts(value, part) { mark(value, part, &marks) }
        case .conditional(let test, let then, let otherwise):
            if accepts(value, test) {
                mark(value, test, &marks)
                if let then { mark(value, then, &marks) }
            } else if let otherwise {
                mark(value, otherwise, &marks)
            }
        default: break
        }
    }

    private func mark(_ object: JSONObject, _ rules: MemberRules, _ marks: inout [Bool]) {
        if rules.additional != nil || rules.isClosed { return markAll(&marks) }
        var place = 0
        for (position, member) in object.members.enumerated()
        where rules.named.schema(for: member.name, from: &place) != nil
            || rules.patterned.contains(where: { $0.pattern.matches(member.name) })
        {
            marks[position] = true
        }
    }

    private func markAll(_ marks: inout [Bool]) {
        for position in marks.indices { marks[position] = true }
    }
}

extension Validation {
    mutating func checkUnevaluated(
        _ value: JSONValue, _ node: SchemaNode, _ schema: SchemaIndex
    ) -> Bool {
        var fits = true
        for position in verdict.unevaluated(value, node) {
            switch value {
            case .array(let items):
                if verdict.accepts(items[position], schema) { continue }
                fits = fail(
                    "unevaluatedItems", "no further item", items[position].shown,
                    member: String(position), position: position)
            case .object(let object):
                let member = object.members[position]
                if verdict.accepts(member.value, schema) { continue }
                fits = fail(
                    "unevaluatedProperties", "no member \"\(member.name)\"", member.value.shown,
                    member: member.name, position: position)
            case .null, .bool, .number, .string: break
            }
        }
        return fits
    }
}
