import Access
import Contracts
import HTTP
import Observability

/// What a browser is told about a page of another origin (Fetch standard, CORS protocol).
struct CrossOrigin: Sendable {
    /// The value of Access-Control-Allow-Origin.
    let allowed: String

    /// Fields of ours that a page's script may read beside those that every script may.
    private static let exposed = """
        Request-Id, traceparent, RateLimit, RateLimit-Policy, Retry-After, Location, \
        Preference-Applied, Idempotent-Replayed, X-Sbx-Original-Request, X-Sbx-Simulated, \
        X-Sbx-Test-Only, X-Sbx-Dry-Run, X-Sbx-Refused, Link
        """

    func append(to fields: inout HeaderFields) {
        fields.append("Access-Control-Allow-Origin", allowed)
        fields.append("Access-Control-Expose-Headers", Self.exposed)
        fields.append("Vary", "Origin")
    }
}

extension Pipeline {
    /// Remembers what a browser has to be told. Answers a preflight, which carries no credential
    /// and so comes before authentication; nil for every other request.
    func answerBrowser(
        _ location: SandboxLocation, _ call: inout Call
    ) async throws(Refusal) -> Answer? {
        guard let origin = call.head.fields["origin"] else { return nil }
        let origins = try await origins(of: location)
        let allowed = origins.answer(to: origin)
        call.crossOrigin = allowed.map { CrossOrigin(allowed: $0) }
        guard call.head.method == .options,
            call.head.fields.contains("access-control-request-method")
        else { return nil }
        guard allowed != nil else { throw .originNotAllowed(origin) }
        var answer = Answer(204, json: [])
        answer.fields.append(
            "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
        if let asked = call.head.fields["access-control-request-headers"] {
            answer.fields.append("Access-Control-Allow-Headers", asked)
        }
        answer.fields.append("Access-Control-Max-Age", String(origins.maxAge))
        call.decisions.note(.policy, .decided, "preflight")
        return answer
    }

    /// A browser asks before it has shown a credential: the policy is read as a guest.
    private func origins(of location: SandboxLocation) async throws(Refusal) -> AllowedOrigins {
        let guest: SandboxAccess
        do throws(AccessError) {
            guest = try services.accessControl.access(asGuestOf: location)
        } catch {
            throw .access(error)
        }
        return try await services.sandboxCache.settings(of: guest).policy.origins
    }
}
