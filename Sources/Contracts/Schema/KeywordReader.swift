/// Reads the keywords of one schema object into a node, as its dialect understands them.
struct KeywordReader {
    let compiler: SchemaCompiler
    let place: SchemaPlace
    let object: JSONObject
    let resource: Int
    let vocabulary: SchemaVocabulary
    var rules: [SchemaRule] = []

    var dialect: SchemaDialect { vocabulary.dialect }

    init(compiler: SchemaCompiler, place: SchemaPlace, object: JSONObject, resource: Int) {
        self.compiler = compiler
        self.place = place
        self.object = object
        self.resource = resource
        vocabulary = compiler.resources.resources[resource].vocabulary
    }

    mutating func node() -> SchemaNode {
        if dialect.referencesStandAlone, let reference = string("$ref") {
            if let target = target(reference, "$ref") { rules.append(.reference(target)) }
            return SchemaNode(
                rules: rules, traits: traits(), scope: scope(), sample: sample(), xml: xml())
        }
        let types = vocabulary.validates ? types() : nil
        if types != nil { rules.append(.type) }
        if vocabulary.validates {
            if let values = array("enum") { rules.append(.enumeration(values)) }
            if dialect.isSince(.draft6), let value = object["const"] {
                rules.append(.constant(value))
            }
            readNumbers()
            readStringBounds()
        }
        readFormat(types)
        readArrays()
        readObjects()
        readCompositions()
        readUnevaluated()
        return SchemaNode(
            rules: rules, types: types ?? .all, traits: traits(), scope: scope(),
            sample: sample(), xml: xml())
    }

    private func xml() -> XMLNotes? {
        guard compiler.options.isContract else { return nil }
        let stands = dialect.referencesStandAlone && object.contains("$ref")
        return XMLNotes(stands ? nil : object["xml"], component: place.componentName)
    }

    /// A resource matters on the way to a dynamic reference if it has dynamic anchors.
    private func scope() -> Int {
        compiler.resources.resources[resource].dynamicAnchors.isEmpty ? -1 : resource
    }

    private func sample() -> JSONValue? {
        object["default"] ?? object["example"] ?? object["examples"]?[0]
    }

    private func traits() -> SchemaTraits {
        var traits: SchemaTraits = []
        if dialect == .openAPI30, isTrue("nullable") || isTrue("x-nullable") {
            traits.insert(.nullable)
        }
        if object.contains("default") { traits.insert(.preset) }
        if isTrue("readOnly") { traits.insert(.readOnly) }
        if isTrue("writeOnly") { traits.insert([.writeOnly, .secret]) }
        if object["format"]?.string == "password" { traits.insert(.secret) }
        return traits
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
            // Swagger 2.0: the content of a file, which is text to us.
            let written = dialect == .openAPI30 && name.string == "file" ? "string" : name.string
            guard let type = written.flatMap(TypeSet.init(name:)) else {
                report("type", "\(name.shown) is not a type of JSON Schema")
                return nil
            }
            types.insert(type)
        }
        return types
    }

    private mutating func readNumbers() {
        if dialect.boundsAreBooleans {
            let isOpenBelow = isTrue("exclusiveMinimum")
            let isOpenAbove = isTrue("exclusiveMaximum")
            if let bound = number("minimum") {
                rules.append(isOpenBelow ? .exclusiveMinimum(bound) : .minimum(bound))
            }
            if let bound = number("maximum") {
                rules.append(isOpenAbove ? .exclusiveMaximum(bound) : .maximum(bound))
            }
            _ = (boolean("exclusiveMinimum"), boolean("exclusiveMaximum"))
        } else {
            if let bound = number("minimum") { rules.append(.minimum(bound)) }
            if let bound = number("exclusiveMinimum") { rules.append(.exclusiveMinimum(bound)) }
            if let bound = number("maximum") { rules.append(.maximum(bound)) }
            if let bound = number("exclusiveMaximum") { rules.append(.exclusiveMaximum(bound)) }
        }
        if let factor = number("multipleOf") { read(multipleOf: factor) }
    }

    private mutating func read(multipleOf factor: JSONNumber) {
        let decimal = factor.decimal
        if decimal.isNegative || decimal.isZero {
            report("multipleOf", "multipleOf is larger than 0")
        } else if decimal.mantissa == nil {
            report("multipleOf", "multipleOf has more than 18 digits, which is not supported")
        } else {
            rules.append(.multipleOf(factor, decimal))
        }
    }

    private mutating func readStringBounds() {
        if let bound = count("minLength") { rules.append(.minLength(bound)) }
        if let bound = count("maxLength") { rules.append(.maxLength(bound)) }
        if let source = string("pattern"),
            let pattern = pattern(source, at: place.appending("pattern"))
        {
            rules.append(.pattern(pattern))
        }
    }

    private mutating func readFormat(_ types: TypeSet?) {
        guard let name = string("format"),
            compiler.options.assertsFormats || vocabulary.assertsFormats
        else { return }
        if let format = StringFormat(rawValue: name) {
            rules.append(.format(format))
        } else if let format = NumberFormat(rawValue: name), compiler.options.isContract {
            rules.append(.numberFormat(format))
        }
    }

    private mutating func readArrays() {
        if vocabulary.validates {
            if let bound = count("minItems") { rules.append(.minItems(bound)) }
            if let bound = count("maxItems") { rules.append(.maxItems(bound)) }
            if boolean("uniqueItems") == true { rules.append(.uniqueItems) }
        }
        readItems()
        if dialect.isSince(.draft6), let contained = schema("contains") {
            let bounded = dialect.isSince(.draft2019) && vocabulary.validates
            rules.append(
                .contains(
                    contained, least: bounded ? count("minContains") ?? 1 : 1,
                    most: bounded ? count("maxContains") : nil,
                    evaluates: dialect.isSince(.draft2020)))
        }
    }

    private mutating func readItems() {
        if dialect.itemsMayBeList {
            if case .array = object["items"] {
                let prefix = schemas("items") ?? []
                rules.append(.items(prefix: prefix, rest: schema("additionalItems")))
            } else if let each = schema("items") {
                rules.append(.items(prefix: [], rest: each))
            }
            return
        }
        let prefix = schemas("prefixItems") ?? []
        if case .array = object["items"] {
            report("items", "items is one schema; the list of earlier drafts is prefixItems")
        } else if !prefix.isEmpty || object.contains("items") {
            rules.append(.items(prefix: prefix, rest: schema("items")))
        }
    }

    private mutating func readUnevaluated() {
        guard dialect.isSince(.draft2019) else { return }
        if let schema = schema("unevaluatedItems") { rules.append(.unevaluatedItems(schema)) }
        if let schema = schema("unevaluatedProperties") {
            rules.append(.unevaluatedProperties(schema))
        }
    }

    private mutating func readCompositions() {
        if let reference = string("$ref"), let target = target(reference, "$ref") {
            rules.append(.reference(target))
        }
        readDynamicReference()
        if let parts = schemas("allOf") { rules.append(.allOf(parts)) }
        if let parts = schemas("anyOf") { rules.append(.anyOf(parts)) }
        if let parts = schemas("oneOf") { rules.append(.oneOf(parts)) }
        if let part = schema("not") { rules.append(.not(part)) }
        if dialect.isSince(.draft7), let test = schema("if") {
            rules.append(.conditional(test: test, then: schema("then"), otherwise: schema("else")))
        }
    }

    private mutating func readDynamicReference() {
        let keyword = dialect == .draft2019 ? "$recursiveRef" : "$dynamicRef"
        guard dialect.isSince(.draft2019), let reference = string(keyword),
            let target = compiler.target(
                of: reference, from: place, in: resource, keyword: keyword)
        else { return }
        let initial = compiler.index(of: target)
        let name = dialect == .draft2019 ? "" : target.anchor
        // Only a reference to a dynamic anchor is dynamic (core §8.2.3.2).
        guard let name,
            compiler.resources.resources[target.resource].dynamicAnchors[name] == target.place
        else {
            rules.append(.reference(initial))
            return
        }
        var byResource: [Int: SchemaIndex] = [:]
        for (number, resource) in compiler.resources.resources.enumerated() {
            guard let anchored = resource.dynamicAnchors[name] else { continue }
            byResource[number] = compiler.index(
                of: anchored, value: compiler.value(at: anchored), in: number)
        }
        rules.append(.dynamicReference(DynamicReference(byResource: byResource, initial: initial)))
    }
}
