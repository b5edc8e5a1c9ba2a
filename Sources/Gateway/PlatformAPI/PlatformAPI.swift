import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

/// The platform's own API, at the portal's host. Its OpenAPI document is the source of truth: it
/// routes and checks requests here exactly as a sandbox's contract does there. Each area of the
/// API names its operations' handlers in a file of its own.
struct PlatformAPI: Sendable {
    let services: Services
    let metrics: GatewayMetrics
    /// Waits until the calls that this gateway has answered so far can be looked up.
    let settleLog: @Sendable () async -> Void
    /// The way of journeys into the gateway.
    let door: StepDoor
    /// Names and addresses, as the caller of this request sees them.
    private(set) var configuration: GatewayConfiguration
    private let handlers: [String: Handler]

    /// Who may call an operation, and what it does.
    enum Handler: Sendable {
        case open(@Sendable (PlatformAPI, PlatformCall, inout Call) async throws(Refusal) -> Answer)
        case tenant(
            AccessControl.Action,
            @Sendable (PlatformAPI, PlatformCall, TenantAccess) async throws(Refusal) -> Answer)
        case sandbox(
            AccessControl.Action,
            @Sendable (PlatformAPI, PlatformCall, SandboxAccess) async throws(Refusal) -> Answer)
        /// The same also for a sandbox whose time to live is over: the way to extend or delete it.
        case sandboxOfAnyAge(
            AccessControl.Action,
            @Sendable (PlatformAPI, PlatformCall, SandboxAccess) async throws(Refusal) -> Answer)
        case admin(@Sendable (PlatformAPI, PlatformCall) async throws(Refusal) -> Answer)
    }

    init(
        services: Services, metrics: GatewayMetrics, door: StepDoor,
        settleLog: @escaping @Sendable () async -> Void
    ) {
        self.services = services
        self.metrics = metrics
        self.door = door
        self.settleLog = settleLog
        configuration = services.configuration
        handlers = Self.allHandlers
    }

    /// Every operation's handler by its id; a test compares the keys with the document.
    static let allHandlers: [String: Handler] =
        [
            systemHandlers, accountHandlers, sandboxHandlers, worldHandlers, branchHandlers,
            flagHandlers, outcomeHandlers, policyHandlers, dryRunHandlers, blockedCallHandlers,
            webhookHandlers, deliveryHandlers, eventHandlers, streamHandlers, clockHandlers,
            graphHandlers, packHandlers, assistantHandlers, journeyHandlers, runHandlers,
            runStreamHandlers, requestHandlers, adminHandlers, signingKeyHandlers,
        ]
        .reduce(into: [:]) { $0.merge($1) { _, _ in preconditionFailure("two handlers, one id") } }

    func answer(_ call: inout Call) async throws(Refusal) -> Answer {
        guard !call.request.connection.isForwarded else {
            var seen = self
            seen.configuration = configuration.seen(through: call.request)
            return try await seen.route(&call)
        }
        return try await route(&call)
    }

    private func route(_ call: inout Call) async throws(Refusal) -> Answer {
        try SingleFields.check(call.head.fields)
        let (operation, pathParameters) = try match(call.head)
        call.operation = operation.id
        guard let handler = handlers[operation.id] else {
            preconditionFailure("no handler for operation \(operation.id)")
        }
        switch handler {
        case .open(let run):
            let read = try await read(operation, pathParameters, &call)
            return try await run(self, read, &call)
        case .admin(let run):
            try requireAdmin(call.head)
            return try await run(self, try await read(operation, pathParameters, &call))
        case .tenant(let action, let run):
            let access = try tenantAccess(try await authenticate(&call), action)
            let flight = try await limit(access, &call)
            defer { flight.end() }
            return try await run(self, try await read(operation, pathParameters, &call), access)
        case .sandbox(let action, let run), .sandboxOfAnyAge(let action, let run):
            let principal = try await authenticate(&call)
            let flight = try await limit(try tenantAccess(principal, .read), &call)
            defer { flight.end() }
            let isAnyAge = if case .sandboxOfAnyAge = handler { true } else { false }
            let access = try await sandboxAccess(
                pathParameters, principal, action, evenIfExpired: isAnyAge)
            return try await run(self, try await read(operation, pathParameters, &call), access)
        }
    }
}

/// A request to the platform's API that has matched its operation and passed its schema.
struct PlatformCall: Sendable {
    let pathParameters: [PathParameter]
    let query: [(name: String, value: String)]
    let body: JSONValue
    /// Where a stream that broke is to go on.
    var lastEventID: String?

    func path(_ name: String) -> String {
        pathParameters.first { $0.name == name }?.value ?? ""
    }

    func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    func rows() -> Int { query("limit").flatMap(Int.init) ?? 20 }
}

extension PlatformAPI {
    private func match(
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

    private func read(
        _ operation: Operation, _ pathParameters: [PathParameter], _ call: inout Call
    ) async throws(Refusal) -> PlatformCall {
        let body = try await services.readBody(&call)
        let query = try services.query(of: call.head)
        let value = try services.validate(
            operation, pathParameters: pathParameters, query: query, body: body, call.head)
        return PlatformCall(pathParameters: pathParameters, query: query, body: value ?? [:],
            lastEventID: ServerSentEvents.lastEventID(call.head.fields))
    }

    private func authenticate(_ call: inout Call) async throws(Refusal) -> Principal {
        if let caller = call.insideCaller { return call.enter(as: caller) }
        let principal = try await services.authenticator.principal(
            of: call.head, opening: .platform)
        call.principal = principal
        call.decisions.note(.authenticate, .passed, principal.kindName)
        guard principal.boundSandbox == nil else { throw .sandboxKeyOnPlatform }
        return principal
    }

    private func tenantAccess(
        _ principal: Principal, _ action: AccessControl.Action
    ) throws(Refusal) -> TenantAccess {
        do throws(AccessError) {
            return try services.accessControl.access(toTenantOf: principal, for: action)
        } catch {
            throw .access(error)
        }
    }

    private func limit(_ access: TenantAccess, _ call: inout Call) async throws(Refusal) -> Flight {
        try await Pipeline(services: services).limit(access, &call)
    }

    /// The path's `{sandbox}` by id or slug. Somebody else's is not found, like one that is not.
    private func sandboxAccess(
        _ pathParameters: [PathParameter], _ principal: Principal, _ action: AccessControl.Action,
        evenIfExpired: Bool
    ) async throws(Refusal) -> SandboxAccess {
        let name = pathParameters.first { $0.name == "sandbox" }?.value ?? ""
        do throws(AccessError) {
            let location =
                if let id = SandboxID(name) {
                    try await services.stores.directory.sandbox(id: id)
                } else {
                    try await services.stores.directory.sandbox(slug: name)
                }
            return try services.accessControl.access(
                to: location, as: principal, for: action, evenIfExpired: evenIfExpired)
        } catch {
            throw .access(error)
        }
    }

    private func requireAdmin(_ head: RequestHead) throws(Refusal) {
        guard let expected = services.configuration.adminKeyDigest,
            let field = head.fields.first(utf8: "authorization"),
            field.starts(with: "Bearer ".utf8),
            AdminKey.digest(Array(field.dropFirst(7))) == expected
        else { throw .adminKeyRequired }
    }
}
