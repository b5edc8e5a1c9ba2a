/// All compiled schemas of one document.
///
/// Unchecked: only the compiler writes, and it hands out schemas to other threads only after
/// `seal()`; from then on nothing changes.
final class SchemaTable: @unchecked Sendable {
    private(set) var nodes: [SchemaNode] = []
    private var isSealed = false

    /// A place for a schema that is being compiled, so that references to it find it.
    func reserve() -> SchemaIndex {
        precondition(!isSealed)
        nodes.append(SchemaNode())
        return nodes.count - 1
    }

    func set(_ node: SchemaNode, at index: SchemaIndex) {
        precondition(!isSealed)
        nodes[index] = node
    }

    func seal() { isSealed = true }
}
