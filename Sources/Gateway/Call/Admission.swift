import Access
import HTTP
import Identifiers
import Observability
import Runtime

/// Whether a call that goes on for long would still be let in. Its key may be revoked, its session
/// signed out, its right withdrawn or its sandbox gone while its answer is being written, here or
/// through another gateway: so it is asked again, once a second. A key is looked for in the cache,
/// which notifications empty; a session in the database.
struct Admission: Sendable {
    private let check: @Sendable () async throws(Refusal) -> Void
    private var lastAsked = MonotonicInstant.now()

    init(_ check: @escaping @Sendable () async throws(Refusal) -> Void) {
        self.check = check
    }

    /// False once the call would be refused. While the database is away nobody can tell, and the
    /// call goes on. On an event loop.
    mutating func stands() async -> Bool {
        let now = MonotonicInstant.now()
        guard now - lastAsked >= GatewayLimits.admissionInterval else { return true }
        lastAsked = now
        do throws(Refusal) {
            try await check()
            return true
        } catch {
            return error.code.status >= 500
        }
    }
}

extension PlatformAPI {
    /// Of a call that reads a sandbox: by the credential that it came with, or by whoever makes it
    /// from inside.
    func admission(_ call: Call, _ sandbox: String) -> Admission {
        let (api, head, caller) = (self, call.head, call.insideCaller)
        return Admission { () async throws(Refusal) in
            let principal =
                if let caller {
                    try await caller.renewed()
                } else {
                    try await api.services.authenticator.principal(of: head, opening: .platform)
                }
            _ = try await api.sandboxAccess(sandbox, principal, .read, evenIfExpired: false) { _ in nil }
        }
    }
}
