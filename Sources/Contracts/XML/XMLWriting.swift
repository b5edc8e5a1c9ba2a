/// Writes values as the XML that their schema means.
///
/// Members that the contract does not declare become elements of their names. Nulls are elements
/// with `xsi:nil`, and left out where they would be attributes. Letters that no XML document may hold
/// become U+FFFD.
struct XMLWriting {
    private let shapes: XMLShapes
    private var text: String

    /// The namespaces that hold for an element.
    private struct Scope {
        var usual = ""
        var prefixes: [String: String] = [:]
    }

    /// The document, UTF-8; nil for a value that is nested deeper than `Limits.xmlDepthMax`.
    static func document(
        _ value: JSONValue, _ shapes: XMLShapes, _ schemas: [SchemaIndex]
    ) -> [UInt8]? {
        guard value.depth(isAtMost: Limits.xmlDepthMax) else { return nil }
        var writing = XMLWriting(
            shapes: shapes, text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        writing.element(value, schemas, shapes.rootForm(schemas), Scope())
        return Array(writing.text.utf8)
    }

    private mutating func element(
        _ value: JSONValue, _ schemas: [SchemaIndex], _ form: XMLForm, _ scope: Scope
    ) {
        let shape = shapes.shape(of: value, schemas)
        var scope = scope
        var declarations: [(name: String, value: String)] = []
        let name = Self.name(form, &scope, &declarations)
        var content = value
        if value.isNull { declarations += Self.nilAttributes(&scope) }
        let attributes = Self.attributes(of: value, shape, &scope, &declarations)
        text += "<\(name)"
        for attribute in declarations + attributes {
            text += " \(attribute.name)=\"\(attribute.value.xmlEscaped(inAttribute: true))\""
        }
        if case .object(let object) = value {
            content = .object(
                JSONObject(object.members.filter { shape.member($0.name)?.form.node != .attribute }))
        }
        text += ">"
        let start = text.utf8.count
        self.content(content, shape, form, scope)
        if text.utf8.count == start {
            text.removeLast()
            text += "/>"
        } else {
            text += "</\(name)>"
        }
    }

    private mutating func content(
        _ value: JSONValue, _ shape: XMLShape, _ form: XMLForm, _ scope: Scope
    ) {
        switch value {
        case .null: return
        case .bool, .number, .string: text += (value.xmlText ?? "").xmlEscaped(inAttribute: false)
        case .array(let items):
            let item = shape.freeItemForm(in: form)
            for (index, value) in items.enumerated() {
                element(value, shape.schemas(ofElement: index), item, scope)
            }
        case .object(let object):
            for member in object.members { self.member(member, shape, scope) }
        }
    }

    private mutating func member(
        _ member: JSONObject.Member, _ shape: XMLShape, _ scope: Scope
    ) {
        guard let declared = shape.member(member.name) else {
            return other(member, shape.schemas(ofOther: member.name), scope)
        }
        if declared.isText {
            let own = member.value.xmlText ?? ""
            text += declared.form.node == .cdata ? own.xmlSection : own.xmlEscaped(inAttribute: false)
            return
        }
        guard let list = declared.list, case .array(let items) = member.value else {
            return element(member.value, declared.schemas, declared.form, scope)
        }
        if list.isWrapped {
            wrapped(items, list, declared.form, scope)
        } else {
            write(items, list, scope)
        }
    }

    private mutating func wrapped(
        _ items: [JSONValue], _ list: XMLList, _ form: XMLForm, _ scope: Scope
    ) {
        var scope = scope
        var declarations: [(name: String, value: String)] = []
        let name = Self.name(form, &scope, &declarations)
        text += "<\(name)"
        for declaration in declarations {
            text += " \(declaration.name)=\"\(declaration.value.xmlEscaped(inAttribute: true))\""
        }
        guard !items.isEmpty else {
            text += "/>"
            return
        }
        text += ">"
        write(items, list, scope)
        text += "</\(name)>"
    }

    private mutating func write(_ items: [JSONValue], _ list: XMLList, _ scope: Scope) {
        for (index, item) in items.enumerated() {
            element(item, list.shape.schemas(ofElement: index), list.item, scope)
        }
    }

    /// A member that is not declared; a list repeats its element.
    private mutating func other(
        _ member: JSONObject.Member, _ schemas: [SchemaIndex], _ scope: Scope
    ) {
        let form = XMLForm([], named: member.name.asXMLName)
        let list = shapes.shape(schemas)
        guard case .array(let items) = member.value else {
            return element(member.value, schemas, form, scope)
        }
        for (index, item) in items.enumerated() {
            let inner = list.kind == .array ? list.schemas(ofElement: index) : schemas
            let own = list.kind == .array ? list.itemForm(named: form.name) : form
            element(item, inner, own, scope)
        }
    }

    // MARK: Names and attributes

    private static func attributes(
        of value: JSONValue, _ shape: XMLShape, _ scope: inout Scope,
        _ declarations: inout [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        guard case .object(let object) = value else { return [] }
        return object.members.compactMap { member in
            guard let declared = shape.member(member.name), declared.form.node == .attribute,
                !member.value.isNull
            else { return nil }
            // An attribute holds text: what is none is written as JSON.
            let text = member.value.xmlText ?? JSONWriter.text(member.value)
            return (name(declared.form, &scope, &declarations), text)
        }
    }

    /// The name with its prefix; declares the namespace where it does not hold yet.
    private static func name(
        _ form: XMLForm, _ scope: inout Scope,
        _ declarations: inout [(name: String, value: String)]
    ) -> String {
        let name = form.name.asXMLName
        guard let namespace = form.namespace else {
            // A prefix says something only where its namespace is known.
            return form.prefix.flatMap { scope.prefixes[$0] == nil ? nil : "\($0):\(name)" } ?? name
        }
        // Attributes without a prefix are in no namespace.
        let needed = form.node == .attribute ? "ns\(scope.prefixes.count + 1)" : nil
        guard let prefix = form.prefix?.asXMLName ?? needed else {
            if scope.usual != namespace {
                scope.usual = namespace
                declarations.append(("xmlns", namespace))
            }
            return name
        }
        if scope.prefixes[prefix] != namespace {
            scope.prefixes[prefix] = namespace
            declarations.append(("xmlns:\(prefix)", namespace))
        }
        return "\(prefix):\(name)"
    }

    private static func nilAttributes(
        _ scope: inout Scope
    ) -> [(name: String, value: String)] {
        let isKnown = scope.prefixes["xsi"] == XMLNamespace.instance
        scope.prefixes["xsi"] = XMLNamespace.instance
        return (isKnown ? [] : [("xmlns:xsi", XMLNamespace.instance)]) + [("xsi:nil", "true")]
    }
}

extension String {
    /// XML 1.0 §2.4; line ends and tabs that a reader would change are written as references.
    fileprivate func xmlEscaped(inAttribute: Bool) -> String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where inAttribute: escaped += "&quot;"
            case "\r": escaped += "&#13;"
            case "\n" where inAttribute: escaped += "&#10;"
            case "\t" where inAttribute: escaped += "&#9;"
            default: escaped.unicodeScalars.append(scalar.isXMLCharacter ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }

    /// As a CDATA section, or several where its end stands inside. What a section cannot say without
    /// change is written as text.
    fileprivate var xmlSection: String {
        guard !isEmpty, unicodeScalars.allSatisfy({ $0.isXMLCharacter && $0 != "\r" }) else {
            return xmlEscaped(inAttribute: false)
        }
        return "<![CDATA[" + replacing("]]>", with: "]]]]><![CDATA[>") + "]]>"
    }
}

extension JSONValue {
    /// Without going deeper than that.
    func depth(isAtMost most: Int) -> Bool {
        switch self {
        case .null, .bool, .number, .string: return true
        case .array(let items):
            return most > 0 && items.allSatisfy { $0.depth(isAtMost: most - 1) }
        case .object(let object):
            return most > 0 && object.members.allSatisfy { $0.value.depth(isAtMost: most - 1) }
        }
    }
}
