import Access
import Contracts
import HTTP
import Identifiers
import Identity

// Registration of clients by software. The sandbox's key is the initial access token.
extension IssuerHost {
    static let registrationRoutes: [IssuerRoute] = [
        IssuerRoute(.post, "/register") { host, _, call throws(OAuthError) in
            let access = try await host.sandboxAccess(&call)
            try await host.services.admit(
                access.principal, of: access.tenantAccess, at: call.began)
            let document = try await host.document(&call)
            return host.answer(201, try await host.issuer.register(document, as: access))
        },
        IssuerRoute(.get, "/register/{client}") { host, name, call throws(OAuthError) in
            host.answer(
                200,
                try await host.issuer.registration(
                    of: try client(name), token: bearer(call.head)))
        },
        IssuerRoute(.put, "/register/{client}") { host, name, call throws(OAuthError) in
            let document = try await host.document(&call)
            return host.answer(
                200,
                try await host.issuer.replaceRegistration(
                    of: try client(name), with: document, token: bearer(call.head)))
        },
        IssuerRoute(.delete, "/register/{client}") { host, name, call throws(OAuthError) in
            try await host.issuer.deleteRegistration(of: try client(name), token: bearer(call.head))
            return Answer(204, contentType: "application/json", [])
        },
    ]

    private static func client(_ name: String) throws(OAuthError) -> ClientID {
        guard let id = ClientID(name) else {
            throw OAuthError(.invalidToken, "There is no such client.")
        }
        return id
    }

    /// The sandbox whose key the request shows.
    private func sandboxAccess(_ call: inout Call) async throws(OAuthError) -> SandboxAccess {
        let needed = OAuthError(
            .invalidToken,
            "Registration needs the sandbox's api_key: Authorization: Bearer test_sk_...")
        do throws(Refusal) {
            let principal = try await services.authenticator.principal(
                of: call.head, opening: .sandbox)
            guard let sandbox = principal.boundSandbox else { throw .sandboxKeyOnPlatform }
            do throws(AccessError) {
                guard let location = try await services.stores.directory.sandbox(id: sandbox) else {
                    throw .notFound
                }
                call.principal = principal
                call.sandbox = location
                return try services.accessControl.access(onHostOf: location, as: principal)
            } catch {
                throw Refusal.access(error)
            }
        } catch {
            guard error.code != .serviceUnavailable else {
                throw OAuthError(.temporarilyUnavailable, "The database cannot be reached.")
            }
            throw needed
        }
    }
}
