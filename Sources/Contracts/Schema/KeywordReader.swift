/// Reads the keywords of one schema object into a node.
struct KeywordReader {
    let compiler: SchemaCompiler
    let pointer: JSONPointer
    let object: JSONObject
    private var rules: [SchemaRule] = []

    init(compiler: SchemaCompiler, pointer: JSONPointer, object: JSONObject) {
        self.compiler = compiler
        self.pointer = pointer
        self.object = object
    }

    mutating func node() -> SchemaNode {
        refuseUnsupported()
        let types = types()
        if types != nil { rules.append(.type) }
        if let values = array("enum") { rules.append(.enumeration(values)) }
        if let value = object["const"] { rules.append(.constant(value)) }
        readNumbers()
        readStrings()
        readArrays()
        readObjects()
        readCompositions()
        return SchemaNode(
            rules: rules, types: types ?? .all,
            sample: object["default"] ?? object["example"] ?? object["examples"]?[0],
            isSecret: object["writeOnly"]?.bool == true || object["format"]?.string == "password")
    }

    private func refuseUnsupported() {
        for name in ["$dynamicRef", "$recursiveRef", "unevaluatedProperties", "unevaluatedItems"]
        where object.contains(name) {
            report(name, "\(name) is not supported")
        }
    }

    private func types() -> TypeSet? {
        let names: [JSONValue]
        switch object["type"] {
        case .none: return nil
        case .array(let several): names = several
        case .some(let one): names = [one]
        }
        var types: TypeSet = []
        for name in names {
            guard let type = name.string.flatMap(TypeSet.init(name:)) else {
                report("type", "\(name.shown) is not a type of JSON Schema")
                return nil
            }
            types.insert(type)
        }
        return types
    }

    private mutating func readNumbers() {
        if let bound = number("minimum") { rules.append(.minimum(bound)) }
        if let bound = number("exclusiveMinimum") { rules.append(.exclusiveMinimum(bound)) }
        if let bound = number("maximum") { rules.append(.maximum(bound)) }
        if let bound = number("exclusiveMaximum") { rules.append(.exclusiveMaximum(bound)) }
        if let factor = number("multipleOf") {
            let decimal = factor.decimal
            if decimal.isNegative || decimal.isZero {
                report("multipleOf", "multipleOf is larger than 0")
            } else if decimal.mantissa == nil {
                report("multipleOf", "multipleOf has more than 18 digits, which is not supported")
            } else {
                rules.append(.multipleOf(factor, decimal))
            }
        }
    }

    private mutating func readStrings() {
        if let bound = count("minLength") { rules.append(.minLength(bound)) }
        if let bound = count("maxLength") { rules.append(.maxLength(bound)) }
        if let source = string("pattern"),
            let pattern = pattern(source, at: pointer.appending("pattern"))
        {
            rules.append(.pattern(pattern))
        }
        if let name = string("format"), compiler.options.assertsFormats,
            let format = StringFormat(rawValue: name)
        {
            rules.append(.format(format))
        }
    }

    private mutating func readArrays() {
        if let bound = count("minItems") { rules.append(.minItems(bound)) }
        if let bound = count("maxItems") { rules.append(.maxItems(bound)) }
        if boolean("uniqueItems") == true { rules.append(.uniqueItems) }
        let prefix = schemas("prefixItems") ?? []
        if case .array = object["items"] {
            report("items", "items is one schema; the list of earlier drafts is prefixItems")
        } else if !prefix.isEmpty || object.contains("items") {
            rules.append(.items(prefix: prefix, rest: schema("items")))
        }
        if let contained = schema("contains") {
            let least = count("minContains") ?? 1
            rules.append(.contains(contained, least: least, most: count("maxContains")))
        }
    }

    private mutating func readObjects() {
        if let bound = count("minProperties") { rules.append(.minProperties(bound)) }
        if let bound = count("maxProperties") { rules.append(.maxProperties(bound)) }
        if let names = names(object["required"], at: "required") { rules.append(.required(names)) }
        if let needs = members("dependentRequired") {
            rules.append(
                .dependentRequired(
                    needs.map { ($0.name, names($0.value, at: "dependentRequired") ?? []) }))
        }
        readMembers()
        if let names = schema("propertyNames") { rules.append(.propertyNames(names)) }
        if let dependents = members("dependentSchemas") {
            rules.append(
                .dependentSchemas(dependents.map { ($0.name, place("dependentSchemas", $0.name)) }))
        }
    }

    private mutating func readMembers() {
        let keywords = ["properties", "patternProperties", "additionalProperties"]
        guard keywords.contains(where: { object.contains($0) }) else { return }
        let named = (members("properties") ?? []).map { member in
            (name: member.name, schema: place("properties", member.name))
        }
        var patterned: [(pattern: Pattern, schema: SchemaIndex)] = []
        for member in members("patternProperties") ?? [] {
            let place = pointer.appending("patternProperties").appending(member.name)
            guard let pattern = pattern(member.name, at: place) else { continue }
            patterned.append((pattern, compiler.place(of: place)))
        }
        let isClosed = object["additionalProperties"] == .bool(false)
        rules.append(
            .members(
                MemberRules(
                    named: NamedSchemas(named), patterned: patterned,
                    additional: isClosed ? nil : schema("additionalProperties"), isClosed: isClosed)
            ))
    }

    private mutating func readCompositions() {
        if let reference = string("$ref"),
            let target = compiler.target(of: reference, from: pointer)
        {
            rules.append(.reference(compiler.place(of: target)))
        }
        if let parts = schemas("allOf") { rules.append(.allOf(parts)) }
        if let parts = schemas("anyOf") { rules.append(.anyOf(parts)) }
        if let parts = schemas("oneOf") { rules.append(.oneOf(parts)) }
        if let part = schema("not") { rules.append(.not(part)) }
        if let test = schema("if") {
            rules.append(.conditional(test: test, then: schema("then"), otherwise: schema("else")))
        }
    }
}

// MARK: - Values of keywords, reported when they are of another kind

extension KeywordReader {
    private func report(_ keyword: String, _ reason: String) {
        compiler.report(pointer.appending(keyword), reason)
    }

    private func value<T>(_ keyword: String, _ kind: String, _ read: (JSONValue) -> T?) -> T? {
        guard let value = object[keyword] else { return nil }
        guard let found = read(value) else {
            report(keyword, "\(keyword) is \(kind), not \(value.shown)")
            return nil
        }
        return found
    }

    private func number(_ keyword: String) -> JSONNumber? { value(keyword, "a number", \.number) }
    private func string(_ keyword: String) -> String? { value(keyword, "a string", \.string) }
    private func boolean(_ keyword: String) -> Bool? { value(keyword, "a boolean", \.bool) }
    private func array(_ keyword: String) -> [JSONValue]? { value(keyword, "an array", \.array) }

    private func members(_ keyword: String) -> [JSONObject.Member]? {
        value(keyword, "an object", \.object)?.members
    }

    private func count(_ keyword: String) -> Int? {
        value(keyword, "an integer of 0 or more") { $0.int.flatMap { $0 < 0 ? nil : Int($0) } }
    }

    private func names(_ value: JSONValue?, at keyword: String) -> [String]? {
        guard let value else { return nil }
        guard let items = value.array, case let names = items.compactMap(\.string),
            names.count == items.count
        else {
            report(keyword, "\(keyword) lists names, not \(value.shown)")
            return nil
        }
        return names
    }

    private func pattern(_ source: String, at place: JSONPointer) -> Pattern? {
        do {
            return try Pattern(source)
        } catch {
            compiler.report(place, "\(error)")
            return nil
        }
    }

    private func schema(_ keyword: String) -> SchemaIndex? {
        object.contains(keyword) ? compiler.place(of: pointer.appending(keyword)) : nil
    }

    private func schemas(_ keyword: String) -> [SchemaIndex]? {
        array(keyword)?.indices.map { compiler.place(of: pointer.appending(keyword).appending($0)) }
    }

    private func place(_ keyword: String, _ name: String) -> SchemaIndex {
        compiler.place(of: pointer.appending(keyword).appending(name))
    }
}
