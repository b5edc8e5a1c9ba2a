// References and schemas made of schemas.

extension Validation {
    mutating func checkComposition(_ value: JSONValue, _ rule: SchemaRule) -> Bool {
        switch rule {
        case .reference(let schema): return check(value, schema)
        case .dynamicReference(let reference):
            return check(value, verdict.target(of: reference))
        case .allOf(let parts):
            var fits = true
            for part in parts where !check(value, part) { fits = false }
            return fits
        case .anyOf(let parts):
            return parts.contains { verdict.accepts(value, $0) } || failAll(value, parts, "anyOf")
        case .oneOf(let parts):
            return checkOneOf(value, parts)
        case .not(let part):
            return !verdict.accepts(value, part)
                || fail("not", "a value that does not fit the schema under \"not\"", value.shown)
        case .conditional(let test, let then, let otherwise):
            guard let branch = verdict.accepts(value, test) ? then : otherwise else { return true }
            return check(value, branch)
        default: preconditionFailure("not a composition")
        }
    }

    private mutating func checkOneOf(_ value: JSONValue, _ parts: [SchemaIndex]) -> Bool {
        let fitting = verdict.firstTwo(of: parts, accepting: value)
        switch fitting.count {
        case 0: return failAll(value, parts, "oneOf")
        case 1: return true
        default:
            return fail(
                "oneOf", "a value that fits exactly one of \(parts.count) alternatives",
                "one that fits alternatives \(fitting.first + 1) and \(fitting.second + 1)")
        }
    }

    /// No alternative fits. If all but one are out of question at first sight – another type,
    /// constant or discriminating member –, that one's faults say more than the whole.
    private mutating func failAll(
        _ value: JSONValue, _ parts: [SchemaIndex], _ rule: String
    ) -> Bool {
        var meant: [[Found]] = []
        for part in parts {
            let faults = faults(value, part)
            let isOther = faults.contains { fault in
                switch fault.fault.rule {
                case "type": isHere(fault)
                case "const", "enum": true
                default: false
                }
            }
            if !isOther { meant.append(faults) }
        }
        if meant.count == 1, !meant[0].isEmpty {
            keep(meant[0])
            return false
        }
        return fail(rule, "a value that fits one of \(parts.count) alternatives", value.shown)
    }
}
