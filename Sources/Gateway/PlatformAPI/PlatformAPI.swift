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
    let usage: UsageLedger
    /// Waits until the calls that this gateway has answered so far, and the spans that it has taken,
    /// can be looked up; those of one trace alone where it is named.
    let settleLog: @Sendable (_ trace: TraceID?) async -> Void
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
        /// Takes a document of any media type, larger than other bodies may be.
        case upload(
            AccessControl.Action,
            @Sendable (PlatformAPI, PlatformCall, [UInt8], TenantAccess) async throws(Refusal) -> Answer)
        /// The same for a sandbox.
        case sandboxUpload(
            AccessControl.Action,
            @Sendable (PlatformAPI, PlatformCall, [UInt8], SandboxAccess) async throws(Refusal) -> Answer)
        /// For those who may say who may do what.
        case manage(
            @Sendable (PlatformAPI, PlatformCall, TenantManagement) async throws(Refusal) -> Answer)
        case admin(
            @Sendable (PlatformAPI, PlatformCall, OperatorAccess) async throws(Refusal) -> Answer)
    }

    init(
        services: Services, metrics: GatewayMetrics, usage: UsageLedger, door: StepDoor,
        settleLog: @escaping @Sendable (_ trace: TraceID?) async -> Void
    ) {
        self.services = services
        self.metrics = metrics
        self.usage = usage
        self.door = door
        self.settleLog = settleLog
        configuration = services.configuration
        handlers = Self.allHandlers
    }

    /// Every operation's handler by its id; a test compares the keys with the document.
    static let allHandlers: [String: Handler] =
        [
            systemHandlers, accountHandlers, keyHandlers, memberHandlers, invitationHandlers,
            auditHandlers, clientHandlers, certificateHandlers, sandboxHandlers, contractHandlers,
            overlayHandlers,
            worldHandlers, branchHandlers, dependencyHandlers, contractReviewHandlers, ruleHandlers,
            mountHandlers, deniedHostHandlers, conformanceHandlers,
            flagHandlers, outcomeHandlers, policyHandlers, dryRunHandlers, blockedCallHandlers,
            webhookHandlers, deliveryHandlers, eventHandlers, streamHandlers, clockHandlers,
            graphHandlers, packHandlers, assistantHandlers, journeyHandlers, runHandlers,
            runStreamHandlers, requestHandlers, adminHandlers, signingKeyHandlers,
            usageHandlers, kpiHandlers, traceHandlers, objectHandlers,
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
            let access = try operatorAccess(call)
            return try await run(self, try await read(operation, pathParameters, &call), access)
        case .tenant(let action, let run):
            let principal = try await authenticate(&call)
            let access = try tenantAccess(
                principal, action, trail(of: call, action, on: principal.tenant.description))
            let flight = try await limit(access, &call)
            defer { flight.end() }
            let read = try await read(operation, pathParameters, &call)
            access.trail?.asked(read.asked)
            return try await run(self, read, access)
        case .upload(let action, let run):
            let principal = try await authenticate(&call)
            let access = try tenantAccess(
                principal, action, trail(of: call, action, on: principal.tenant.description))
            let flight = try await limit(access, &call)
            defer { flight.end() }
            let (read, bytes) = try await readUpload(operation, pathParameters, &call)
            access.trail?.asked(read.asked)
            return try await run(self, read, bytes, access)
        case .sandboxUpload(let action, let run):
            let principal = try await authenticate(&call)
            let flight = try await limit(try tenantAccess(principal, .read, nil), &call)
            defer { flight.end() }
            let access = try await sandboxAccess(
                pathParameters.sandbox, principal, action, evenIfExpired: false
            ) { trail(of: call, action, on: $0) }
            defer { forgetAfter(action, on: access.sandbox) }
            let (read, bytes) = try await readUpload(operation, pathParameters, &call)
            access.trail?.asked(read.asked)
            return try await run(self, read, bytes, access)
        case .manage(let run):
            let principal = try await authenticate(&call)
            let management = try management(of: principal, call)
            let flight = try await limit(management.access, &call)
            defer { flight.end() }
            let read = try await read(operation, pathParameters, &call)
            management.access.trail?.asked(read.asked)
            return try await run(self, read, management)
        case .sandbox(let action, let run), .sandboxOfAnyAge(let action, let run):
            let principal = try await authenticate(&call)
            let flight = try await limit(try tenantAccess(principal, .read, nil), &call)
            defer { flight.end() }
            let isAnyAge = if case .sandboxOfAnyAge = handler { true } else { false }
            let access = try await sandboxAccess(
                pathParameters.sandbox, principal, action, evenIfExpired: isAnyAge
            ) { trail(of: call, action, on: $0) }
            defer { forgetAfter(action, on: access.sandbox) }
            var read = try await read(operation, pathParameters, &call)
            access.trail?.asked(read.asked)
            read.admission = admission(call, pathParameters.sandbox)
            return try await run(self, read, access)
        }
    }

    /// Others are told of a change by the database; the next call here may come before that.
    private func forgetAfter(_ action: AccessControl.Action, on sandbox: SandboxID) {
        if action != .read { services.forget(.sandbox(sandbox)) }
    }
}

/// A request to the platform's API that has matched its operation and passed its schema.
struct PlatformCall: Sendable {
    let pathParameters: [PathParameter]
    let query: [(name: String, value: String)]
    let body: JSONValue
    /// Where a stream that broke is to go on.
    var lastEventID: String?
    /// Of a document as it comes.
    var contentType: String?
    /// For what answers with a stream of a sandbox's.
    var admission: Admission?

    func path(_ name: String) -> String {
        pathParameters.first { $0.name == name }?.value ?? ""
    }

    func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    func rows() -> Int { query("limit").flatMap(Int.init) ?? 20 }

    /// What the audit log says of the call: its parameters, the sandbox's name left out, and its body.
    var asked: JSONValue {
        var asked: JSONValue = [:]
        for parameter in pathParameters where parameter.name != "sandbox" {
            asked[parameter.name] = .string(parameter.value)
        }
        for parameter in query { asked[parameter.name] = .string(parameter.value) }
        if let members = body.object?.members, !members.isEmpty { asked["body"] = body }
        return asked
    }
}

extension [PathParameter] {
    /// What the path names as `{sandbox}`.
    fileprivate var sandbox: String { first { $0.name == "sandbox" }?.value ?? "" }
}
