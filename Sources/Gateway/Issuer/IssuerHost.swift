import HTTP
import Identity
import Observability

/// The host of the sandbox OAuth issuer: its routes and nothing else. Answers have the shapes of the
/// OAuth standards; only what lies outside of them (an unknown path, a wrong method) is a problem
/// document of the platform.
struct IssuerHost: Sendable {
    /// Gets the value of the path's parameter; empty where it has none.
    typealias Handler =
        @Sendable (IssuerHost, String, inout Call) async throws(OAuthError) -> Answer

    let services: Services
    /// By path, then by method. HEAD is answered as GET, without the body.
    private let routes: [String: [Method: Handler]]
    /// Paths that a browser shows; all others may be called by scripts of any origin.
    private let pages: Set<String>

    var issuer: Issuer { services.issuer }

    init(services: Services) {
        self.services = services
        var routes: [String: [Method: Handler]] = [:]
        for group in [
            Self.metadataRoutes, Self.tokenRoutes, Self.registrationRoutes, Self.pageRoutes,
        ] {
            for route in group { routes[route.path, default: [:]][route.method] = route.handler }
        }
        self.routes = routes
        pages = Set(Self.pageRoutes.map(\.path))
    }

    func answer(_ call: inout Call) async throws(Refusal) -> Answer {
        let (path, parameter) = Self.pattern(of: call.head.path)
        guard let methods = routes[path] else { throw .issuerHasNothing }
        let isPage = pages.contains(path)
        if call.head.method == .options, !isPage { return preflight(methods.keys) }
        let method = call.head.method == .head ? .get : call.head.method
        guard let handler = methods[method] else {
            throw .methodNotAllowed(
                call.head.method.description, allowed: methods.keys.map(\.description).sorted())
        }
        call.operation = path
        var answer: Answer
        do throws(OAuthError) {
            answer = try await handler(self, parameter, &call)
        } catch {
            call.decisions.note(.authenticate, .refused, error.code.rawValue)
            answer = self.answer(to: slowedDown(error, call))
        }
        if !isPage { openToScripts(&answer) }
        return answer
    }

    /// The registered form of a path, and the value of its one parameter.
    private static func pattern(of path: String) -> (String, parameter: String) {
        let prefix = "/register/"
        guard path.hasPrefix(prefix) else { return (path, "") }
        return (prefix + "{client}", String(path.dropFirst(prefix.count)))
    }
}

/// One of the issuer's addresses.
struct IssuerRoute: Sendable {
    let method: Method
    let path: String
    let handler: IssuerHost.Handler

    init(_ method: Method, _ path: String, _ handler: @escaping IssuerHost.Handler) {
        self.method = method
        self.path = path
        self.handler = handler
    }
}
