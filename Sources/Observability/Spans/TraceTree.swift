/// Puts the spans of a trace in the order of their tree: each behind its parent, siblings by their
/// start. A span whose parent is not there stands at the top, as do those that name each other in a
/// circle.
package enum TraceTree {
    package struct Node: Sendable {
        package let span: UInt64
        package let parent: UInt64?
        /// Any unit; only the order counts.
        package let start: Int64

        package init(span: UInt64, parent: UInt64?, start: Int64) {
            self.span = span
            self.parent = parent
            self.start = start
        }
    }

    /// Places in `nodes`, each with how many ancestors it has here.
    package static func order(_ nodes: [Node]) -> [(index: Int, depth: Int)] {
        let known = Set(nodes.map(\.span))
        let byStart = nodes.indices.sorted { (nodes[$0].start, $0) < (nodes[$1].start, $1) }
        var children: [UInt64: [Int]] = [:]
        var roots: [Int] = []
        for index in byStart {
            if let parent = nodes[index].parent, known.contains(parent), parent != nodes[index].span {
                children[parent, default: []].append(index)
            } else {
                roots.append(index)
            }
        }
        var order: [(index: Int, depth: Int)] = []
        var isPlaced = [Bool](repeating: false, count: nodes.count)
        // What is left after the roots' trees are circles: each is cut at its first span.
        for root in roots + byStart {
            var open = [(index: root, depth: 0)]
            while let next = open.popLast() {
                guard !isPlaced[next.index] else { continue }
                isPlaced[next.index] = true
                order.append(next)
                for child in (children[nodes[next.index].span] ?? []).reversed() {
                    open.append((child, next.depth + 1))
                }
            }
        }
        return order
    }
}
