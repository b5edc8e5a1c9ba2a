import Access
import Contracts
import HTTP
import Identity
import Observability
import Simulators

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

    /// Authenticate and authorise. Without a credential only what a contract opens to guests.
    func admit(
        _ target: SandboxTarget, on location: SandboxLocation, _ call: inout Call
    ) async throws(Refusal) -> SandboxAccess {
        if let caller = call.insideCaller { return try admit(caller, on: location, &call) }
        guard call.head.fields["authorization"] == nil, isOpenToGuests(target, call) else {
            let principal = try await authenticate(&call)
            return try authorise(principal, at: target, on: location, call)
        }
        call.decisions.note(.authenticate, .passed, "guest")
        do throws(AccessError) {
            return try services.accessControl.access(asGuestOf: location)
        } catch {
            throw .access(error)
        }
    }

    /// Who has started a run, or looks at a page, may do with the sandbox what is done there; the
    /// sandbox may have ended since.
    private func admit(
        _ caller: InsideCaller, on location: SandboxLocation, _ call: inout Call
    ) throws(Refusal) -> SandboxAccess {
        let principal = call.enter(as: caller)
        do throws(AccessError) {
            return try services.accessControl.access(to: location, as: principal, for: .write)
        } catch {
            throw .access(error)
        }
    }

    private func isOpenToGuests(_ target: SandboxTarget, _ call: Call) -> Bool {
        guard let operation = operation(target, call) else { return false }
        return operation.security.isEmpty && operation.extension("x-sbx-guests") == true
    }

    /// What the call will be matched to, where that has to be known before.
    private func operation(_ target: SandboxTarget, _ call: Call) -> Contracts.Operation? {
        guard let name = target.contract, let mounted = services.library[name] else { return nil }
        let matched = target.path.withUnsafeBufferPointer {
            mounted.contract.match(method: call.head.method.description, path: $0)
        }
        guard case .matched(let operation, _) = matched else { return nil }
        return operation
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
        _ principal: Principal, at target: SandboxTarget, on location: SandboxLocation, _ call: Call
    ) throws(Refusal) -> SandboxAccess {
        if case .managementKey = principal.kind {
            throw .managementKeyOnSandbox
        }
        do throws(AccessError) {
            return try services.accessControl.access(onHostOf: location, as: principal) {
                let alternatives = operation(target, call)?.scopeAlternatives ?? []
                return alternatives.map { Scopes(text: $0.joined(separator: " ")) }
            }
        } catch {
            throw .access(error)
        }
    }
}
