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
        revision, tick, request_bytes, response_bytes, decision, parent_span_id)
        """

    private static let columns: Int16 = 21
    /// At most what stands before the texts and between them: the count, its lengths, four
    /// identifiers, eight numbers and times, three trace ids, and the principal's kind.
    private static let fixedBytes = 2 + 21 * 4 + 4 * 16 + 8 * 8 + 32 + 16

    /// Appends the row in COPY's binary format.
    func append(to rows: inout [UInt8]) {
        let path = path.prefix(Limits.pathBytes)
        let decision = decisions.stored
        let texts =
            method.utf8.count + (contract?.utf8.count ?? 0) + (operation?.utf8.count ?? 0)
            + (code?.utf8.count ?? 0)
        let bytesMax = Self.fixedBytes + path.count + texts + decision.count
        withUnsafeTemporaryAllocation(byteCount: bytesMax, alignment: 1) { memory in
            guard let start = memory.baseAddress else { preconditionFailure("rows are not empty") }
            var row = CopyRow(columns: Self.columns, at: start)
            write(path, decision, to: &row)
            rows.append(contentsOf: UnsafeRawBufferPointer(start: start, count: row.count))
        }
    }

    private func write(_ path: ArraySlice<UInt8>, _ decision: [UInt8], to row: inout CopyRow) {
        row.uuid(tenant.high, tenant.low)
        row.uuid(id.high, id.low)
        row.timestamp(startedAt.microseconds)
        row.uuid(sandbox.map { ($0.high, $0.low) })
        row.bigint(durationMicroseconds)
        row.text(method)
        path.withUnsafeBufferPointer { row.text($0) }
        row.text(contract)
        row.text(operation)
        row.integer(Int32(status))
        row.text(code)
        row.text(principal?.kind.rawValue)
        row.uuid(principal.map { ($0.high, $0.low) })
        row.bytea(trace.traceHigh, trace.traceLow)
        row.bytea(trace.span)
        row.bigint(revision)
        row.bigint(tick)
        row.bigint(Int64(requestBytes))
        row.bigint(Int64(responseBytes))
        decision.withUnsafeBufferPointer { row.text($0) }
        if let parent = trace.parent { row.bytea(parent) } else { row.null() }
    }
}
