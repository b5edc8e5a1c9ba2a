/// One run of a query over a document.
struct JSONPathRun {
    struct Node {
        let place: JSONPointer
        let value: JSONValue
    }

    let root: JSONValue
    /// Values that may still be looked at.
    var stepsLeft: Int

    mutating func nodes(
        _ query: JSONPath.Query, from here: Node
    ) throws(JSONPathError) -> [Node] {
        var found = [query.isRelative ? here : Node(place: .root, value: root)]
        for segment in query.segments {
            var next: [Node] = []
            for node in found { try follow(segment, from: node, into: &next) }
            found = next
        }
        return found
    }

    private mutating func follow(
        _ segment: JSONPath.Segment, from node: Node, into found: inout [Node]
    ) throws(JSONPathError) {
        try step()
        for selector in segment.selectors { try select(selector, of: node, into: &found) }
        guard segment.isDescendant else { return }
        for child in node.children { try follow(segment, from: child, into: &found) }
    }

    private mutating func select(
        _ selector: JSONPath.Selector, of node: Node, into found: inout [Node]
    ) throws(JSONPathError) {
        switch selector {
        case .name(let name):
            if let value = node.value[name] {
                found.append(Node(place: node.place.appending(name), value: value))
            }
        case .wildcard:
            for child in node.children {
                try step()
                found.append(child)
            }
        case .index(let index):
            let count = node.value.array?.count ?? 0
            append(index < 0 ? index + count : index, of: node, to: &found)
        case .slice(let start, let end, let stride):
            let count = node.value.array?.count ?? 0
            for index in Self.indexes(start, end, stride, count: count) {
                try step()
                append(index, of: node, to: &found)
            }
        case .filter(let condition):
            for child in node.children where try holds(condition, of: child) { found.append(child) }
        }
    }

    private func append(_ index: Int, of node: Node, to found: inout [Node]) {
        guard let value = node.value[index] else { return }
        found.append(Node(place: node.place.appending(index), value: value))
    }

    /// RFC 9535 §2.3.4.2.2.
    private static func indexes(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
        let placed = { (index: Int) in index < 0 ? index + count : index }
        if step > 0 {
            let lower = min(max(placed(start ?? 0), 0), count)
            let upper = min(max(end.map(placed) ?? count, 0), count)
            return Array(stride(from: lower, to: upper, by: step))
        }
        guard step < 0 else { return [] }
        let upper = min(max(start.map(placed) ?? count - 1, -1), count - 1)
        let lower = min(max(end.map(placed) ?? -1, -1), count - 1)
        return Array(stride(from: upper, to: lower, by: step))
    }

    mutating func step() throws(JSONPathError) { try spend(1) }

    mutating func spend(_ steps: Int) throws(JSONPathError) {
        stepsLeft -= steps
        guard stepsLeft > 0 else {
            throw JSONPathError(reason: "the query looks at too many values", offset: nil)
        }
    }
}

extension JSONPathRun.Node {
    var children: [JSONPathRun.Node] {
        switch value {
        case .object(let object):
            object.members.map { .init(place: place.appending($0.name), value: $0.value) }
        case .array(let items):
            items.enumerated().map { .init(place: place.appending($0.offset), value: $0.element) }
        case .null, .bool, .number, .string: []
        }
    }
}
