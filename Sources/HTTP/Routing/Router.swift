/// Finds the handler for a method and path. Each area registers its own routes; handlers are
/// whatever the owner makes of them.
///
/// A tree of path segments. A concrete segment is tried before a parameter, a parameter before a
/// rest, as OpenAPI orders templates; the first path that exists decides, and its methods alone
/// tell found from 405. A trailing slash is another path.
package struct Router<Handler: Sendable>: Sendable {
    /// A registered route, for listing.
    package struct Route: Hashable, Sendable {
        package let method: Method
        package let pattern: String
    }

    package enum Match: Sendable {
        case found(Handler, parameters: PathParameters, pattern: String)
        /// The path exists; `allow` is the value of the Allow field.
        case methodNotAllowed(allow: String)
        case notFound
        /// The path's percent escapes are broken or no UTF-8.
        case badPath(EncodingFault)
    }

    private struct Endpoint: Sendable {
        let method: Method
        let pattern: RoutePattern
        let handler: Handler
    }

    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var parameter: Int?
        var rest: Int?
        var endpoints: [Endpoint] = []
    }

    private var nodes = [Node()]

    /// Every route in the order of registration within its path.
    package var routes: [Route] {
        nodes.flatMap(\.endpoints).map { Route(method: $0.method, pattern: $0.pattern.text) }
    }

    package init() {}

    /// Registers a handler. The same method and path twice is our mistake.
    package mutating func add(_ method: Method, _ pattern: String, _ handler: Handler) {
        let pattern = RoutePattern(pattern)
        var node = 0
        for segment in pattern.segments { node = child(of: node, segment) }
        precondition(
            !nodes[node].endpoints.contains { $0.method == method },
            "\(method) \(pattern.text) is registered twice")
        nodes[node].endpoints.append(
            Endpoint(method: method, pattern: pattern, handler: handler))
    }

    /// Finds the handler of a request. HEAD is answered by GET's handler unless it has its own.
    package func match(_ method: Method, _ path: ArraySlice<UInt8>) -> Match {
        guard path.first == .slash else { return .notFound }
        do throws(EncodingFault) {
            let segments = try Self.segments(of: path)
            var values: [String] = []
            guard let node = try find(segments[...], from: 0, &values) else { return .notFound }
            return choose(method, among: nodes[node].endpoints, values)
        } catch {
            return .badPath(error)
        }
    }

    package func match(_ head: RequestHead) -> Match {
        match(head.method, head.pathBytes)
    }

    private func choose(_ method: Method, among endpoints: [Endpoint], _ values: [String]) -> Match
    {
        let endpoint =
            endpoints.first { $0.method == method }
            ?? (method == .head ? endpoints.first { $0.method == .get } : nil)
        guard let endpoint else {
            return .methodNotAllowed(allow: Self.allow(endpoints.map(\.method)))
        }
        return .found(
            endpoint.handler,
            parameters: PathParameters(names: endpoint.pattern.names, values: values),
            pattern: endpoint.pattern.text)
    }

    /// The node whose path is this one, with the values met on the way.
    private func find(
        _ segments: ArraySlice<ArraySlice<UInt8>>, from index: Int, _ values: inout [String]
    ) throws(EncodingFault) -> Int? {
        let node = nodes[index]
        guard let segment = segments.first else {
            return node.endpoints.isEmpty ? nil : index
        }
        for literal in node.literals where literal.text.elementsEqual(segment) {
            if let found = try find(segments.dropFirst(), from: literal.node, &values) {
                return found
            }
        }
        let count = values.count
        if let parameter = node.parameter, !segment.isEmpty {
            values.append(try Self.text(segment))
            if let found = try find(segments.dropFirst(), from: parameter, &values) {
                return found
            }
            values.removeSubrange(count...)
        }
        guard let rest = node.rest else { return nil }
        values.append(try Self.text(Array(segments.joined(separator: [.slash]))[...]))
        return rest
    }

    private mutating func child(of node: Int, _ segment: RoutePattern.Segment) -> Int {
        let existing: Int? =
            switch segment {
            case .literal(let text): nodes[node].literals.first { $0.text == text }?.node
            case .parameter: nodes[node].parameter
            case .rest: nodes[node].rest
            }
        if let existing { return existing }
        let new = nodes.count
        nodes.append(Node())
        switch segment {
        case .literal(let text): nodes[node].literals.append((text, new))
        case .parameter: nodes[node].parameter = new
        case .rest: nodes[node].rest = new
        }
        return new
    }
}

extension Router {
    /// The path's segments with escapes undone; without a percent sign they are views.
    private static func segments(
        of path: ArraySlice<UInt8>
    ) throws(EncodingFault) -> [ArraySlice<UInt8>] {
        var segments = path.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
        guard path.contains(UInt8(ascii: "%")) else { return segments }
        for index in segments.indices {
            segments[index] = try PercentEncoding.decode(segments[index])[...]
        }
        return segments
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(EncodingFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    /// HEAD comes with GET.
    private static func allow(_ methods: [Method]) -> String {
        var names = Set(methods.map(\.description))
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted().joined(separator: ", ")
    }
}
