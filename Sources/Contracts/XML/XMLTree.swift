import CXML

/// Reads a document into its root, by libxml2's pull reader.
///
/// What the reader gets is UTF-8 without a document type (``XMLSource``), so it has nothing to load
/// and nothing to expand; it is told not to all the same. Bounds: `Limits.xmlDepthMax`,
/// `Limits.xmlNodesMax`.
enum XMLTree {
    static func root(of body: [UInt8], charset: String? = nil) throws(XMLError) -> XMLElement {
        let source = try XMLSource(body, charset: charset)
        guard !source.utf8.isEmpty else {
            throw XMLError("there is no element", fix: "Send one XML document.")
        }
        guard let reader = XMLPull(source.utf8) else {
            throw XMLError("there is no memory to read it", fix: "Send the call again.")
        }
        var open: [XMLElement] = []
        var nodes = 0
        while let node = try reader.next() {
            nodes += 1
            guard nodes <= Limits.xmlNodesMax else {
                throw XMLError(
                    "it has more than \(Limits.xmlNodesMax) elements and texts",
                    fix: "Send less at once.", line: reader.line)
            }
            switch node {
            case .start(let element, let isEmpty):
                guard open.count < Limits.xmlDepthMax else {
                    throw XMLError(
                        "elements are nested deeper than \(Limits.xmlDepthMax) levels",
                        fix: "Send a flatter document.", line: reader.line)
                }
                open.append(element)
                guard isEmpty else { continue }
                if let root = close(&open) { return try reader.finished(root) }
            case .end:
                if let root = close(&open) { return try reader.finished(root) }
            case .text(let text):
                if !open.isEmpty { open[open.count - 1].text += text }
            case .other: break
            case .reference(let name):
                throw XMLError(
                    "the entity \(JSONValue.string(name).shown) is not known",
                    fix: "Write its text, or one of &amp; &lt; &gt; &quot; &apos;.", line: reader.line)
            }
        }
        throw XMLError("there is no element", fix: "Send one XML document.")
    }

    /// Closes the innermost element; gives it where it is the root.
    private static func close(_ open: inout [XMLElement]) -> XMLElement? {
        let element = open.removeLast()
        guard !open.isEmpty else { return element }
        open[open.count - 1].children.append(element)
        return nil
    }
}

/// Owns libxml2's reader and the bytes that it reads.
private struct XMLPull: ~Copyable {
    enum Node {
        case start(XMLElement, isEmpty: Bool)
        case end
        case text(String)
        case reference(String)
        case other
    }

    /// Unsafe: made here, freed in `deinit`.
    private let reader: xmlTextReaderPtr?
    /// Unsafe: libxml2 reads from it until the reader is freed.
    private let input: UnsafeMutableBufferPointer<CChar>

    /// Made once, since libxml2 wants its tables before threads use them.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    /// No network, no entities, no document type's defaults; the document's own word on its
    /// encoding is over, and nothing is written to the standard error.
    private static let options = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue | XML_PARSE_COMPACT.rawValue)

    init?(_ utf8: [UInt8]) {
        precondition(Self.isReady)
        input = .allocate(capacity: utf8.count)
        _ = input.initialize(from: utf8.lazy.map { CChar(bitPattern: $0) })
        xmlResetLastError()
        reader = xmlReaderForMemory(
            input.baseAddress, Int32(utf8.count), nil, "UTF-8", Self.options)
        if reader == nil { return nil }
    }

    deinit {
        if let reader { xmlFreeTextReader(reader) }
        input.deallocate()
    }

    var line: Int { Int(xmlTextReaderGetParserLineNumber(reader)) }

    /// Nil at the end of the document.
    borrowing func next() throws(XMLError) -> Node? {
        switch xmlTextReaderRead(reader) {
        case 1: return try node()
        case 0: return nil
        default: throw fault()
        }
    }

    /// The root, once nothing but comments is known to follow it.
    borrowing func finished(_ root: XMLElement) throws(XMLError) -> XMLElement {
        while try next() != nil {}
        return root
    }

    private borrowing func node() throws(XMLError) -> Node {
        switch UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
        case XML_READER_TYPE_ELEMENT.rawValue: return try start()
        case XML_READER_TYPE_END_ELEMENT.rawValue: return .end
        case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
            XML_READER_TYPE_WHITESPACE.rawValue, XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
            return .text(Self.text(xmlTextReaderConstValue(reader)) ?? "")
        case XML_READER_TYPE_ENTITY_REFERENCE.rawValue:
            return .reference(Self.text(xmlTextReaderConstName(reader)) ?? "")
        default: return .other
        }
    }

    private borrowing func start() throws(XMLError) -> Node {
        var element = XMLElement(
            name: try name(), namespace: Self.text(xmlTextReaderConstNamespaceUri(reader)))
        let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            element.attributes.append(
                XMLAttribute(
                    name: try name(), namespace: Self.text(xmlTextReaderConstNamespaceUri(reader)),
                    value: Self.text(xmlTextReaderConstValue(reader)) ?? ""))
        }
        return .start(element, isEmpty: isEmpty)
    }

    /// A prefix without a declaration stays in the name: the reader takes that for a small thing.
    private borrowing func name() throws(XMLError) -> String {
        let name = Self.text(xmlTextReaderConstLocalName(reader)) ?? ""
        guard name.contains(":") else { return name }
        let prefix = name.prefix { $0 != ":" }
        throw XMLError(
            "the prefix \(JSONValue.string(String(prefix)).shown) of \(name) has no namespace",
            fix: "Declare it: xmlns:\(prefix)=\"…\".", line: line)
    }

    private borrowing func fault() -> XMLError {
        // Unsafe: the library's own record of this thread, read before anything else calls it.
        guard let error = xmlGetLastError(), let message = error.pointee.message else {
            return XMLError("it is not well-formed", fix: Self.fix, line: line)
        }
        let text = String(cString: message).split(separator: "\n").first.map(String.init) ?? ""
        return XMLError(
            text, fix: Self.fix, line: Int(error.pointee.line), column: Int(error.pointee.int2))
    }

    private static let fix = "Send one well-formed XML document."

    private static func text(_ bytes: UnsafePointer<xmlChar>?) -> String? {
        bytes.map { String(cString: $0) }
    }
}
