package import Access
package import Contracts
import Identifiers
import Postgres

/// Looks up what a sandbox has of a trace: its own calls and the spans that were sent to it.
package struct TraceReader: Sendable {
    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// Calls, and foreign spans, of a trace that are looked up.
    package static let spansMax = Limits.traceSpans

    /// Oldest first, at most ``spansMax`` of each.
    package func trace(
        _ id: TraceID, as access: SandboxAccess
    ) async throws -> FoundTrace {
        let values: [PostgresValue] = [
            .id(access.tenant), .id(access.sandbox), .bytes(id.bytes), .int(Int64(Limits.traceSpans)),
        ]
        return try await database.transaction(as: access, on: .search) { transaction in
            let calls = try await transaction.run(Call(Self.calls, values: values))
            let spans = try await transaction.run(Call(Self.spans, values: values))
            return FoundTrace(
                calls: calls.map { LoggedRequest($0) }, spans: spans.map { StoredSpan($0) })
        }
    }

    private static let calls = Statement(
        "trace_calls",
        """
        SELECT \(LoggedRequest.columns)
        FROM \(RequestLogReader.rowsOfTrace("$3"))
        ORDER BY started_at, id
        LIMIT $4
        """)

    /// A span that a client has sent twice is there once.
    private static let spans = Statement(
        "trace_spans",
        """
        SELECT span_id, parent_span_id, started_ns, ended_ns, kind, status, name, service, scope,
            status_message, attributes, events
        FROM (
            SELECT DISTINCT ON (span_id) *
            FROM sbx.spans
            WHERE tenant_id = $1 AND sandbox_id = $2 AND trace_id = $3
            ORDER BY span_id, received_at
        ) AS once
        ORDER BY started_ns, span_id
        LIMIT $4
        """)
}

/// What a sandbox has of a trace.
package struct FoundTrace: Sendable {
    /// Oldest first.
    package let calls: [LoggedRequest]
    package let spans: [StoredSpan]

    package var isEmpty: Bool { calls.isEmpty && spans.isEmpty }
}

/// The id of a trace, 16 bytes that are not all zero.
package struct TraceID: Sendable {
    let bytes: [UInt8]
    /// The lower half, by which rows that are still to be written are known.
    let low: UInt64

    /// 32 lower-case hexadecimal digits; nil for anything else.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 32, let high = Hexadecimal.word(digits[..<16]),
            let low = Hexadecimal.word(digits[16...]), high | low != 0
        else { return nil }
        self.low = low
        bytes = [high, low].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }
}

/// A foreign span as it was stored.
package struct StoredSpan: Sendable {
    package let span: UInt64
    package let parent: UInt64?
    /// Nanoseconds since 1970.
    package let startedAt: Int64
    package let endedAt: Int64
    /// Words of OTLP's SpanKind and StatusCode, in lower case.
    package let kind: String
    package let status: String
    package let name: String
    package let service: String?
    package let scope: String?
    package let statusMessage: String?
    private let attributeBytes: [UInt8]
    private let eventBytes: [UInt8]

    /// Read from the stored bytes each time: a large trace has thousands, which no event loop reads.
    package var attributes: JSONValue { Self.json(attributeBytes) }
    package var events: JSONValue { Self.json(eventBytes) }

    init(_ row: Row) {
        span = Self.word(row.bytes(0))
        parent = row.isNull(1) ? nil : Self.word(row.bytes(1))
        startedAt = row.int(2)
        endedAt = row.int(3)
        kind = Self.kinds[Int(row.int(4))]
        status = Self.statuses[Int(row.int(5))]
        name = row.text(6)
        service = row.textIfPresent(7)
        scope = row.textIfPresent(8)
        statusMessage = row.textIfPresent(9)
        attributeBytes = row.utf8(10)
        eventBytes = row.utf8(11)
    }

    private static let kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"]
    private static let statuses = ["unset", "ok", "error"]

    private static func word(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func json(_ bytes: [UInt8]) -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            preconditionFailure("Postgres checks that attributes are JSON")
        }
    }
}
