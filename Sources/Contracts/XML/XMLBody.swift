/// A body of XML as the value that its contract means.
package struct XMLBody {
    package let value: JSONValue
    private let faults: [SchemaFault]
    private let shapes: XMLShapes
    private let root: SchemaIndex

    /// Reads the body by its schema and its `xml` objects. What is not read: document types,
    /// entities, and whatever stands outside of the document.
    /// - Parameter contentType: with its charset, if it names one.
    package init(
        _ body: [UInt8], contentType: String, schema: CompiledSchema, as direction: MessageDirection
    ) throws(XMLError) {
        let element = try XMLTree.root(of: body, charset: Self.charset(of: contentType))
        shapes = XMLShapes(schema.table, direction)
        root = schema.root
        var reading = XMLReading(shapes)
        value = withExtendedLifetime(schema.table) { reading.root(element, [schema.root]) }
        faults = reading.faults
    }

    /// Faults of the message with those of the document before them, each with its place in the XML.
    package func located(_ others: [MessageFault]) -> [MessageFault] {
        let known = Set(faults.map(\.pointer))
        let own = faults.map { MessageFault(location: .body, name: nil, fault: $0) }
        let further = others.filter { $0.location != .body || !known.contains($0.fault.pointer) }
        return (own + further).map { fault in
            guard fault.location == .body else { return fault }
            return fault.at(xpath: shapes.place(of: fault.fault.pointer, [root]))
        }
    }

    /// The `charset` parameter; nil without it.
    private static func charset(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let sides = parameter.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, String(sides[0]).trimmingXMLSpace.lowercased() == "charset" else {
                continue
            }
            return String(String(sides[1]).trimmingXMLSpace.filter { $0 != "\"" })
        }
        return nil
    }
}

extension MediaType {
    /// Whether a body of that Content-Type is XML (RFC 7303 §4.2).
    package static func isXML(_ contentType: String) -> Bool {
        let type = essence(contentType)
        return type == "application/xml" || type == "text/xml" || type.hasSuffix("+xml")
    }

    /// A value as the document that the contract means; a text as it is, since an example of XML may
    /// be written out. Nil where there is no schema, or for a value nested deeper than
    /// `Limits.xmlDepthMax`.
    package func xml(_ value: JSONValue, as direction: MessageDirection) -> [UInt8]? {
        guard let schema else { return nil }
        if case .string(let text) = value { return Array(text.utf8) }
        return withExtendedLifetime(schema.table) {
            XMLWriting.document(value, XMLShapes(schema.table, direction), [schema.root])
        }
    }

    /// What the schema does not allow in a value, or in the document that a text of XML is.
    func faults(of value: JSONValue, as direction: MessageDirection) -> [MessageFault] {
        guard let schema else { return [] }
        func found(_ value: JSONValue) -> [MessageFault] {
            schema.validate(value, as: direction).map {
                MessageFault(location: .body, name: nil, fault: $0)
            }
        }
        guard isXMLDocument, case .string(let text) = value else { return found(value) }
        do throws(XMLError) {
            let body = try XMLBody(
                Array(text.utf8), contentType: name, schema: schema, as: direction)
            return body.located(found(body.value))
        } catch {
            return [
                MessageFault(
                    location: .body, name: nil,
                    fault: SchemaFault(
                        pointer: .root, rule: "xml", expected: "XML", got: error.description))
            ]
        }
    }

    func accepts(_ value: JSONValue, as direction: MessageDirection) -> Bool {
        guard isXMLDocument, case .string = value else {
            return schema?.accepts(value, as: direction) ?? true
        }
        return faults(of: value, as: direction).isEmpty
    }
}

extension CompiledSchema {
    /// Whether values are more than a text: only then can they be read from XML, and written.
    var isMoreThanText: Bool {
        let kind = SchemaSketch(table, .any, absorbing: root).kind
        return kind != .string && kind != .null
    }
}
