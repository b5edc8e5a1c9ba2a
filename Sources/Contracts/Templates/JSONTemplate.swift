/// A JSON value whose texts are templates; a text that is one place and nothing else becomes the
/// value itself. Names of members are taken as they are.
package struct JSONTemplate: Sendable {
    private let node: Node

    private indirect enum Node: Sendable {
        case constant(JSONValue)
        case text(Template, at: JSONPointer)
        case list([Node])
        case members([(name: String, value: Node)])

        var constant: JSONValue? {
            if case .constant(let value) = self { value } else { nil }
        }
    }

    /// - Throws: for the first text that is no template, with its pointer below `pointer`.
    package init(
        _ source: JSONValue, _ vocabulary: TemplateVocabulary, at pointer: JSONPointer
    ) throws(TemplateFault) {
        node = try Self.node(source, vocabulary, pointer, depth: 0)
    }

    /// The value, when there is no place in it.
    package var constant: JSONValue? { node.constant }

    package func filled<World: TemplateWorld>(
        _ run: inout TemplateRun<World>
    ) throws(TemplateRunFault) -> JSONValue {
        try Self.fill(node, &run)
    }

    private static func node(
        _ value: JSONValue, _ vocabulary: TemplateVocabulary, _ pointer: JSONPointer, depth: Int
    ) throws(TemplateFault) -> Node {
        guard depth < Limits.templateDocumentDepthMax else {
            throw TemplateFault(
                pointer: pointer, offset: nil,
                expected: "at most \(Limits.templateDocumentDepthMax) levels")
        }
        switch value {
        case .null, .bool, .number: return .constant(value)
        case .string(let text):
            let template = try Template(text, vocabulary, at: pointer)
            return template.constant.map { .constant(.string($0)) } ?? .text(template, at: pointer)
        case .array(let items):
            var nodes: [Node] = []
            for (index, item) in items.enumerated() {
                nodes.append(
                    try node(item, vocabulary, pointer.appending(index), depth: depth + 1))
            }
            let constants = nodes.compactMap(\.constant)
            return constants.count == nodes.count ? .constant(.array(constants)) : .list(nodes)
        case .object(let object):
            var members: [(name: String, value: Node)] = []
            for member in object.members {
                let below = pointer.appending(member.name)
                members.append(
                    (member.name, try node(member.value, vocabulary, below, depth: depth + 1)))
            }
            let constants = members.compactMap { member in
                member.value.constant.map { JSONObject.Member(name: member.name, value: $0) }
            }
            return constants.count == members.count
                ? .constant(.object(JSONObject(constants))) : .members(members)
        }
    }

    private static func fill<World: TemplateWorld>(
        _ node: Node, _ run: inout TemplateRun<World>
    ) throws(TemplateRunFault) -> JSONValue {
        switch node {
        case .constant(let value): return value
        case .text(let template, let pointer):
            do throws(TemplateRunFault) {
                return try template.value(&run)
            } catch {
                var fault = error
                fault.pointer = pointer
                throw fault
            }
        case .list(let nodes):
            var items: [JSONValue] = []
            for node in nodes { items.append(try fill(node, &run)) }
            return .array(items)
        case .members(let members):
            var object = JSONObject()
            for member in members {
                object.append(.init(name: member.name, value: try fill(member.value, &run)))
            }
            return .object(object)
        }
    }
}
