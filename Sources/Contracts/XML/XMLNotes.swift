/// What a schema's `xml` object says (OpenAPI 3.1 §4.8.26, and `nodeType` of 3.2 §4.26), and the name
/// that it has as a component.
final class XMLNotes: Sendable {
    let name: String?
    let namespace: String?
    let prefix: String?
    /// Nil where nothing is said: an element, or none of its own for a list.
    let node: XMLNodeType?
    /// `schemas/NAME` of the components, which names a root.
    let component: String?

    /// Nil where there is nothing to note.
    init?(_ source: JSONValue?, component: String?) {
        guard source != nil || component != nil else { return nil }
        func text(_ member: String) -> String? {
            source?[member]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        name = text("name")
        namespace = text("namespace")
        prefix = text("prefix")
        self.component = component
        if source?["attribute"]?.bool == true {
            node = .attribute
        } else if source?["wrapped"]?.bool == true {
            node = .element
        } else {
            node = text("nodeType").flatMap(XMLNodeType.init(rawValue:))
        }
    }

    /// Whether it notes the component's name and nothing that somebody has written.
    var isInferred: Bool { name == nil && namespace == nil && prefix == nil && node == nil }
}

/// How a value stands in its parent.
enum XMLNodeType: String, Sendable {
    case element, attribute
    /// The parent's own text.
    case text
    /// The same, written as a CDATA section.
    case cdata
    /// Nothing of its own: the usual thing for a list, whose elements stand in the parent.
    case none
}

/// Name and kind of what a value becomes.
struct XMLForm {
    var name: String
    /// Whether the contract itself says the name, so that another is a fault.
    var isNamed: Bool
    var namespace: String?
    var prefix: String?
    var node: XMLNodeType

    /// - Parameter notes: the outermost first; what comes first counts.
    init(_ notes: [XMLNotes], named name: String) {
        let own = notes.lazy.compactMap(\.name).first
        self.name = own ?? name
        isNamed = own != nil
        namespace = notes.lazy.compactMap(\.namespace).first
        prefix = notes.lazy.compactMap(\.prefix).first
        node = notes.lazy.compactMap(\.node).first ?? .element
    }

    /// As it stands in a place: `item`, `@id`, `text()`.
    var step: String {
        let name = prefix.map { "\($0):\(self.name)" } ?? self.name
        switch node {
        case .attribute: return "@\(name)"
        case .text, .cdata: return "text()"
        case .element, .none: return name
        }
    }

    func takes(_ namespace: String?) -> Bool { self.namespace == nil || self.namespace == namespace }
}
