package import Access
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// Which deliveries are meant; what is nil does not matter.
package struct DeliveryFilter: Sendable {
    package var state: Delivery.State?
    package var endpoint: EndpointID?
    package var event: String?
    package var eventType: String?
    /// By wall time of the event's commit: from here on, and before there.
    package var from: WallInstant?
    package var until: WallInstant?
    /// Only these; nil for all.
    package var ids: [DeliveryID]?

    package init() {}

    /// `$3` to `$9`.
    fileprivate var values: [PostgresValue] {
        [
            .text(orNull: state?.rawValue), .id(orNull: endpoint), .text(orNull: event),
            .text(orNull: eventType), .instant(orNull: from), .instant(orNull: until),
            ids.map { .uuidArray($0.map { ($0.high, $0.low) }) } ?? .null,
        ]
    }
}

/// The deliveries of a sandbox for people: lists, one in full, and putting them into the queue
/// again.
package struct DeliveryLog: Sendable {
    private let database: TenantDatabase
    private let keys: MasterKeys
    private let clock: any WallClock

    package init(database: TenantDatabase, keys: MasterKeys, clock: any WallClock) {
        self.database = database
        self.keys = keys
        self.clock = clock
    }

    /// Newest first, at most `rows`, older than `before`; `next` is nil on the last page.
    package func deliveries(
        _ filter: DeliveryFilter, rows: Int, before: DeliveryID?, as access: SandboxAccess
    ) async throws(WebhookError) -> (deliveries: [Delivery], next: DeliveryID?) {
        try await webhookStoring {
            let found = try await database.transaction(as: access, on: .search) { transaction in
                try await transaction.run(
                    Call(
                        Self.list,
                        values: access.values + filter.values
                            + [.id(orNull: before), .int(Int64(rows + 1))]))
            }
            let page = found.prefix(rows).map { Delivery($0) }
            return (page, found.count > rows ? page.last?.id : nil)
        }
    }

    /// One in full: what is sent, and every attempt, the first one first.
    package func delivery(
        _ id: DeliveryID, as access: SandboxAccess
    ) async throws(WebhookError) -> (
        delivery: Delivery, payload: [UInt8], attempts: [LoggedAttempt]
    ) {
        try await webhookStoring {
            let rows = try await database.read(
                as: access,
                [
                    Call(Self.read, values: access.values + [.id(id)]),
                    Call(Self.attempts, values: access.values + [.id(id)]),
                ])
            guard let row = rows[0].first else { throw Self.notFound(id) }
            return (Delivery(row), try payload(row, of: id), rows[1].map { LoggedAttempt($0) })
        }
    }

    /// Puts one into the queue, whatever has become of it, with all attempts before it again. Its
    /// `webhook-id` stays.
    package func redeliver(
        _ id: DeliveryID, as access: SandboxAccess
    ) async throws(WebhookError) -> Delivery {
        let now = clock.now()
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.endpointState, values: access.values + [.id(id)]))
                guard let row = rows.first else { throw Self.notFound(id) }
                guard row.textIfPresent(0) == "enabled" else { throw WebhookError.endpointDisabled }
                var filter = DeliveryFilter()
                filter.ids = [id]
                _ = try await transaction.run(requeue(filter, at: now, access))
                let updated = try await transaction.run(
                    Call(Self.read, values: access.values + [.id(id)]))
                return Delivery(updated[0])
            }
        }
    }

    /// Puts all that the filter means into the queue again, those of disabled endpoints and those
    /// that are in the queue anyway excepted; ``WebhookLimits/deliveriesPerRequeue`` at most.
    package func redeliver(
        _ filter: DeliveryFilter, as access: SandboxAccess
    ) async throws(WebhookError) -> (count: Int, partial: Bool) {
        let now = clock.now()
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let moved = try await transaction.run(requeue(filter, at: now, access)).affected
                return (moved, moved == WebhookLimits.deliveriesPerRequeue)
            }
        }
    }

    /// Makes the deliveries that an endpoint has missed, because it did not exist yet, was disabled
    /// or wanted other events: those events of the present world that it wants now. Answers how
    /// many are new; asking again makes none twice. `from` and `until` are times of the sandbox's
    /// clock, on which events happen.
    package func backfill(
        _ endpoint: EndpointID, from: SandboxInstant?, until: SandboxInstant?,
        as access: SandboxAccess
    ) async throws(WebhookError) -> (count: Int, partial: Bool) {
        let now = clock.now()
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let states = try await transaction.run(EndpointStatements.lock(endpoint, access))
                guard let row = states.first else { throw EndpointStore.notFound(endpoint) }
                guard WebhookEndpoint(row).isEnabled else { throw WebhookError.endpointDisabled }
                let made = try await transaction.run(
                    Call(
                        Self.backfill,
                        values: access.values + [
                            .id(endpoint), from.map { .instant($0) } ?? .null,
                            until.map { .instant($0) } ?? .null,
                            .instant(now), .int(now.milliseconds),
                            .int(Int64(WebhookLimits.deliveriesPerRequeue)),
                        ])
                ).affected
                return (made, made == WebhookLimits.deliveriesPerRequeue)
            }
        }
    }

    private func requeue(
        _ filter: DeliveryFilter, at now: WallInstant, _ access: SandboxAccess
    ) -> Call {
        Call(
            Self.requeue,
            values: access.values + filter.values
                + [.instant(now), .int(Int64(WebhookLimits.deliveriesPerRequeue))])
    }

    private func payload(_ row: Row, of id: DeliveryID) throws(WebhookError) -> [UInt8] {
        if let payload = row.utf8OrNil(Delivery.columnCount) { return payload }
        let sealed = row.bytes(Delivery.columnCount + 1)
        // Without its key the rest of the delivery can still be shown.
        return (try? keys.open(sealed, for: DeliveryRecord.purpose(id))) ?? Array("null".utf8)
    }

    private static func notFound(_ id: DeliveryID) -> WebhookError {
        .notFound(kind: "delivery", id: id.description)
    }
}

extension SandboxAccess {
    /// `$1` and `$2`.
    fileprivate var values: [PostgresValue] { [.id(tenant), .id(sandbox)] }
}

extension DeliveryLog {
    private static let condition = """
        d.tenant_id = $1 AND d.sandbox_id = $2
            AND ($3::text IS NULL OR d.state = $3) AND ($4::uuid IS NULL OR d.endpoint_id = $4)
            AND ($5::text IS NULL OR d.event_id = $5) AND ($6::text IS NULL OR d.event_type = $6)
            AND ($7::timestamptz IS NULL OR d.created_at >= $7)
            AND ($8::timestamptz IS NULL OR d.created_at < $8)
            AND ($9::uuid[] IS NULL OR d.id = ANY ($9))
        """

    private static let list = Statement(
        "deliveries_list",
        """
        SELECT \(Delivery.columns)
        FROM sbx.deliveries d
        WHERE \(condition) AND ($10::uuid IS NULL OR d.id < $10)
        ORDER BY d.id DESC
        LIMIT $11
        """)

    private static let read = Statement(
        "delivery_read",
        """
        SELECT \(Delivery.columns), d.payload, d.sealed_payload
        FROM sbx.deliveries d
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3
        """)

    private static let attempts = Statement(
        "delivery_attempts",
        """
        SELECT \(LoggedAttempt.columns)
        FROM sbx.delivery_attempts a
        WHERE a.tenant_id = $1 AND a.sandbox_id = $2 AND a.delivery_id = $3
        ORDER BY a.number
        """)

    private static let endpointState = Statement(
        "delivery_endpoint_state",
        """
        SELECT w.state
        FROM sbx.deliveries d
        LEFT JOIN sbx.webhook_endpoints w
            ON w.tenant_id = d.tenant_id AND w.sandbox_id = d.sandbox_id AND w.id = d.endpoint_id
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = $3
        """)

    private static let requeue = Statement(
        "deliveries_requeue",
        """
        WITH meant AS MATERIALIZED (
            SELECT d.id
            FROM sbx.deliveries d
            JOIN sbx.webhook_endpoints w
                ON w.tenant_id = d.tenant_id AND w.sandbox_id = d.sandbox_id
                AND w.id = d.endpoint_id AND w.state = 'enabled'
            WHERE \(condition) AND (d.state <> 'pending' OR $9::uuid[] IS NOT NULL)
            ORDER BY d.id
            LIMIT $11
            FOR UPDATE OF d
        )
        UPDATE sbx.deliveries d
        SET state = 'pending', round_attempts = 0, due_at = $10, due_virtual = NULL,
            updated_at = $10
        FROM meant
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.id = meant.id
        """)

    /// Events of the head's layer and of its ancestors as far as they are seen. Wall time of an
    /// event is not known; the range is on the sandbox's clock. Which are missed is decided before
    /// any document is read, and by one grouping: joins were planned for tables as small as they are
    /// before anything is counted, and took longer than a statement may.
    private static let backfill = Statement(
        "deliveries_backfill",
        """
        WITH wanted AS MATERIALIZED (
            SELECT e.layer_id, e.id, e.revision, e.n
            FROM sbx.webhook_endpoints w
            JOIN sbx.sandbox_heads h
                ON h.tenant_id = w.tenant_id AND h.sandbox_id = w.sandbox_id
            CROSS JOIN LATERAL unnest(
                h.layer_id || h.ancestor_ids, h.revision || h.ancestor_revisions)
                AS l (id, revision)
            JOIN sbx.events e
                ON e.tenant_id = w.tenant_id AND e.layer_id = l.id AND e.revision <= l.revision
            WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3
                AND e.type LIKE ANY (w.patterns)
                AND coalesce(e.target ->> 'url', '') = ''
                AND ($4::timestamptz IS NULL OR e.occurred_at >= $4)
                AND ($5::timestamptz IS NULL OR e.occurred_at < $5)
        ), missed AS MATERIALIZED (
            SELECT layer_id, id, max(revision) AS revision, max(n) AS n
            FROM (
                SELECT layer_id, id, revision, n, 0 AS made
                FROM wanted
                UNION ALL
                SELECT d.layer_id, d.event_id, NULL, NULL, 1
                FROM sbx.deliveries d
                WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.endpoint_id = $3
            ) either
            GROUP BY layer_id, id
            HAVING sum(made) = 0
            ORDER BY revision, n
            LIMIT $8
        )
        INSERT INTO sbx.deliveries (
            tenant_id, sandbox_id, id, endpoint_id, layer_id, revision, event_id, event_type,
            payload, target, state, due_at, created_at, updated_at)
        SELECT
            $1::uuid, $2::uuid,
            (lpad(to_hex($7::bigint), 12, '0')
                || lpad(to_hex(row_number() OVER (ORDER BY m.revision, m.n)), 4, '0')
                || left(md5($3::uuid::text || m.layer_id::text || m.id), 16))::uuid,
            $3::uuid, m.layer_id, m.revision, m.id, e.type, \(DeliveryWrites.payload), e.target, 'pending',
            $6::timestamptz, $6::timestamptz, $6::timestamptz
        FROM missed m
        JOIN sbx.events e ON e.tenant_id = $1 AND e.layer_id = m.layer_id AND e.id = m.id
        ON CONFLICT DO NOTHING
        """)
}
