import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Tenancy

// Who calls an operation of the platform's API, and the access value that it gets.
extension PlatformAPI {
    func match(
        _ head: RequestHead
    ) throws(Refusal) -> (Operation, [PathParameter]) {
        let matched = head.pathBytes.withUnsafeBufferPointer {
            services.platform.match(head.method, path: $0)
        }
        switch matched {
        case .matched(let operation, let pathParameters): return (operation, pathParameters)
        case .methodNotAllowed(let allowed):
            throw .methodNotAllowed(head.method.description, allowed: allowed)
        case .notFound: throw .notFound(head.path)
        }
    }

    func read(
        _ operation: Operation, _ pathParameters: [PathParameter], _ call: inout Call
    ) async throws(Refusal) -> PlatformCall {
        let body = try await services.readBody(&call)
        let screen = ContentScreen(services: services)
        try screen.check(call.head)
        let credentials = operation.extension("x-sbx-credentials")?.array ?? []
        _ = try screen.check(
            body, sparing: credentials.compactMap { JSONPointer($0.string ?? "") })
        let query = try services.query(of: call.head)
        let value = try services.validate(
            operation, pathParameters: pathParameters, query: query, body: body, call.head)
        return PlatformCall(pathParameters: pathParameters, query: query, body: value ?? [:],
            lastEventID: ServerSentEvents.lastEventID(call.head.fields))
    }

    /// A document as it comes: nothing screens or reads it before its handler does.
    func readUpload(
        _ operation: Operation, _ pathParameters: [PathParameter], _ call: inout Call
    ) async throws(Refusal) -> (PlatformCall, [UInt8]) {
        let bytes = try await services.readBytes(&call, bytesMax: Tenancy.Limits.contractBytes)
        let query = try services.query(of: call.head)
        let faults = operation.validateParameters(
            pathParameters: pathParameters, query: query, headers: { _ in nil })
        guard faults.isEmpty else { throw .invalid(faults) }
        let read = PlatformCall(
            pathParameters: pathParameters, query: query, body: [:],
            contentType: call.head.fields["content-type"])
        return (read, bytes)
    }

    func authenticate(_ call: inout Call) async throws(Refusal) -> Principal {
        if let caller = call.insideCaller { return call.enter(as: caller) }
        let principal = try await services.authenticator.principal(
            of: call.head, opening: .platform)
        call.principal = principal
        call.decisions.note(.authenticate, .passed, principal.kindName)
        guard principal.boundSandbox == nil else { throw .sandboxKeyOnPlatform }
        return principal
    }

    /// What an action that changes something leaves in the audit log.
    func trail(
        of call: Call, _ action: AccessControl.Action, on subject: String
    ) -> AuditTrail? {
        guard action != .read else { return nil }
        return AuditTrail(
            call.operation ?? "", subject: subject, request: call.id, at: services.clock.now())
    }

    func management(of principal: Principal, _ call: Call) throws(Refusal) -> TenantManagement {
        let trail = trail(of: call, .manage, on: principal.tenant.description)
        do throws(AccessError) {
            return try services.accessControl.access(managingTenantOf: principal, recording: trail)
        } catch {
            throw .access(error)
        }
    }

    func tenantAccess(
        _ principal: Principal, _ action: AccessControl.Action, _ trail: AuditTrail?
    ) throws(Refusal) -> TenantAccess {
        do throws(AccessError) {
            return try services.accessControl.access(
                toTenantOf: principal, for: action, recording: trail)
        } catch {
            throw .access(error)
        }
    }

    func limit(_ access: TenantAccess, _ call: inout Call) async throws(Refusal) -> Flight {
        try await Pipeline(services: services, inside: door).limit(access, &call)
    }

    /// A sandbox by id or slug. Somebody else's is not found, like one that is not.
    func sandboxAccess(
        _ name: String, _ principal: Principal, _ action: AccessControl.Action,
        evenIfExpired: Bool, recording trail: (_ subject: String) -> AuditTrail?
    ) async throws(Refusal) -> SandboxAccess {
        do throws(AccessError) {
            let location =
                if let id = SandboxID(name) {
                    try await services.stores.directory.sandbox(id: id)
                } else {
                    try await services.stores.directory.sandbox(slug: name)
                }
            let subject = location?.sandbox.description ?? name
            return try services.accessControl.access(
                to: location, as: principal, for: action, evenIfExpired: evenIfExpired,
                recording: trail(subject))
        } catch {
            throw .access(error)
        }
    }

    func operatorAccess(_ call: Call) throws(Refusal) -> OperatorAccess {
        guard let expected = services.configuration.adminKeyDigest,
            let shown = call.isOperatorsPage ? expected : Self.shownAdminKey(call),
            let access = services.accessControl.access(
                asOperatorShowing: shown, expecting: expected, in: call.id)
        else { throw .adminKeyRequired }
        return access
    }

    private static func shownAdminKey(_ call: Call) -> [UInt8]? {
        guard let field = call.head.fields.first(utf8: "authorization"),
            field.starts(with: "Bearer ".utf8)
        else { return nil }
        return AdminKey.digest(Array(field.dropFirst(7)))
    }
}
