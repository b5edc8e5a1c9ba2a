/// Compares two schemas keyword by keyword. What narrows and what widens is told; where that cannot
/// be seen from the keywords, that they differ.
struct SchemaComparison {
    struct Change {
        let rule: String
        let severity: ContractChange.Severity
        let place: JSONPointer
        let message: String
    }

    private var changes: [Change] = []
    private let direction: ChangeDirection
    private let old: ContractOutline
    private let new: ContractOutline
    /// Pairs of places under way or done: schemas refer back to themselves.
    private var seen: Set<[JSONPointer]> = []

    init(_ direction: ChangeDirection, from old: ContractOutline, to new: ContractOutline) {
        self.direction = direction
        self.old = old
        self.new = new
    }

    /// What has changed and was not found before.
    mutating func compared(_ before: SchemaSpot, _ after: SchemaSpot) -> [Change] {
        changes = []
        compare(before, after)
        return changes
    }

    private mutating func compare(_ before: SchemaSpot, _ after: SchemaSpot) {
        let (before, after) = (old.follow(before), new.follow(after))
        guard seen.count < Limits.comparedSchemasMax, changes.count < Limits.changesMax,
            before.place.tokens.count < Limits.comparedDepthMax,
            seen.insert([before.place, after.place]).inserted
        else { return }
        guard before.value.object != nil, after.value.object != nil else {
            compareBooleans(before, after)
            return
        }
        compareTypes(before, after)
        compareValues(before, after)
        compareBounds(before, after)
        compareTexts(before, after)
        compareMembers(before, after)
        compareAlternatives(before, after)
        compareRest(before, after)
        for name in ["items", "additionalProperties", "not"]
        where before.value[name]?.object != nil && after.value[name]?.object != nil {
            compare(before.member(name), after.member(name))
        }
    }

    private mutating func compareBooleans(_ before: SchemaSpot, _ after: SchemaSpot) {
        guard before.value != after.value else { return }
        let isNarrowed = before.value == true || after.value == false
        note(
            isNarrowed ? "schema-narrowed" : "schema-widened",
            isNarrowed ? direction.narrowed : direction.widened, after,
            isNarrowed ? "takes fewer values" : "takes more values")
    }

    // MARK: Sets of values

    private mutating func compareTypes(_ before: SchemaSpot, _ after: SchemaSpot) {
        let (had, has) = (Self.types(before.value), Self.types(after.value))
        if !had.isSubset(of: has) {
            let gone = had.subtracting(has).sorted().joined(separator: ", ")
            note("type-narrowed", direction.narrowed, after, "is no longer \(gone)")
        }
        if !has.isSubset(of: had) {
            let more = has.subtracting(had).sorted().joined(separator: ", ")
            note("type-widened", direction.widened, after, "may be \(more)")
        }
    }

    /// Names of types; an integer is a number, too.
    private static func types(_ schema: JSONValue) -> Set<String> {
        var types: Set<String>
        switch schema["type"] {
        case .string(let name)?: types = [name]
        case .array(let names)?: types = Set(names.compactMap(\.string))
        default: return Set(JSONValue.Kind.allCases.map(\.rawValue) + ["integer"])
        }
        if schema["nullable"] == true { types.insert("null") }
        if types.contains("number") { types.insert("integer") }
        return types
    }

    private mutating func compareValues(_ before: SchemaSpot, _ after: SchemaSpot) {
        let (had, has) = (before.value["enum"]?.array, after.value["enum"]?.array)
        guard had != nil || has != nil else { return }
        guard let had else {
            return note("enum-added", direction.narrowed, after, "takes listed values only")
        }
        guard let has else {
            return note("enum-removed", direction.widened, after, "takes more than listed values")
        }
        for value in had where !has.contains(where: { $0.means(value) }) {
            note("enum-value-removed", direction.narrowed, after, "no longer takes \(value.shown)")
        }
        for value in has where !had.contains(where: { $0.means(value) }) {
            note("enum-value-added", direction.widened, after, "may be \(value.shown)")
        }
    }

    private static let ceilings = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]
    private static let floors = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]

    private mutating func compareBounds(_ before: SchemaSpot, _ after: SchemaSpot) {
        for name in Self.ceilings + Self.floors {
            let isCeiling = Self.ceilings.contains(name)
            let (had, has) = (before.value[name]?.number, after.value[name]?.number)
            switch (had, has) {
            case (nil, _?): note("\(name)-added", direction.narrowed, after, "has a \(name)")
            case (_?, nil): note("\(name)-removed", direction.widened, after, "has no \(name)")
            case (let had?, let has?) where !had.isEqual(to: has):
                let isTighter = JSONNumber.isLess(has, than: had) == isCeiling
                note(
                    isTighter ? "\(name)-tightened" : "\(name)-loosened",
                    isTighter ? direction.narrowed : direction.widened, after,
                    "has \(name) \(has.text) instead of \(had.text)")
            default: continue
            }
        }
    }

    private mutating func compareTexts(_ before: SchemaSpot, _ after: SchemaSpot) {
        for name in ["pattern", "format"] where before.value[name] != after.value[name] {
            if before.value[name] == nil {
                note("\(name)-added", direction.narrowed, after, "has a \(name)")
            } else if after.value[name] == nil {
                note("\(name)-removed", direction.widened, after, "has no \(name)")
            } else {
                note("\(name)-changed", .unknown, after, "has another \(name)")
            }
        }
    }

    // MARK: Members

    private mutating func compareMembers(_ before: SchemaSpot, _ after: SchemaSpot) {
        let (had, has) = (before.member("properties"), after.member("properties"))
        let (needed, needs) = (Self.required(before.value), Self.required(after.value))
        for member in had.value.object?.members ?? [] {
            guard let now = has.value[member.name] else {
                noteRemoved(member.name, before, after)
                continue
            }
            let place = has.at(member.name, now)
            if !needed.contains(member.name), needs.contains(member.name) {
                note("property-became-required", direction.narrowed, place, "is required")
            }
            if needed.contains(member.name), !needs.contains(member.name) {
                note("property-became-optional", direction.widened, place, "may be missing")
            }
            compare(had.at(member.name, member.value), place)
        }
        for member in has.value.object?.members ?? [] where had.value[member.name] == nil {
            let isNeeded = needs.contains(member.name)
            note(
                isNeeded ? "property-added-required" : "property-added",
                isNeeded ? direction.narrowed : .nonBreaking, has.at(member.name, member.value),
                "is new")
        }
        let (wasClosed, isClosed) = (Self.isClosed(before.value), Self.isClosed(after.value))
        if wasClosed != isClosed {
            note(
                isClosed ? "object-closed" : "object-opened",
                isClosed ? direction.narrowed : direction.widened, after,
                isClosed ? "takes no other members" : "may have other members")
        }
    }

    private mutating func noteRemoved(
        _ name: String, _ before: SchemaSpot, _ after: SchemaSpot
    ) {
        let severity: ContractChange.Severity =
            direction == .response || Self.isClosed(after.value) ? .breaking : .unknown
        note(
            "property-removed", severity,
            before.member("properties").at(name, .null), "is gone")
    }

    private static func required(_ schema: JSONValue) -> Set<String> {
        Set((schema["required"]?.array ?? []).compactMap(\.string))
    }

    private static func isClosed(_ schema: JSONValue) -> Bool {
        schema["additionalProperties"] == false || schema["unevaluatedProperties"] == false
    }

    // MARK: The rest

    private mutating func compareAlternatives(_ before: SchemaSpot, _ after: SchemaSpot) {
        for name in ["allOf", "anyOf", "oneOf"] {
            let (had, has) = (before.value[name]?.array ?? [], after.value[name]?.array ?? [])
            let (old, new) = (before.member(name), after.member(name))
            for index in 0..<min(had.count, has.count) {
                compare(old.at(String(index), had[index]), new.at(String(index), has[index]))
            }
            guard had.count != has.count else { continue }
            let isMore = has.count > had.count
            // More parts of an allOf narrow, more alternatives widen; the first one narrows.
            let isNarrower = (name == "allOf") == isMore || had.isEmpty
            note(
                isMore ? "\(name)-added" : "\(name)-removed",
                isNarrower ? direction.narrowed : direction.widened, after,
                "has \(has.count) \(name) instead of \(had.count)")
        }
    }

    private static let told = Set(
        ceilings + floors + [
            "$ref", "type", "nullable", "enum", "pattern", "format", "properties", "required", "items",
            "additionalProperties", "unevaluatedProperties", "allOf", "anyOf", "oneOf", "not",
            "title", "description", "example", "examples", "deprecated", "externalDocs", "xml",
            "$comment", "$defs", "definitions", "name", "in", "collectionFormat", "schema",
        ])

    /// Keywords whose meaning for old clients is not looked into.
    private mutating func compareRest(_ before: SchemaSpot, _ after: SchemaSpot) {
        let names = (before.value.object?.names ?? []) + (after.value.object?.names ?? [])
        for name in Set(names).subtracting(Self.told).sorted() where !name.hasPrefix("x-") {
            let (had, has) = (before.value[name], after.value[name])
            let isSame = had.flatMap { had in has.map { had.means($0) } } ?? (had == nil && has == nil)
            if !isSame { note("\(name)-changed", .unknown, after, "has another \(name)") }
        }
    }

    private mutating func note(
        _ rule: String, _ severity: ContractChange.Severity, _ spot: SchemaSpot, _ message: String
    ) {
        guard changes.count < Limits.changesMax else { return }
        changes.append(
            Change(
                rule: "\(direction.rawValue)-\(rule)", severity: severity, place: spot.place,
                message: "\(direction.rawValue) \(spot.place): \(message)"))
    }
}
