// Arrays and objects.

extension Validation {
    mutating func checkArray(_ value: JSONValue, _ rule: SchemaRule) -> Bool {
        guard case .array(let items) = value else { return true }
        switch rule {
        case .minItems(let least):
            return items.count >= least
                || fail("minItems", counted("at least", least, "item"), "\(items.count)")
        case .maxItems(let most):
            return items.count <= most
                || fail("maxItems", counted("at most", most, "item"), "\(items.count)")
        case .uniqueItems: return checkUnique(items)
        case .items(let prefix, let rest): return checkItems(items, prefix, rest)
        case .contains(let schema, let least, let most, _):
            return checkContains(items, schema, least, most)
        default: preconditionFailure("not a rule for arrays")
        }
    }

    private mutating func checkUnique(_ items: [JSONValue]) -> Bool {
        var seen: [JSONMeaning: Int] = [:]
        for (index, item) in items.enumerated() {
            if let first = seen.updateValue(index, forKey: JSONMeaning(value: item)) {
                return fail(
                    "uniqueItems", "items that differ", "\(item.shown) at \(first) and \(index)",
                    member: String(index), position: index)
            }
        }
        return true
    }

    private mutating func checkItems(
        _ items: [JSONValue], _ prefix: [SchemaIndex], _ rest: SchemaIndex?
    ) -> Bool {
        var fits = true
        for (index, item) in items.enumerated() {
            guard let schema = index < prefix.count ? prefix[index] : rest else { break }
            fits = check(item, schema, token: String(index), position: index) && fits
        }
        return fits
    }

    private mutating func checkContains(
        _ items: [JSONValue], _ schema: SchemaIndex, _ least: Int, _ most: Int?
    ) -> Bool {
        let count = verdict.count(items, fitting: schema)
        if count < least {
            return fail(
                count == 0 || least == 1 ? "contains" : "minContains",
                counted("at least", least, "fitting item"), "\(count)")
        }
        guard let most, count > most else { return true }
        return fail("maxContains", counted("at most", most, "fitting item"), "\(count)")
    }

    mutating func checkObject(_ value: JSONValue, _ rule: SchemaRule) -> Bool {
        guard case .object(let object) = value else { return true }
        switch rule {
        case .minProperties(let least):
            return object.count >= least
                || fail("minProperties", counted("at least", least, "member"), "\(object.count)")
        case .maxProperties(let most):
            return object.count <= most
                || fail("maxProperties", counted("at most", most, "member"), "\(object.count)")
        case .required(let names): return checkRequired(object, names)
        case .requiredOneWay(let way, let names):
            return !verdict.applies(way) || checkRequired(object, names)
        case .dependentRequired(let dependents):
            var fits = true
            for dependent in dependents where object.contains(dependent.member) {
                let reason = " beside \"\(dependent.member)\""
                fits = checkRequired(object, dependent.needs, "dependentRequired", reason) && fits
            }
            return fits
        case .members(let rules): return checkMembers(object, rules)
        case .propertyNames(let schema): return checkNames(object, schema)
        case .dependentSchemas(let dependents):
            var fits = true
            for dependent in dependents where object.contains(dependent.member) {
                fits = check(value, dependent.schema) && fits
            }
            return fits
        default: preconditionFailure("not a rule for objects")
        }
    }

    private mutating func checkRequired(
        _ object: JSONObject, _ names: [String], _ rule: String = "required", _ reason: String = ""
    ) -> Bool {
        var fits = true
        for name in names where !object.contains(name) {
            fits = fail(rule, "the member \"\(name)\"\(reason)", "nothing", member: name)
        }
        return fits
    }

    private mutating func checkMembers(_ object: JSONObject, _ rules: MemberRules) -> Bool {
        var fits = true
        for (position, member) in object.members.enumerated() {
            fits = check(member, position, rules) && fits
        }
        return fits
    }

    private mutating func check(
        _ member: JSONObject.Member, _ position: Int, _ rules: MemberRules
    ) -> Bool {
        var isKnown = false
        var fits = true
        var place = position
        if let schema = rules.named.schema(for: member.name, from: &place) {
            isKnown = true
            fits = check(member.value, schema, token: member.name, position: position)
        }
        for (pattern, schema) in rules.patterned where pattern.matches(member.name) {
            isKnown = true
            fits = check(member.value, schema, token: member.name, position: position) && fits
        }
        if isKnown { return fits }
        if rules.isClosed {
            return fail(
                "additionalProperties", "no member \"\(member.name)\"", member.value.shown,
                member: member.name, position: position,
                nearest: nearestName(to: member.name, among: rules.named.names))
        }
        guard let schema = rules.additional else { return true }
        return check(member.value, schema, token: member.name, position: position)
    }

    private mutating func checkNames(_ object: JSONObject, _ schema: SchemaIndex) -> Bool {
        var fits = true
        for (position, member) in object.members.enumerated() {
            guard !verdict.accepts(.string(member.name), schema) else { continue }
            let inner = faults(.string(member.name), schema).first?.fault.expected
            fits = fail(
                "propertyNames", "a member's name that is \(inner ?? "allowed")",
                JSONValue.string(member.name).shown, member: member.name, position: position)
        }
        return fits
    }
}
