/// The templates of a contract as a tree of segments; matching allocates only for parameters.
///
///     /v1 ── payments ──────── (GET list, POST create)
///              └── {} ──────── (GET)
///                   └── capture (POST)
struct PathTree: Sendable {
    private var nodes: [Node] = [Node()]

    private struct Node: Sendable {
        /// Sorted by their bytes, for binary search.
        var literals: [(segment: [UInt8], child: Int)] = []
        /// `{id}.json`, those with more literal bytes first.
        var mixed: [(segment: MixedSegment, child: Int)] = []
        /// A whole segment in braces.
        var any: Int?
        var routes: [Route] = []
    }

    private struct Route: Sendable {
        let method: String
        let operation: Operation
        let names: [String]
    }

    /// Adds an operation; false if another template of the same form has that method.
    mutating func insert(_ operation: Operation) -> Bool {
        var node = 0
        var names: [String] = []
        for segment in operation.path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            let (mixed, found) = MixedSegment.parse(Array(segment))
            names += found
            node = child(of: node, mixed)
        }
        guard !nodes[node].routes.contains(where: { $0.method == operation.method }) else {
            return false
        }
        nodes[node].routes.append(
            Route(method: operation.method, operation: operation, names: names))
        return true
    }

    func match(method: String, path: UnsafeBufferPointer<UInt8>) -> ContractMatch {
        guard path.first == UInt8(ascii: "/") else { return .notFound }
        var search = Search(path: path)
        guard let node = find(0, 1, &search) else { return .notFound }
        let routes = nodes[node].routes
        guard let route = routes.first(where: { $0.method == method }) else {
            return .methodNotAllowed(allowed: routes.map(\.method).sorted())
        }
        if route.names.isEmpty { return .matched(route.operation, pathParameters: []) }
        var parameters: [PathParameter] = []
        for (name, value) in zip(route.names, search.values) {
            // NUL names nothing: no store could hold it.
            guard let text = percentDecoded(UnsafeBufferPointer(rebasing: path[value])),
                !text.utf8.contains(0)
            else { return .notFound }
            parameters.append(PathParameter(name: name, value: text))
        }
        return .matched(route.operation, pathParameters: parameters)
    }

    private struct Search {
        /// Valid during the call of `match`, which alone makes a search.
        let path: UnsafeBufferPointer<UInt8>
        /// Where the parameters stand.
        var values: [Range<Int>] = []
        /// Segments looked at, turned back ones included.
        var steps = 0
    }

    /// The node for the path from `start` on: a literal segment before a mixed one before any,
    /// turning back where the rest does not fit.
    private func find(_ node: Int, _ start: Int, _ search: inout Search) -> Int? {
        search.steps += 1
        guard search.steps <= Limits.pathStepsMax else { return nil }
        var end = start
        while end < search.path.count, search.path[end] != UInt8(ascii: "/") { end += 1 }
        let segment = UnsafeBufferPointer(rebasing: search.path[start..<end])
        if let child = literal(segment, nodes[node].literals),
            let found = descend(child, end, &search)
        {
            return found
        }
        guard !segment.isEmpty else { return nil }
        let kept = search.values.count
        for (mixed, child) in nodes[node].mixed {
            guard let parts = mixed.match(Array(segment)) else { continue }
            search.values += parts.map { $0.lowerBound + start..<$0.upperBound + start }
            if let found = descend(child, end, &search) { return found }
            search.values.removeSubrange(kept...)
        }
        guard let child = nodes[node].any else { return nil }
        search.values.append(start..<end)
        if let found = descend(child, end, &search) { return found }
        search.values.removeSubrange(kept...)
        return nil
    }

    private func descend(_ child: Int, _ end: Int, _ search: inout Search) -> Int? {
        guard end < search.path.count else { return nodes[child].routes.isEmpty ? nil : child }
        return find(child, end + 1, &search)
    }

    private func literal(
        _ segment: UnsafeBufferPointer<UInt8>, _ literals: [(segment: [UInt8], child: Int)]
    ) -> Int? {
        if segment.contains(UInt8(ascii: "%")) {
            guard let text = percentDecoded(segment) else { return nil }
            return literals.first { $0.segment.elementsEqual(text.utf8) }?.child
        }
        let literals = literals.span
        var (low, high) = (0, literals.count)
        while low < high {
            let middle = (low + high) / 2
            let order = compare(literals[middle].segment, segment)
            if order == 0 { return literals[middle].child }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private mutating func child(of node: Int, _ segment: MixedSegment) -> Int {
        if segment.isAny {
            if let child = nodes[node].any { return child }
            nodes[node].any = nodes.count
        } else if let text = segment.literal {
            if let found = nodes[node].literals.first(where: { $0.segment == text }) {
                return found.child
            }
            nodes[node].literals.append((text, nodes.count))
            nodes[node].literals.sort { $0.segment.lexicographicallyPrecedes($1.segment) }
        } else {
            if let found = nodes[node].mixed.first(where: { $0.segment == segment }) {
                return found.child
            }
            nodes[node].mixed.append((segment, nodes.count))
            nodes[node].mixed.sort { $0.segment.literalBytes > $1.segment.literalBytes }
        }
        nodes.append(Node())
        return nodes.count - 1
    }
}

/// A segment of a template: literal texts with parameters between them.
struct MixedSegment: Hashable, Sendable {
    /// One more than there are parameters; `{a}.json` is ["", ".json"].
    private let texts: [[UInt8]]

    var literal: [UInt8]? { texts.count == 1 ? texts[0] : nil }
    var isAny: Bool { texts == [[], []] }
    var literalBytes: Int { texts.reduce(0) { $0 + $1.count } }

    static func parse(_ segment: [UInt8]) -> (MixedSegment, names: [String]) {
        var texts: [[UInt8]] = [[]]
        var names: [String] = []
        var rest = segment[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}"))
            else {
                texts[texts.count - 1].append(byte)
                continue
            }
            names.append(String(decoding: rest[..<close], as: UTF8.self))
            rest = rest[(close + 1)...]
            texts.append([])
        }
        return (MixedSegment(texts: texts), names)
    }

    /// Where the parameters stand, none of them empty, each as short as possible but the last.
    func match(_ segment: [UInt8]) -> [Range<Int>]? {
        guard segment.starts(with: texts[0]) else { return nil }
        var values: [Range<Int>] = []
        var start = texts[0].count
        for (position, text) in texts.enumerated().dropFirst() {
            let isLast = position == texts.count - 1
            let first = isLast ? max(start + 1, segment.count - text.count) : start + 1
            guard
                let end = (first...max(first, segment.count)).first(where: {
                    $0 <= segment.count && segment[$0...].starts(with: text)
                        && (!isLast || $0 + text.count == segment.count)
                })
            else { return nil }
            values.append(start..<end)
            start = end + text.count
        }
        return values
    }

    private init(texts: [[UInt8]]) { self.texts = texts }
}

/// Below 0 if `left` sorts before `right`, 0 if they are equal.
private func compare(_ left: [UInt8], _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for position in 0..<min(left.count, right.count) where left[position] != right[position] {
        return left[position] < right[position] ? -1 : 1
    }
    return left.count - right.count
}
