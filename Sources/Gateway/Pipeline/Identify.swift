import Access
import Contracts
import Identity
import Observability

// Who is addressed, who calls, and whether the one may use the other.
extension Pipeline {
    func identifySandbox(
        _ target: SandboxTarget, _ call: inout Call
    ) async throws(Refusal) -> SandboxLocation {
        call.contract = target.contract
        guard let location = try await services.sandboxCache.location(slug: target.slug) else {
            throw .sandboxNotFound(target.slug)
        }
        call.sandbox = location
        call.decisions.note(.identifySandbox, .passed, target.addressing.rawValue)
        return location
    }

    func authenticate(_ call: inout Call) async throws(Refusal) -> Principal {
        let holder = try await services.tokenGate.principal(of: call)
        let principal =
            if let holder { holder } else {
                try await services.authenticator.principal(of: call.head, opening: .sandbox)
            }
        call.principal = principal
        call.decisions.note(.authenticate, .passed, principal.kindName)
        return principal
    }

    func authorise(
        _ principal: Principal, on location: SandboxLocation, _ call: inout Call
    ) throws(Refusal) -> SandboxAccess {
        if case .managementKey = principal.kind {
            throw .managementKeyOnSandbox
        }
        do throws(AccessError) {
            return try services.accessControl.access(onHostOf: location, as: principal)
        } catch {
            throw .access(error)
        }
    }
}
