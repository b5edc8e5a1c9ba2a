// The keywords for objects.

extension KeywordReader {
    mutating func readObjects() {
        if vocabulary.validates {
            if let bound = count("minProperties") { rules.append(.minProperties(bound)) }
            if let bound = count("maxProperties") { rules.append(.maxProperties(bound)) }
            readRequired()
        }
        readMembers()
        if dialect.isSince(.draft6), let names = schema("propertyNames") {
            rules.append(.propertyNames(names))
        }
        readDependents()
    }

    private mutating func readRequired() {
        // A boolean is draft 3, which many contracts still write beside a property.
        if dialect == .openAPI30, case .bool = object["required"] { return }
        guard let names = names(object["required"], at: "required") else { return }
        var (always, requests, answers): ([String], [String], [String]) = ([], [], [])
        for name in names {
            let traits = compiler.options.isContract ? direction(ofMember: name) : []
            if traits.contains(.readOnly) {
                answers.append(name)
            } else if traits.contains(.writeOnly) {
                requests.append(name)
            } else {
                always.append(name)
            }
        }
        rules.append(.required(always))
        if !requests.isEmpty { rules.append(.requiredOneWay(.request, requests)) }
        if !answers.isEmpty { rules.append(.requiredOneWay(.answer, answers)) }
    }

    /// Whether the property `name`, or the schema it refers to, is `readOnly` or `writeOnly`.
    private func direction(ofMember name: String) -> SchemaTraits {
        guard var property = object["properties"]?[name] else { return [] }
        var traits: SchemaTraits = []
        for _ in 0..<Limits.referenceHopsMax {
            if property["readOnly"]?.bool == true { traits.insert(.readOnly) }
            if property["writeOnly"]?.bool == true { traits.insert(.writeOnly) }
            guard let reference = property["$ref"]?.string, reference.hasPrefix("#/"),
                let pointer = JSONPointer(String(reference.dropFirst())),
                let next = compiler.value(
                    at: SchemaPlace(document: place.document, pointer: pointer))
            else { break }
            property = next
        }
        return traits
    }

    private mutating func readMembers() {
        let keywords = ["properties", "patternProperties", "additionalProperties"]
        guard keywords.contains(where: { object.contains($0) }) else { return }
        let named = (members("properties") ?? []).map { member in
            (name: member.name, schema: index("properties", member))
        }
        var patterned: [(pattern: Pattern, schema: SchemaIndex)] = []
        for member in members("patternProperties") ?? [] {
            let place = place.appending("patternProperties").appending(member.name)
            guard let pattern = pattern(member.name, at: place) else { continue }
            patterned.append((pattern, index("patternProperties", member)))
        }
        let isClosed = object["additionalProperties"] == .bool(false)
        rules.append(
            .members(
                MemberRules(
                    named: NamedSchemas(named), patterned: patterned,
                    additional: isClosed ? nil : schema("additionalProperties"), isClosed: isClosed)
            ))
    }

    private mutating func readDependents() {
        var needs: [(member: String, needs: [String])] = []
        var schemas: [(member: String, schema: SchemaIndex)] = []
        if dialect.isSince(.draft2019), vocabulary.validates {
            for member in members("dependentRequired") ?? [] {
                needs.append((member.name, names(member.value, at: "dependentRequired") ?? []))
            }
        }
        if dialect.isSince(.draft2019) {
            for member in members("dependentSchemas") ?? [] {
                schemas.append((member.name, index("dependentSchemas", member)))
            }
        }
        // Split in two by 2019-09, which allows to read the old keyword as well.
        if dialect != .openAPI30 {
            for member in members("dependencies") ?? [] {
                if case .array = member.value {
                    needs.append((member.name, names(member.value, at: "dependencies") ?? []))
                } else {
                    schemas.append((member.name, index("dependencies", member)))
                }
            }
        }
        if !needs.isEmpty { rules.append(.dependentRequired(needs)) }
        if !schemas.isEmpty { rules.append(.dependentSchemas(schemas)) }
    }
}
