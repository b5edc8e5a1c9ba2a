package import Access
package import Contracts
package import Identifiers
package import Postgres
package import Runtime

/// Looks into the request log of one sandbox or tenant, as `sbx_app` under that tenant.
package struct RequestLogReader: Sendable {
    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// What a list asks for.
    package struct Query: Sendable {
        package var status: Int?
        package var operation: String?
        /// Only calls of one trace, by its 32 lower-case hexadecimal digits.
        package var trace: String?
        /// Only calls whose outcome this scenario was to be.
        package var scenario: String?
        /// Only calls about this object: it stands in their path, or they changed it.
        package var entity: String?
        /// Only calls on which the policy step had something to say: refused, or only rehearsed.
        package var onlyBlocked = false
        /// Only calls from then on.
        package var since: WallInstant?
        /// Only calls before then.
        package var until: WallInstant?
        /// 1 to 100.
        package var rows = 20
        /// The last call of the page before; older ones follow.
        package var before: RequestID?

        package init() {}
    }

    /// One call of the sandbox, nil when there is none or its row has not arrived yet.
    package func request(
        _ id: RequestID, as access: SandboxAccess
    ) async throws(PostgresError) -> LoggedRequest? {
        try await only(
            Call(
                Self.byID, values: [.id(access.tenant), .id(access.sandbox), .id(id)] + Self.moment(of: id)),
            as: access.tenantAccess)
    }

    /// One call of the tenant, whether to one of its sandboxes or to the platform API.
    package func request(
        _ id: RequestID, as access: TenantAccess
    ) async throws(PostgresError) -> LoggedRequest? {
        try await only(
            Call(Self.byIDOfTenant, values: [.id(access.tenant), .id(id)] + Self.moment(of: id)),
            as: access)
    }

    private func only(
        _ call: Call, as access: TenantAccess
    ) async throws(PostgresError) -> LoggedRequest? {
        let rows = try await database.read(as: access, [call])[0]
        return rows.count == 0 ? nil : LoggedRequest(rows[0])
    }

    /// The id holds the milliseconds of `started_at`, which picks the partition.
    private static func moment(of id: RequestID) -> [PostgresValue] {
        let milliseconds = Int64(id.high >> 16)
        return [
            .timestamp(microsecondsSince1970: milliseconds * 1_000),
            .timestamp(microsecondsSince1970: (milliseconds + 1) * 1_000),
        ]
    }

    /// Newest first. On the pool for searches: not every filter has an index.
    package func requests(
        _ query: Query, as access: SandboxAccess
    ) async throws -> (requests: [LoggedRequest], next: RequestID?) {
        let instant = { (instant: WallInstant?) -> PostgresValue in
            instant.map { .timestamp(microsecondsSince1970: $0.microseconds) } ?? .null
        }
        let call = Call(
            query.trace == nil ? Self.page : Self.pageOfTrace, .id(access.tenant), .id(access.sandbox),
            .id(query.before ?? RequestID(high: .max, low: .max)),
            query.status.map { .int(Int64($0)) } ?? .null, .text(orNull: query.operation),
            .int(Int64(query.rows + 1)), .bool(query.onlyBlocked), instant(query.since),
            .text(orNull: query.trace), .text(orNull: query.scenario), .text(orNull: query.entity),
            instant(query.until))
        let rows = try await database.transaction(as: access, on: .search) { transaction in
            try await transaction.run(call)
        }
        let page = (0..<min(rows.count, query.rows)).map { LoggedRequest(rows[$0]) }
        return (page, rows.count > query.rows ? page.last?.id : nil)
    }

    /// The sandbox's calls from now on, as their rows arrive.
    package func tail(_ clock: any WallClock, as access: SandboxAccess) -> RequestTail {
        RequestTail(database: database, clock: clock, access: access)
    }

    private static let byID = Statement(
        "request_log_by_id",
        """
        SELECT \(LoggedRequest.columns)
        FROM sbx.request_log
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3 AND started_at >= $4 AND started_at < $5
        """)

    /// By way of the sandboxes, because the log's index begins with them.
    private static let byIDOfTenant = Statement(
        "request_log_by_id_of_tenant",
        """
        SELECT \(LoggedRequest.columns)
        FROM (
            SELECT * FROM sbx.request_log WHERE tenant_id = $1 AND sandbox_id IS NULL
            UNION ALL
            SELECT l.*
            FROM sbx.sandboxes s
            JOIN sbx.request_log l ON l.tenant_id = s.tenant_id AND l.sandbox_id = s.id
            WHERE s.tenant_id = $1
        ) AS of_tenant
        WHERE id = $2 AND started_at >= $3 AND started_at < $4
        """)

    private static let page = pageStatement("request_log_page", of: "sbx.request_log")
    private static let pageOfTrace = pageStatement(
        "request_log_page_of_trace", of: rowsOfTrace("decode($9, 'hex')"))

    private static func pageStatement(_ name: String, of rows: String) -> Statement {
        Statement(
            name,
            """
            SELECT \(LoggedRequest.columns)
            FROM \(rows)
            WHERE tenant_id = $1 AND sandbox_id = $2 AND id < $3
                AND ($4::integer IS NULL OR status = $4) AND ($5::text IS NULL OR operation = $5)
                AND (NOT $7::boolean OR decision LIKE '%["policy","refused",%'
                    OR decision LIKE '%["policy","decided",%')
                AND ($8::timestamptz IS NULL OR started_at >= $8)
                AND ($9::text IS NULL OR trace_id = decode($9, 'hex'))
                AND ($10::text IS NULL
                    OR strpos(decision, '["scenario","decided","' || $10 || '"') > 0)
                AND ($11::text IS NULL OR strpos(path || '/', '/' || $11 || '/') > 0
                    OR revision IN (
                        SELECT c.revision
                        FROM sbx.layers l
                        JOIN sbx.changes c ON c.tenant_id = l.tenant_id AND c.layer_id = l.id
                        WHERE l.tenant_id = $1 AND l.sandbox_id = $2 AND c.entity_id = $11))
                AND ($12::timestamptz IS NULL OR started_at < $12)
            ORDER BY id DESC
            LIMIT $6
            """)
    }

    /// The calls of a trace in the sandbox of `$1` and `$2`, as a source for FROM: the one that it
    /// began with, found by its id, and those that continued it.
    ///
    /// - Parameter trace: an SQL expression, the trace's id as bytea.
    static func rowsOfTrace(_ trace: String) -> String {
        """
        (
            SELECT * FROM sbx.request_log
            WHERE tenant_id = $1 AND sandbox_id = $2 AND id = encode(\(trace), 'hex')::uuid
                AND trace_id = \(trace) AND parent_span_id IS NULL
            UNION ALL
            SELECT * FROM sbx.request_log
            WHERE tenant_id = $1 AND sandbox_id = $2 AND trace_id = \(trace)
                AND parent_span_id IS NOT NULL
        ) AS of_trace
        """
    }
}

/// A row of the request log.
package struct LoggedRequest: Sendable {
    package let id: RequestID
    /// The members that lists show.
    package let summary: JSONValue
    /// The members that the call's own page adds, decisions left out.
    package let facts: JSONValue
    package let status: Int
    package let code: String?
    /// The decision record as stored.
    package let storedDecisions: JSONValue
    /// What places the call in its trace; nil where the row has no span.
    package let span: Span?

    package struct Span: Sendable {
        package let id: UInt64
        /// The caller's, nil when the trace began with this call.
        package let parent: UInt64?
        package let startedAt: WallInstant
        package let durationMicroseconds: Int64
    }

    /// What a row is made of.
    static let columns = """
        id, started_at, duration_us, method, path, contract, operation, status, code,
            principal_kind, encode(trace_id, 'hex'), encode(span_id, 'hex'), revision, tick,
            request_bytes, response_bytes, decision, encode(parent_span_id, 'hex')
        """

    init(_ row: Row) {
        id = row.id(0)
        status = Int(row.int(7))
        code = row.textIfPresent(8)
        let startedAt = WallInstant(microseconds: row.microseconds(1))
        summary = [
            "id": .string(id.description), "started_at": .string(startedAt.description),
            "duration_ms": .number(JSONNumber(thousandths: row.int(2))), "method": .string(row.text(3)),
            "path": .string(row.text(4)), "contract": .string(orNull: row.textIfPresent(5)),
            "operation": .string(orNull: row.textIfPresent(6)), "status": .int(row.int(7)),
            "code": .string(orNull: code), "trace_id": .string(orNull: row.textIfPresent(10)),
        ]
        facts = [
            "principal": row.textIfPresent(9).map { ["kind": .string($0)] } ?? .null,
            "span_id": .string(orNull: row.textIfPresent(11)),
            "parent_span_id": .string(orNull: row.textIfPresent(17)),
            "revision": row.isNull(12) ? JSONValue.null : .int(row.int(12)),
            "tick": row.isNull(13) ? JSONValue.null : .int(row.int(13)),
            "request_bytes": .int(row.int(14)), "response_bytes": .int(row.int(15)),
        ]
        let duration = row.int(2)
        span = row.textIfPresent(11).flatMap { Hexadecimal.word(Array($0.utf8)[...]) }.map {
            Span(
                id: $0,
                parent: row.textIfPresent(17).flatMap { Hexadecimal.word(Array($0.utf8)[...]) },
                startedAt: startedAt, durationMicroseconds: duration)
        }
        do {
            storedDecisions = try JSONParser.parse(row.utf8(16))
        } catch {
            preconditionFailure("decision records are written as JSON")
        }
    }
}
