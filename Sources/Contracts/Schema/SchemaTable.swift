/// All compiled schemas of one document.
///
/// Unchecked: only the compiler writes, and it hands out schemas to other threads only after
/// `seal()`; from then on nothing changes.
final class SchemaTable: @unchecked Sendable {
    private(set) var nodes: [SchemaNode] = []
    /// The nodes once more, past plain references, for readers that cannot pay a reference count
    /// for each.
    ///
    /// Unsafe: made by `seal()`, lives as long as the table, which owns the nodes.
    private var sealed: UnsafeMutablePointer<Unmanaged<SchemaNode>>?

    deinit { sealed?.deallocate() }

    /// Valid while the table lives.
    var sealedNodes: UnsafePointer<Unmanaged<SchemaNode>> {
        guard let sealed else { preconditionFailure("a schema is used before it is complete") }
        return UnsafePointer(sealed)
    }

    /// A place for a schema that is being compiled, so that references to it find it.
    func reserve() -> SchemaIndex {
        precondition(sealed == nil)
        nodes.append(SchemaNode())
        return nodes.count - 1
    }

    func set(_ node: SchemaNode, at index: SchemaIndex) {
        precondition(sealed == nil)
        nodes[index] = node
    }

    func seal() {
        precondition(sealed == nil)
        let memory = UnsafeMutablePointer<Unmanaged<SchemaNode>>.allocate(capacity: nodes.count)
        for index in nodes.indices {
            (memory + index).initialize(to: .passUnretained(target(of: index)))
        }
        sealed = memory
    }

    /// The node at `index`; behind references that stand alone, what they lead to.
    private func target(of index: SchemaIndex) -> SchemaNode {
        var node = nodes[index]
        for _ in 0..<Limits.referenceHopsMax {
            guard node.rules.count == 1, let next = node.reference else { break }
            node = nodes[next]
        }
        return node
    }
}
