import HTTP

/// One of the portal's addresses. `pattern` is split at slashes; `{name}` takes one segment.
struct Route: Sendable {
    typealias Handler = @Sendable (Turn) async throws(Fault) -> PortalAnswer

    /// Who may look.
    enum Audience: Sendable {
        case anybody
        /// A signed-in member of a tenant.
        case member
        /// Who has shown the admin key.
        case `operator`
    }

    let method: Method
    /// Segments; none for `/`.
    let pattern: [String]
    /// Others are sent to the sign-in, and back here afterwards.
    let audience: Audience
    let handler: Handler

    init(
        _ method: Method, _ pattern: String, for audience: Audience = .member,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        self.audience = audience
        self.handler = handler
    }

    /// The parts of the path that the pattern names; nil when it is another path.
    func match(_ segments: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix("{") {
                guard !segment.isEmpty else { return nil }
                values[String(part.dropFirst().dropLast())] = segment
            } else if part != segment {
                return nil
            }
        }
        return values
    }
}
