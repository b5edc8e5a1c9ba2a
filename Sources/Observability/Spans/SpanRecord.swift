package import Identifiers
package import Runtime

/// One row of the foreign spans.
package struct SpanRecord: Sendable {
    let tenant: TenantID
    let sandbox: SandboxID
    /// Picks the partition; the span's own times may be any.
    let receivedAt: WallInstant
    let span: ForeignSpan

    /// What must not be stored has been masked in `span`; its texts hold no NUL.
    package init(
        _ span: ForeignSpan, tenant: TenantID, sandbox: SandboxID, receivedAt: WallInstant
    ) {
        self.span = span
        self.tenant = tenant
        self.sandbox = sandbox
        self.receivedAt = receivedAt
    }
}

extension SpanRecord {
    /// Where rows go, in the order in which `write` writes the columns.
    static let table = """
        sbx.spans (tenant_id, sandbox_id, trace_id, span_id, received_at, parent_span_id, \
        started_ns, ended_ns, kind, status, name, service, scope, status_message, attributes, events)
        """

    private static let columns: Int16 = 16
    /// The count, sixteen lengths, three identifiers of two words, and seven numbers.
    private static let fixedBytes = 2 + 16 * 4 + 3 * 16 + 7 * 8

    func append(to rows: inout [UInt8]) {
        let texts = [span.name, span.service, span.scope, span.statusMessage].map { text in
            text.map { Self.cut($0) }
        }
        let bytesMax =
            Self.fixedBytes + span.attributes.count + span.events.count
            + texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        withUnsafeTemporaryAllocation(byteCount: bytesMax, alignment: 1) { memory in
            guard let start = memory.baseAddress else { preconditionFailure("rows are not empty") }
            var row = CopyRow(columns: Self.columns, at: start)
            row.uuid(tenant.high, tenant.low)
            row.uuid(sandbox.high, sandbox.low)
            row.bytea(span.traceHigh, span.traceLow)
            row.bytea(span.span)
            row.timestamp(receivedAt.microseconds)
            if let parent = span.parent { row.bytea(parent) } else { row.null() }
            row.bigint(span.startedAt)
            row.bigint(span.endedAt)
            row.integer(Int32(span.kind))
            row.integer(Int32(span.status))
            for text in texts { row.text(text) }
            span.attributes.withUnsafeBufferPointer { row.text($0) }
            span.events.withUnsafeBufferPointer { row.text($0) }
            rows.append(contentsOf: UnsafeRawBufferPointer(start: start, count: row.count))
        }
    }

    /// At most so many characters.
    private static func cut(_ text: String) -> String {
        text.utf8.count <= Limits.spanTextBytes
            ? text : String(text.unicodeScalars.prefix(Limits.spanTextBytes / 4))
    }
}

extension RowWriter {
    /// Of foreign spans.
    package static func spans(loop: EventLoop, sink: any RowSink) -> RowWriter {
        RowWriter(loop: loop, sink: sink, table: SpanRecord.table)
    }

    /// False when the span was dropped, which is counted.
    package func append(_ record: SpanRecord) -> Bool {
        append(of: record.span.traceLow) { record.append(to: &$0) }
    }
}
