/// Makes values for schemas. A value is made from a sketch of its schema, held against the schema,
/// and made again along other branches where it does not fit, within a budget.
struct ValueMaker {
    let table: SchemaTable
    let context: MakingContext
    var words: GeneratorWords
    /// Schemas that may still be looked at; beyond it members that may be left out are.
    private var budget = Limits.madeSchemasMax
    /// The schemas on the way here, so that cycles end.
    private var path: [SchemaIndex] = []

    private let usesSamples: Bool

    init(_ table: SchemaTable, _ context: MakingContext, usesSamples: Bool = true) {
        self.usesSamples = usesSamples
        self.table = table
        self.context = context
        words = GeneratorWords(seed: context.seed)
    }

    /// A value for all of the schemas at once; `name` is the member's that it is for.
    mutating func value(_ schemas: [SchemaIndex], name: String?, depth: Int) -> JSONValue {
        budget -= 1
        guard depth < Limits.madeDepthMax else { return nothing(schemas) }
        path += schemas
        defer { path.removeLast(schemas.count) }
        var last: JSONValue?
        var choice = 0
        repeat {
            let sketch = sketch(schemas, choice: choice)
            let made = value(of: sketch, schemas, name: name, depth: depth)
            if accepts(made, schemas) { return made }
            last = last ?? made
            choice += 1
            if choice >= min(sketch.alternatives, Limits.madeAttemptsMax) { break }
        } while budget > 0
        return accepts(.null, schemas) ? .null : last ?? .null
    }

    private mutating func value(
        of sketch: SchemaSketch, _ schemas: [SchemaIndex], name: String?, depth: Int
    ) -> JSONValue {
        let isEmptyType = sketch.types.isEmpty
        if let own = sketch.samples.first(where: { isUseful($0) && accepts($0, schemas) }) {
            return own
        }
        if let values = sketch.values {
            return values.first { !$0.isNull && accepts($0, schemas) } ?? values.first ?? .null
        }
        if isEmptyType { return .null }
        switch sketch.kind {
        case .object: return object(sketch, depth: depth)
        case .array: return array(sketch, name: name, depth: depth)
        case .string: return .string(text(sketch, name: name))
        case .integer: return number(sketch, name: name, isInteger: true)
        case .number: return number(sketch, name: name, isInteger: false)
        case .boolean: return .bool(isUsuallyTrue(name))
        default: return .null
        }
    }

    /// Null says nothing, and neither does an empty text.
    private func isUseful(_ sample: JSONValue) -> Bool {
        usesSamples && !sample.isNull && sample != ""
    }

    private func isUsuallyTrue(_ name: String?) -> Bool {
        ["active", "enabled", "valid", "verified", "success", "ok"].contains(name?.lowercased() ?? "")
    }

    /// What ends a chain of schemas that would not end by itself.
    private func nothing(_ schemas: [SchemaIndex]) -> JSONValue {
        let candidates: [JSONValue] = [.null, .object(JSONObject()), .array([]), "", 0, false]
        return candidates.first { accepts($0, schemas) } ?? .null
    }

    func accepts(_ value: JSONValue, _ schemas: [SchemaIndex]) -> Bool {
        schemas.allSatisfy { schema in
            var verdict = Verdict(table, context.direction)
            return verdict.accepts(value, schema)
        }
    }

    func sketch(_ schemas: [SchemaIndex], choice: Int = 0) -> SchemaSketch {
        SchemaSketch(table, context.direction, choice: choice, absorbing: schemas)
    }

    // MARK: Objects

    private mutating func object(_ sketch: SchemaSketch, depth: Int) -> JSONValue {
        var object = JSONObject()
        for member in sketch.members {
            let isRequired = sketch.required.contains(member.name)
            guard isRequired || isWanted(member.schemas, depth: depth) else { continue }
            if !isRequired, depth > 0, accepts(.null, member.schemas) { continue }
            object[member.name] = value(member.schemas, name: member.name, depth: depth + 1)
        }
        for name in sketch.required where !object.contains(name) {
            object[name] = value(sketch.schemas(of: name), name: name, depth: depth + 1)
        }
        // A form cannot spell an object without members.
        if context.direction == .request, object.isEmpty, budget > 0,
            let first = sketch.members.first(where: { !$0.schemas.contains(where: path.contains) })
        {
            object[first.name] = value(first.schemas, name: first.name, depth: depth + 1)
        }
        fill(&object, sketch, depth: depth)
        return .object(object)
    }

    /// Adds members beyond the declared ones until there are as many as must be.
    private mutating func fill(_ object: inout JSONObject, _ sketch: SchemaSketch, depth: Int) {
        var number = 0
        while object.count < min(sketch.membersMin, Limits.madeItemsMax) {
            number += 1
            guard number <= 2 * Limits.madeItemsMax else { return }
            let spare = sketch.members.first { !object.contains($0.name) }
            let name = spare?.name ?? memberName(sketch, number)
            object[name] = value(
                spare?.schemas ?? sketch.schemas(of: name), name: name, depth: depth + 1)
        }
    }

    private mutating func memberName(_ sketch: SchemaSketch, _ number: Int) -> String {
        if let pattern = sketch.patterned.first?.pattern {
            return PatternSample.text(for: pattern, length: 1...64, &words) ?? "key\(number)"
        }
        guard !sketch.memberNames.isEmpty else { return "key\(number)" }
        return value(sketch.memberNames, name: nil, depth: 1).string ?? "key\(number)"
    }

    /// Whether a member that may be left out is made all the same: not in deep or endless objects,
    /// and not what goes only the other way.
    private func isWanted(_ schemas: [SchemaIndex], depth: Int) -> Bool {
        guard budget > 0, depth < Limits.madeOptionalDepthMax else { return false }
        guard !schemas.contains(where: path.contains) else { return false }
        let sketch = sketch(schemas)
        if sketch.isReadOnly, context.direction == .request { return false }
        if sketch.isWriteOnly, context.direction == .answer { return false }
        return depth == 0 || sketch.kind.isDisjoint(with: [.object, .array])
    }

    // MARK: Arrays

    private mutating func array(
        _ sketch: SchemaSketch, name: String?, depth: Int
    ) -> JSONValue {
        let least = max(sketch.itemsMin, sketch.contained.count)
        let wanted = depth < Limits.madeOptionalDepthMax && budget > 0 && !isCyclic(sketch) ? 1 : 0
        let most = min(sketch.itemsMax ?? .max, Limits.madeItemsMax)
        let count = min(max(least, wanted), max(most, least))
        var items: [JSONValue] = []
        for position in 0..<min(count, Limits.madeItemsMax) {
            let schemas =
                position < sketch.prefix.count
                ? [sketch.prefix[position]]
                : sketch.items + (position < sketch.contained.count ? [sketch.contained[position]] : [])
            items.append(item(schemas, apartFrom: sketch.isUnique ? items : [], name: name, depth))
        }
        return .array(items)
    }

    private func isCyclic(_ sketch: SchemaSketch) -> Bool { sketch.items.contains(where: path.contains) }

    private mutating func item(
        _ schemas: [SchemaIndex], apartFrom others: [JSONValue], name: String?, _ depth: Int
    ) -> JSONValue {
        var made = value(schemas, name: name, depth: depth + 1)
        guard others.contains(where: { $0.means(made) }) else { return made }
        let sketch = sketch(schemas)
        if let fresh = sketch.values?.first(where: { value in
            !others.contains { $0.means(value) }
        }) {
            return fresh
        }
        for _ in 0..<Limits.madeAttemptsMax where others.contains(where: { $0.means(made) }) {
            made = value(of: sketch.withoutSamples, schemas, name: name, depth: depth + 1)
        }
        return made
    }
}

extension SchemaSketch {
    /// What a member is held against.
    func schemas(of name: String) -> [SchemaIndex] {
        if let member = members.first(where: { $0.name == name }) { return member.schemas }
        let matching = patterned.filter { $0.pattern.matches(name) }.map(\.schema)
        return matching.isEmpty ? additional : matching
    }

    var withoutSamples: SchemaSketch {
        var sketch = self
        sketch.samples = []
        return sketch
    }

    /// The one type that is made: what the rules speak of, where several could be.
    var kind: TypeSet {
        let offered = types.subtracting(.null)
        let told: [(TypeSet, Bool)] = [
            (.object, !members.isEmpty || !required.isEmpty || !additional.isEmpty),
            (.array, !items.isEmpty || !prefix.isEmpty || itemsMin > 0),
            (.string, format != nil || !patterns.isEmpty || lengthMin > 0 || lengthMax != nil),
            (.integer, numberFormat != nil), (.number, least != nil || most != nil),
        ]
        if offered != .all.subtracting(.null), !offered.isEmpty {
            for type in [TypeSet.string, .object, .integer, .number, .boolean, .array]
            where offered.contains(type) && (told.first { $0.0 == type }?.1 ?? false) {
                return type
            }
            for type in [TypeSet.string, .integer, .number, .boolean, .object, .array]
            where offered.contains(type) {
                return type
            }
        }
        if offered.isEmpty { return .null }
        return told.first { $0.1 }?.0 ?? .string
    }
}
