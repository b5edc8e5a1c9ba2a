/// How the values of a schema stand in XML: members as elements, attributes or text, lists wrapped or
/// not.
///
/// One run's own: made as it is needed, and used by one thread.
final class XMLShape {
    let sketch: SchemaSketch
    private let shapes: XMLShapes

    fileprivate init(_ sketch: SchemaSketch, _ shapes: XMLShapes) {
        self.sketch = sketch
        self.shapes = shapes
    }

    private(set) lazy var kind: TypeSet = sketch.kind

    private(set) lazy var members: [XMLMember] = sketch.members.map {
        XMLMember(name: $0.name, schemas: $0.schemas, shapes.shape($0.schemas))
    }

    private lazy var places: [String: Int] = Dictionary(
        members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    private lazy var elements: [String: [Int]] = Dictionary(
        grouping: members.indices.filter { members[$0].elementForm != nil },
        by: { members[$0].elementForm?.name ?? "" })

    /// The member that holds the element's own text.
    private(set) lazy var textMember: XMLMember? = members.first { $0.isText }

    func member(_ name: String) -> XMLMember? { places[name].map { members[$0] } }

    /// The member that an element stands for; the one of that namespace where there are several.
    func member(element: XMLElement) -> XMLMember? {
        guard let found = elements[element.name] else { return nil }
        let exact = found.first { members[$0].elementForm?.takes(element.namespace) ?? false }
        return members[exact ?? found[0]]
    }

    func member(attribute: XMLAttribute) -> XMLMember? {
        members.first { $0.form.node == .attribute && $0.form.name == attribute.name }
    }

    /// The schemas of a member that is not declared; empty where it may be anything.
    func schemas(ofOther name: String) -> [SchemaIndex] {
        let patterned = sketch.patterned.filter { $0.pattern.matches(name) }.map(\.schema)
        return patterned.isEmpty ? sketch.additional : patterned
    }

    /// Of an array's element.
    func schemas(ofElement index: Int) -> [SchemaIndex] {
        index < sketch.prefix.count ? [sketch.prefix[index]] : sketch.items
    }

    /// Of an array's elements: what they say themselves, else `name`.
    func itemForm(named name: String) -> XMLForm {
        var form = XMLForm(shapes.shape(schemas(ofElement: 0)).sketch.xml, named: name)
        form.node = .element
        return form
    }

    /// The same for an array that stands in no object, where its elements' component names them too.
    func freeItemForm(in list: XMLForm) -> XMLForm {
        let notes = shapes.shape(schemas(ofElement: 0)).sketch.xml
        return itemForm(named: notes.lazy.compactMap(\.component).first ?? list.name)
    }
}

/// A member of an object.
struct XMLMember {
    /// In JSON.
    let name: String
    let schemas: [SchemaIndex]
    /// Of the value itself: of a list the element that wraps it, where one does.
    let form: XMLForm
    /// Nil for what is no list.
    let list: XMLList?

    init(name: String, schemas: [SchemaIndex], _ shape: XMLShape) {
        self.name = name
        self.schemas = schemas
        let notes = shape.sketch.xml
        form = XMLForm(notes, named: name)
        guard shape.kind == .array, form.node != .attribute, form.node != .text, form.node != .cdata
        else {
            list = nil
            return
        }
        let isWrapped = notes.lazy.compactMap(\.node).first == .element
        // The list's own name is the wrapper's, and goes for what is in it; without one it is nobody's.
        list = XMLList(
            isWrapped: isWrapped, shape: shape,
            item: shape.itemForm(named: isWrapped ? form.name : name))
    }

    var isText: Bool { form.node == .text || form.node == .cdata }

    /// The element that stands in the object's: nil for attributes and text.
    var elementForm: XMLForm? {
        if let list { return list.isWrapped ? form : list.item }
        return form.node == .attribute || isText ? nil : form
    }
}

/// A list inside an object.
struct XMLList {
    /// Whether an element of the list's own stands around its elements.
    let isWrapped: Bool
    let shape: XMLShape
    /// Of each element.
    let item: XMLForm
}

/// The shapes of a contract's schemas, as far as one run has met them.
final class XMLShapes {
    private let table: SchemaTable
    private let direction: MessageDirection
    private var known: [Key: XMLShape] = [:]

    private struct Key: Hashable {
        let schemas: [SchemaIndex]
        let choice: Int
    }

    init(_ table: SchemaTable, _ direction: MessageDirection) {
        self.table = table
        self.direction = direction
    }

    /// All schemas together, with one branch of their alternatives.
    func shape(_ schemas: [SchemaIndex], choice: Int = 0) -> XMLShape {
        let key = Key(schemas: schemas, choice: choice)
        if let shape = known[key] { return shape }
        let shape = XMLShape(
            SchemaSketch(table, direction, choice: choice, absorbing: schemas), self)
        known[key] = shape
        return shape
    }

    /// How many branches there are to try, at most `Limits.xmlBranchesMax`.
    func branches(_ schemas: [SchemaIndex]) -> Int {
        min(shape(schemas).sketch.alternatives, Limits.xmlBranchesMax)
    }

    func accepts(_ value: JSONValue, _ schemas: [SchemaIndex]) -> Bool {
        schemas.allSatisfy {
            CompiledSchema(table: table, root: $0).accepts(value, as: direction)
        }
    }

    /// The branch that declares most of an object's members: the one that it was made from.
    func shape(of value: JSONValue, _ schemas: [SchemaIndex]) -> XMLShape {
        let branches = branches(schemas)
        guard branches > 1 else { return shape(schemas) }
        var best = (shape: shape(schemas), score: Int.min)
        for choice in 0..<branches {
            let candidate = shape(schemas, choice: choice)
            let score = candidate.score(of: value)
            if score > best.score { best = (candidate, score) }
        }
        return best.shape
    }

    /// The element of a body: by its schema's name or that of its component, else `root`.
    func rootForm(_ schemas: [SchemaIndex]) -> XMLForm {
        let notes = shape(schemas).sketch.xml
        var form = XMLForm(notes, named: "root")
        // What is said first counts: a component without a name of its own stands before what it
        // is made of.
        let first = notes.first { $0.name != nil || $0.component != nil }
        if let first, first.name == nil, let component = first.component {
            form.name = component.asXMLName
            form.isNamed = false
        }
        form.node = .element
        return form
    }
}

extension XMLShape {
    /// Declared members count for it, others against it.
    fileprivate func score(of value: JSONValue) -> Int {
        switch value {
        case .object(let object):
            guard kind == .object else { return -1_000_000 }
            return object.names.reduce(0) { $0 + (member($1) == nil ? -1 : 1) }
                - sketch.required.count { !object.contains($0) } * 1_000
        case .array: return kind == .array ? 0 : -1_000_000
        case .null, .bool, .number, .string: return sketch.types.allows(value) ? 0 : -1_000_000
        }
    }
}
