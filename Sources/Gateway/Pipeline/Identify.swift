import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Observability
import Runtime
import Simulators
import Tenancy

// Who is addressed, who calls, and whether the one may use the other.
extension Pipeline {
    func identifySandbox(
        _ target: SandboxTarget, _ call: inout Call
    ) async throws(Refusal) -> SandboxLocation {
        call.contract = knownContract(target)
        guard let location = try await services.sandboxCache.location(slug: target.slug) else {
            throw .sandboxNotFound(target.slug)
        }
        call.sandbox = location
        call.decisions.note(.identifySandbox, .passed, target.addressing.rawValue)
        return location
    }

    /// A name that is written down before it is found to be mounted: ours, and no other text of a
    /// path, which could be anything.
    private func knownContract(_ target: SandboxTarget) -> String? {
        guard let name = target.contract else { return nil }
        return services.library[name] != nil || ContractName.reserved.contains(name) ? name : nil
    }

    /// Authenticate and authorise. Without a credential only what a contract opens to guests.
    func admit(
        _ target: SandboxTarget, on location: SandboxLocation, _ call: inout Call
    ) async throws(Refusal) -> SandboxAccess {
        if let caller = call.insideCaller { return try admit(caller, on: location, &call) }
        guard !call.request.head.fields.contains("authorization"), isOpenToGuests(target, call) else {
            let principal = try await authenticate(at: target, on: location, &call)
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
        if let access = caller.access { return access }
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

    private func authenticate(
        at target: SandboxTarget, on location: SandboxLocation, _ call: inout Call
    ) async throws(Refusal) -> Principal {
        let principal = try await holder(at: target, on: location, call)
        call.principal = principal
        call.decisions.note(.authenticate, .passed, principal.kindName)
        return principal
    }

    /// Who shows a key or a token where the contract takes one, or else a client certificate.
    private func holder(
        at target: SandboxTarget, on location: SandboxLocation, _ call: Call
    ) async throws(Refusal) -> Principal {
        let places = try await places(at: target, on: location, call)
        switch try PresentedKey(call.head, services.query(of: call.head), places) {
        case .bearer:
            if let holder = try await services.tokenGate.principal(of: call) { return holder }
            return try await services.authenticator.principal(of: call.head, opening: .sandbox)
        case .key(let key):
            return try await services.authenticator.principal(showing: key, opening: .sandbox)
        case .misplaced: throw .credentialMisplaced(places)
        case .none:
            guard places.takesCertificate, let der = call.request.connection.clientCertificate
            else { throw .noCredential(places) }
            return try await services.authenticator.principal(
                showingCertificate: der, opening: .sandbox)
        }
    }

    /// Where the called operation takes credentials; as the platform does where there is none.
    private func places(
        at target: SandboxTarget, on location: SandboxLocation, _ call: Call
    ) async throws(Refusal) -> CredentialPlaces {
        guard let name = target.contract else { return .bearer }
        let plan = services.credentialPlans[name]
        // Imports take our own Bearer beside what they say themselves.
        if plan?.takesBearerEverywhere ?? true,
            let scheme = AuthorizationField(call.request.head.fields)?.scheme,
            scheme == .bearer || scheme == .dpop
        {
            return .bearer
        }
        guard let plan else { return try await importedPlaces(at: target, on: location, call) }
        guard let operation = operation(target, call) else { return .bearer }
        return plan[operation]
    }

    /// The same for a contract that the tenant has imported.
    private func importedPlaces(
        at target: SandboxTarget, on location: SandboxLocation, _ call: Call
    ) async throws(Refusal) -> CredentialPlaces {
        guard let guest = guest(on: location) else { return .bearer }
        let mounts = try await services.sandboxCache.mounts(of: guest)
        guard let mount = mounts.first(where: { $0.contract == target.contract }),
            mount.imported != nil, let mounted = try await services.mountable(mount, guest)
        else { return .bearer }
        let found = target.path.withUnsafeBufferPointer {
            mounted.contract.match(method: call.head.method.description, path: $0)
        }
        guard case .matched(let operation, _) = found else { return .bearer }
        return CredentialPlaces(of: operation, in: mounted.contract).orBearer
    }

    /// Who only looks which contract is mounted; nil where nobody may any more.
    private func guest(on location: SandboxLocation) -> SandboxAccess? {
        do throws(AccessError) {
            return try services.accessControl.access(asGuestOf: location)
        } catch {
            return nil
        }
    }

    func authorise(
        _ principal: Principal, at target: SandboxTarget, on location: SandboxLocation, _ call: Call
    ) throws(Refusal) -> SandboxAccess {
        if case .managementKey = principal.kind {
            throw .managementKeyOnSandbox
        }
        // The one action of the platform that has a door here: the reset.
        let trail =
            target.contract == ContractName.platform
            ? AuditTrail(
                "reset_sandbox", subject: location.sandbox.description, request: call.id,
                at: services.clock.now()) : nil
        do throws(AccessError) {
            return try services.accessControl.access(
                onHostOf: location, as: principal,
                orBy: {
                    let alternatives = operation(target, call)?.scopeAlternatives ?? []
                    return alternatives.map { Scopes(text: $0.joined(separator: " ")) }
                }, recording: trail)
        } catch {
            throw .access(error)
        }
    }
}
