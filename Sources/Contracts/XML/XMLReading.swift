/// Reads an element as the value that its schema means: `<pet id="1"><name>Rex</name></pet>` is
/// `{"id": 1, "name": "Rex"}`. What cannot stand where it stands is a fault; what has the wrong value
/// becomes a value that its schema refuses.
struct XMLReading {
    private let shapes: XMLShapes
    /// In the order of the document, at most `Limits.faultsMax`.
    private(set) var faults: [SchemaFault] = []
    /// Elements read again for a further branch; alternatives inside alternatives multiply.
    private var repeats = 0

    init(_ shapes: XMLShapes) { self.shapes = shapes }

    /// The whole body.
    mutating func root(_ element: XMLElement, _ schemas: [SchemaIndex]) -> JSONValue {
        let form = shapes.rootForm(schemas)
        if form.isNamed, element.name != form.name {
            fault(.root, "the element <\(form.step)>", "<\(element.name)>")
        } else {
            checkNamespace(of: element, form, .root)
        }
        return value(element, schemas, form, .root)
    }

    // MARK: Branches

    private mutating func value(
        _ element: XMLElement, _ schemas: [SchemaIndex], _ form: XMLForm, _ place: JSONPointer
    ) -> JSONValue {
        if element.isNil { return .null }
        let before = faults
        let first = value(element, shapes.shape(schemas), form, place)
        let branches = shapes.branches(schemas)
        guard branches > 1, repeats < Limits.xmlRepeatsMax else { return first }
        if faults.count == before.count, shapes.accepts(first, schemas) { return first }
        let found = faults
        for choice in 1..<branches {
            faults = before
            repeats += 1
            let other = value(element, shapes.shape(schemas, choice: choice), form, place)
            if faults.count == before.count, shapes.accepts(other, schemas) { return other }
        }
        faults = found
        return first
    }

    private mutating func value(
        _ element: XMLElement, _ shape: XMLShape, _ form: XMLForm, _ place: JSONPointer
    ) -> JSONValue {
        let isPlain = element.children.isEmpty && element.data.isEmpty
        switch shape.kind {
        case .object where isPlain && element.hasText && shape.takesTextToo:
            return .string(element.text)
        case .array: return list(element, shape, shape.freeItemForm(in: form), place)
        case .object: return object(element, shape, place)
        default:
            // What is no text cannot be one: an object, which the schema then refuses.
            return isPlain ? scalar(element.text, shape) : object(element, shape, place)
        }
    }

    // MARK: Objects

    private mutating func object(
        _ element: XMLElement, _ shape: XMLShape, _ place: JSONPointer
    ) -> JSONValue {
        var found = Members()
        for attribute in element.data { add(attribute, shape, to: &found.object, place) }
        for child in element.children { add(child, shape, to: &found, place) }
        var object = found.finished()
        if let member = shape.textMember {
            if element.hasText || element.children.isEmpty {
                object[member.name] = scalar(element.text, shapes.shape(member.schemas))
            }
        } else if element.hasText {
            let shown = JSONValue.string(element.text.trimmingXMLSpace).shown
            fault(place, "elements and no text of its own", shown)
        }
        // XML cannot tell an empty list without a wrapper from none.
        for member in shape.members where shape.sketch.required.contains(member.name) {
            if let list = member.list, !list.isWrapped, !object.contains(member.name) {
                object[member.name] = .array([])
            }
        }
        return .object(object)
    }

    private mutating func add(
        _ attribute: XMLAttribute, _ shape: XMLShape, to object: inout JSONObject,
        _ place: JSONPointer
    ) {
        if let member = shape.member(attribute: attribute) {
            if !member.form.takes(attribute.namespace) {
                fault(
                    place.appending(member.name),
                    "an attribute of the namespace \(member.form.namespace ?? "")",
                    attribute.namespace ?? "none")
            }
            object[member.name] = scalar(attribute.value, shapes.shape(member.schemas))
        } else if let member = shape.member(attribute.name) {
            fault(place.appending(member.name), "\(member.shown)", "an attribute \(attribute.name)")
        } else if attribute.namespace != XMLNamespace.xml {
            object[attribute.name] = scalar(
                attribute.value, shapes.shape(shape.schemas(ofOther: attribute.name)))
        }
    }

    private mutating func add(
        _ child: XMLElement, _ shape: XMLShape, to found: inout Members, _ place: JSONPointer
    ) {
        guard let member = shape.member(element: child) else {
            return addOther(child, shape, to: &found, place)
        }
        let own = place.appending(member.name)
        if let form = member.elementForm { checkNamespace(of: child, form, own) }
        if let list = member.list, !list.isWrapped {
            let count = found.count(of: member.name)
            found.append(
                value(
                    child, list.shape.schemas(ofElement: count), list.item, own.appending(count)),
                to: member.name)
            return
        }
        guard !found.object.contains(member.name) else {
            fault(own, "\(member.shown) once", "another")
            return
        }
        if let list = member.list, !child.isNil {
            found.object[member.name] = self.list(child, list.shape, list.item, own)
        } else {
            found.object[member.name] = value(child, member.schemas, member.form, own)
        }
    }

    /// An element that no member stands for: a mistake where it is near one, else a member of its
    /// name, which the schema may refuse.
    private mutating func addOther(
        _ child: XMLElement, _ shape: XMLShape, to found: inout Members, _ place: JSONPointer
    ) {
        let own = place.appending(child.name)
        if let member = shape.member(child.name) ?? shape.members.first(where: {
            $0.form.node == .attribute && $0.form.name == child.name
        }) {
            fault(place.appending(member.name), member.shown, "<\(child.name)>")
            return
        }
        let schemas = shape.schemas(ofOther: child.name)
        let item = shapes.shape(schemas)
        if item.kind == .array, !schemas.isEmpty {
            let count = found.count(of: child.name)
            let form = item.itemForm(named: child.name)
            found.append(
                value(child, item.schemas(ofElement: count), form, own.appending(count)),
                to: child.name)
        } else {
            found.repeat(value(child, schemas, XMLForm([], named: child.name), own), of: child.name)
        }
    }

    /// An object that is being read. Lists grow beside it, so that none is copied for each element.
    private struct Members {
        var object = JSONObject()
        private var lists: [String: [JSONValue]] = [:]

        func count(of name: String) -> Int { lists[name]?.count ?? 0 }

        /// The list stands where its first element stood.
        mutating func append(_ item: JSONValue, to name: String) {
            if lists[name] == nil { object[name] = .array([]) }
            lists[name, default: []].append(item)
        }

        /// One is a value, several are a list.
        mutating func `repeat`(_ value: JSONValue, of name: String) {
            if lists[name] != nil {
                lists[name]?.append(value)
            } else if let first = object[name] {
                lists[name] = [first, value]
            } else {
                object[name] = value
            }
        }

        consuming func finished() -> JSONObject {
            for (name, items) in lists { object[name] = .array(items) }
            return object
        }
    }

    // MARK: Lists

    /// The elements inside an element of the list's own.
    private mutating func list(
        _ element: XMLElement, _ shape: XMLShape, _ item: XMLForm, _ place: JSONPointer
    ) -> JSONValue {
        if element.hasText {
            let shown = JSONValue.string(element.text.trimmingXMLSpace).shown
            fault(place, "elements <\(item.step)>", shown)
        }
        for attribute in element.data {
            fault(place, "no attributes", "an attribute \(attribute.name)")
        }
        var items: [JSONValue] = []
        for child in element.children {
            let own = place.appending(items.count)
            if child.name != item.name, item.isNamed || !place.tokens.isEmpty {
                fault(own, "<\(item.step)>", "<\(child.name)>")
            } else {
                checkNamespace(of: child, item, own)
            }
            items.append(value(child, shape.schemas(ofElement: items.count), item, own))
        }
        return .array(items)
    }

    // MARK: Texts

    /// The text as the value that the schema means; as a string where it means none such.
    private func scalar(_ text: String, _ shape: XMLShape) -> JSONValue {
        let types = shape.sketch.types
        let plain = text.trimmingXMLSpace
        if let values = shape.sketch.values,
            let value = values.first(where: { $0.xmlText == text || $0.xmlText == plain })
        {
            return value
        }
        if shape.kind == .string { return .string(text) }
        if types.contains(.number) || types.contains(.integer),
            let number = JSONNumber(xmlDecimal: plain)
        {
            return .number(number)
        }
        if types.contains(.boolean) {
            if plain == "true" || plain == "1" { return true }
            if plain == "false" || plain == "0" { return false }
        }
        if types.contains(.null), plain.isEmpty { return .null }
        return .string(text)
    }

    // MARK: Faults

    private mutating func checkNamespace(
        of element: XMLElement, _ form: XMLForm, _ place: JSONPointer
    ) {
        guard !form.takes(element.namespace) else { return }
        fault(
            place, "<\(form.step)> of the namespace \(form.namespace ?? "")",
            element.namespace.map { "the namespace \($0)" } ?? "no namespace")
    }

    private mutating func fault(_ place: JSONPointer, _ expected: String, _ got: String) {
        guard faults.count < Limits.faultsMax else { return }
        faults.append(SchemaFault(pointer: place, rule: "xml", expected: expected, got: got))
    }
}

extension XMLShape {
    /// Objects, and texts as well.
    fileprivate var takesTextToo: Bool { sketch.types != .all && sketch.types.contains(.string) }
}

extension XMLMember {
    /// For faults: what the contract has in place of what came.
    fileprivate var shown: String {
        switch form.node {
        case .attribute: "an attribute \(form.name)"
        case .text, .cdata: "the element's own text"
        case .element, .none: "an element <\((elementForm ?? form).step)>"
        }
    }
}

extension JSONValue {
    /// A scalar as it stands in XML; nil for what is none.
    var xmlText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension JSONNumber {
    /// A number as XML Schema writes it: with a plus, superfluous zeros or nothing on one side of the
    /// point (part 2 §3.2.3, §3.2.5).
    init?(xmlDecimal text: String) {
        if let plain = JSONNumber(text) {
            self = plain
            return
        }
        let isNegative = text.hasPrefix("-")
        var rest = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        while rest.hasPrefix("0"), rest.dropFirst().first?.isASCIIDigit ?? false {
            rest = rest.dropFirst()
        }
        if rest.hasPrefix("."), rest.dropFirst().first?.isASCIIDigit ?? false { rest = "0" + rest }
        if rest.hasSuffix("."), rest.dropLast().allSatisfy(\.isASCIIDigit) { rest = rest.dropLast() }
        self.init((isNegative ? "-" : "") + rest)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
