package import Identifiers
package import Runtime

/// One row of the request log: a call, its outcome and the decisions that led to it. A call leaves
/// this one row and no span rows; its span tree is drawn from it.
package struct RequestRecord: Sendable {
    package enum PrincipalKind: String, Sendable {
        case managementKey = "management_key"
        case sandboxKey = "sandbox_key"
        case user, client
    }

    package var tenant: TenantID
    package var id: RequestID
    package var startedAt: WallInstant
    package var sandbox: SandboxID?
    package var durationMicroseconds: Int64 = 0
    package var method: String
    /// Path as sent, without the query, whose values may be personal.
    package var path: ArraySlice<UInt8>
    package var contract: String?
    package var operation: String?
    package var status = 0
    /// Code of the problem or of the simulated error; nil when it went well.
    package var code: String?
    package var principal: (kind: PrincipalKind, high: UInt64, low: UInt64)?
    package var trace: TraceContext
    package var revision: Int64?
    package var tick: Int64?
    package var requestBytes = 0
    package var responseBytes = 0
    package var decisions = DecisionRecord()

    package init(
        tenant: TenantID, id: RequestID, startedAt: WallInstant, method: String,
        path: ArraySlice<UInt8>, trace: TraceContext
    ) {
        self.tenant = tenant
        self.id = id
        self.startedAt = startedAt
        self.method = method
        self.path = path
        self.trace = trace
    }
}

extension RequestRecord {
    /// Where rows go, in the order in which `append` writes the columns.
    static let table = """
        sbx.request_log (tenant_id, id, started_at, sandbox_id, duration_us, method, path, \
        contract, operation, status, code, principal_kind, principal_id, trace_id, span_id, \
        revision, tick, request_bytes, response_bytes, decision)
        """

    /// Appends the row in COPY's text format.
    func append(to bytes: inout [UInt8]) {
        var row = CopyText(bytes)
        bytes = []
        row.uuid(tenant.high, tenant.low)
        row.uuid(id.high, id.low)
        row.timestamp(startedAt.microseconds)
        row.uuid(sandbox.map { ($0.high, $0.low) })
        row.integer(durationMicroseconds)
        row.text(method.utf8)
        row.text(path.prefix(Limits.pathBytes))
        row.text(contract?.utf8)
        row.text(operation?.utf8)
        row.integer(Int64(status))
        row.text(code?.utf8)
        row.text(principal?.kind.rawValue.utf8)
        row.uuid(principal.map { ($0.high, $0.low) })
        row.bytea(trace.traceHigh, trace.traceLow)
        row.bytea(trace.span)
        row.integer(revision)
        row.integer(tick)
        row.integer(Int64(requestBytes))
        row.integer(Int64(responseBytes))
        row.text(decisions.stored)
        row.end()
        bytes = row.bytes
    }
}
