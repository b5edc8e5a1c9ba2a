import HTTP
import Identifiers
import Identity
import Observability

/// The host of the sandbox OAuth issuer: its routes and nothing else. Answers have the shapes of the
/// OAuth standards; only what lies outside of them (an unknown path, a wrong method) is a problem
/// document of the platform.
struct IssuerHost: Sendable {
    typealias Handler =
        @Sendable (IssuerHost, PathParameters, inout Call) async throws(OAuthError) -> Answer

    let services: Services
    private let router: Router<Handler>

    var issuer: Issuer { services.issuer }

    init(services: Services) {
        self.services = services
        var router = Router<Handler>()
        for routes in [Self.metadataRoutes, Self.tokenRoutes, Self.registrationRoutes, Self.pageRoutes] {
            for route in routes { router.add(route.method, route.path, route.handler) }
        }
        self.router = router
    }

    func answer(_ call: inout Call) async throws(Refusal) -> Answer {
        switch router.match(call.head) {
        case .found(let handler, let parameters, let pattern):
            call.operation = pattern
            do throws(OAuthError) {
                return try await handler(self, parameters, &call)
            } catch {
                call.decisions.note(.authenticate, .refused, error.code.rawValue)
                return answer(to: error)
            }
        case .methodNotAllowed(let allow):
            throw .methodNotAllowed(call.head.method.description, allowed: [allow])
        case .notFound, .badPath: throw .issuerHasNothing
        }
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
