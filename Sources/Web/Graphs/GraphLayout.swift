/// Where the boxes and lines of a directed graph stand. Pure: names and pairs in, places out.
///
/// Layered, left to right, after Sugiyama: edges that would close a cycle are turned round, longest
/// paths give the ranks, an edge over several ranks gets a place of its own in each rank between, and
/// sweeps by barycentre order the ranks. Lines run in the gaps between columns and, inside a column,
/// along rows that no box uses: so a line never crosses a box.
struct GraphLayout: Sendable {
    struct Edge: Hashable, Sendable {
        let from: String
        let to: String
    }

    struct Point: Equatable, Sendable {
        var x: Int
        var y: Int
    }

    struct Box: Equatable, Sendable {
        let name: String
        let x: Int
        let y: Int
        static let width = 148
        static let height = 36
    }

    struct Line: Sendable {
        let edge: Edge
        /// From the first box's edge to the last one's, in the direction of the edge. Two points at a
        /// time lie on one row or on the two sides of a gap.
        let points: [Point]
    }

    let boxes: [Box]
    let lines: [Line]
    let width: Int
    let height: Int

    private static let gap = 72
    private static let rowHeight = 52
    private static let margin = 12
    /// Each sweep goes through all ranks twice; four settle graphs of some dozens of nodes.
    private static let sweeps = 4

    /// Edges of a node to itself are left out: the list beside the picture has them.
    init(_ names: [String], _ edges: [Edge]) {
        let distinct = Self.distinct(edges.filter { $0.from != $0.to })
        let forward = Self.acyclic(names, distinct)
        let ranks = Self.ranks(names, forward.map(\.edge))
        var chains: [[Int]] = []
        var columns: [[Int]] = Array(repeating: [], count: (ranks.values.max() ?? 0) + 1)
        var number: [String: Int] = [:]
        for name in names {
            number[name] = number.count
            columns[ranks[name] ?? 0].append(number.count - 1)
        }
        // Numbers from here on are places on the way of long edges.
        var next = names.count
        for (edge, _) in forward {
            var chain = [number[edge.from] ?? 0]
            for rank in ((ranks[edge.from] ?? 0) + 1)..<(ranks[edge.to] ?? 0) {
                columns[rank].append(next)
                chain.append(next)
                next += 1
            }
            chains.append(chain + [number[edge.to] ?? 0])
        }
        Self.order(&columns, chains, nodes: next)
        let places = Self.places(columns, nodes: next)
        boxes = names.indices.map { Box(name: names[$0], x: places[$0].x, y: places[$0].y) }
        lines = zip(forward, chains).map { item, chain in
            let points = Self.points(chain, places)
            return Line(
                edge: item.isTurned ? Edge(from: item.edge.to, to: item.edge.from) : item.edge,
                points: item.isTurned ? points.reversed() : points)
        }
        width = Self.margin * 2 + columns.count * Box.width + (columns.count - 1) * Self.gap
        height = Self.margin * 2 + (columns.map(\.count).max() ?? 1) * Self.rowHeight
    }

    private static func distinct(_ edges: [Edge]) -> [Edge] {
        var seen: Set<Edge> = []
        return edges.filter { seen.insert($0).inserted }
    }

    // MARK: Ranks

    /// The edges with those turned round that lead back on a walk from the first node.
    private static func acyclic(
        _ names: [String], _ edges: [Edge]
    ) -> [(edge: Edge, isTurned: Bool)] {
        let out = Dictionary(grouping: edges, by: \.from)
        var done: Set<String> = []
        var open: Set<String> = []
        var back: Set<Edge> = []
        func walk(_ name: String) {
            open.insert(name)
            for edge in out[name] ?? [] {
                if open.contains(edge.to) {
                    back.insert(edge)
                } else if !done.contains(edge.to) {
                    walk(edge.to)
                }
            }
            open.remove(name)
            done.insert(name)
        }
        for name in names where !done.contains(name) { walk(name) }
        let kept = Set(edges).subtracting(back)
        return edges.compactMap { edge in
            guard back.contains(edge) else { return (edge, false) }
            let turned = Edge(from: edge.to, to: edge.from)
            // Its counterpart is drawn already and stands for both.
            return kept.contains(turned) ? nil : (turned, true)
        }
    }

    private static func ranks(_ names: [String], _ edges: [Edge]) -> [String: Int] {
        let into = Dictionary(grouping: edges, by: \.to)
        var ranks: [String: Int] = [:]
        func rank(_ name: String) -> Int {
            if let known = ranks[name] { return known }
            let value = (into[name] ?? []).map { rank($0.from) + 1 }.max() ?? 0
            ranks[name] = value
            return value
        }
        for name in names { _ = rank(name) }
        return ranks
    }

    // MARK: Order within a rank

    /// Nodes are numbers, so that what is known of each stands in an array.
    private static func order(_ columns: inout [[Int]], _ chains: [[Int]], nodes: Int) {
        var before = [[Int]](repeating: [], count: nodes)
        var after = before
        for chain in chains {
            for (left, right) in zip(chain, chain.dropFirst()) {
                before[right].append(left)
                after[left].append(right)
            }
        }
        var rows = [Int](repeating: 0, count: nodes)
        for _ in 0..<sweeps {
            for rank in columns.indices.dropFirst() {
                sort(&columns[rank], by: columns[rank - 1], before, &rows)
            }
            for rank in columns.indices.dropLast().reversed() {
                sort(&columns[rank], by: columns[rank + 1], after, &rows)
            }
        }
    }

    /// By the middle of what each is tied to in the column beside; ties keep their order.
    ///
    /// - Parameter rows: room for a number for each node.
    private static func sort(
        _ column: inout [Int], by other: [Int], _ ties: [[Int]], _ rows: inout [Int]
    ) {
        for (place, node) in other.enumerated() { rows[node] = place }
        var weighed: [(weight: Double, place: Int, node: Int)] = []
        weighed.reserveCapacity(column.count)
        for (place, node) in column.enumerated() {
            let tied = ties[node]
            let weight =
                tied.isEmpty
                ? Double(place) : Double(tied.reduce(0) { $0 + rows[$1] }) / Double(tied.count)
            weighed.append((weight, place, node))
        }
        weighed.sort { ($0.weight, $0.place) < ($1.weight, $1.place) }
        column = weighed.map(\.node)
    }

    // MARK: Places

    /// The upper left corner of each place; columns stand in the middle of the height.
    private static func places(_ columns: [[Int]], nodes: Int) -> [Point] {
        let tallest = columns.map(\.count).max() ?? 1
        var places = [Point](repeating: Point(x: 0, y: 0), count: nodes)
        for (rank, column) in columns.enumerated() {
            let top = margin + (tallest - column.count) * rowHeight / 2
            for (row, node) in column.enumerated() {
                places[node] = Point(
                    x: margin + rank * (Box.width + gap),
                    y: top + row * rowHeight + (rowHeight - Box.height) / 2)
            }
        }
        return places
    }

    private static func points(_ chain: [Int], _ places: [Point]) -> [Point] {
        var points: [Point] = []
        for (index, node) in chain.enumerated() {
            let place = places[node]
            let middle = place.y + Box.height / 2
            if index > 0 { points.append(Point(x: place.x, y: middle)) }
            if index < chain.count - 1 { points.append(Point(x: place.x + Box.width, y: middle)) }
        }
        return points
    }
}
