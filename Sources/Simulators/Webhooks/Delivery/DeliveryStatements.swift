import Access
import Identifiers
import Postgres
import Runtime

/// SQL of the workers over `deliveries`. `$1` to `$3` are tenant, sandbox and endpoint.
enum DeliveryStatements {
    /// Before the others of its transaction: their plans go along indexes, row by row. A plan is
    /// made for the table as it is and kept while that grows a hundredfold, until it is counted;
    /// made for a small one it was a pass over the whole table.
    static let plans = Call(
        Statement(
            "delivery_plans",
            """
            SELECT set_config(name, 'off', true)
            FROM unnest(ARRAY['enable_seqscan', 'enable_bitmapscan', 'enable_sort',
                'enable_hashjoin', 'enable_mergejoin']) AS name
            """))

    static func endpoint(_ lane: DeliveryLane) -> Call {
        Call(endpointStatement, values: lane.values)
    }

    /// Secrets in use, newest first.
    static func secrets(_ lane: DeliveryLane, at now: WallInstant) -> Call {
        Call(secretsStatement, values: lane.values + [.instant(now)])
    }

    static func clock(_ lane: DeliveryLane) -> Call {
        Call(clockStatement, .id(lane.tenant), .id(lane.sandbox))
    }

    static func clock(_ row: Row) -> VirtualClock {
        let mode: VirtualClock.Mode =
            row.isNull(1)
            ? .running(offsetMicroseconds: row.int(0))
            : .frozen(at: SandboxInstant(microseconds: row.microseconds(1)))
        return VirtualClock(mode: mode, epoch: row.int(2))
    }

    /// Deliveries that were made while their endpoint was being disabled or deleted.
    static func settleWithoutEndpoint(_ lane: DeliveryLane, at now: WallInstant) -> Call {
        Call(withoutEndpointStatement, values: lane.values + [.instant(now)])
    }

    /// `attempts` as ``DeliveryRecord`` makes them. A second time changes nothing.
    static func log(_ attempts: [UInt8], _ lane: DeliveryLane, at now: WallInstant) -> Call {
        Call(
            logStatement, .id(lane.tenant), .id(lane.sandbox), .utf8(attempts), .instant(now))
    }

    /// `deliveries` as ``DeliveryRecord`` makes them.
    static func settle(_ deliveries: [UInt8], _ lane: DeliveryLane, at now: WallInstant) -> Call {
        Call(
            settleStatement, .id(lane.tenant), .id(lane.sandbox), .utf8(deliveries), .instant(now))
    }

    static func failing(since: WallInstant?, _ lane: DeliveryLane) -> Call {
        Call(failingStatement, values: lane.values + [.instant(orNull: since)])
    }

    static func disable(
        _ lane: DeliveryLane, _ reason: WebhookEndpoint.DisabledReason, at now: WallInstant
    ) -> Call {
        Call(disableStatement, values: lane.values + [.text(reason.rawValue), .instant(now)])
    }

    /// Pending ones of an endpoint wait while it is disabled, and go on after.
    static func pendingMoved(
        toHeld: Bool, _ endpoint: EndpointID, at now: WallInstant, _ access: SandboxAccess
    ) -> Call {
        Call(
            moveStatement, .id(access.tenant), .id(access.sandbox), .id(endpoint), .instant(now),
            .text(toHeld ? "pending" : "held"), .text(toHeld ? "held" : "pending"))
    }

    static func abandon(
        ofEndpoint endpoint: EndpointID, at now: WallInstant, _ access: SandboxAccess
    ) -> Call {
        Call(
            abandonStatement, .id(access.tenant), .id(access.sandbox), .id(endpoint), .instant(now))
    }

    private static let endpointStatement = Statement(
        "delivery_endpoint",
        """
        SELECT \(WebhookEndpoint.columns)
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3
        """)

    private static let secretsStatement = Statement(
        "delivery_secrets",
        """
        SELECT sealed
        FROM sbx.webhook_secrets
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
            AND (expires_at IS NULL OR expires_at > $4)
        ORDER BY number DESC
        """)

    private static let clockStatement = Statement(
        "delivery_clock",
        """
        SELECT clock_offset_us, clock_frozen_at, clock_epoch
        FROM sbx.sandbox_heads
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)

    private static let withoutEndpointStatement = Statement(
        "delivery_settle_without_endpoint",
        """
        UPDATE sbx.deliveries d
        SET state = coalesce((
                SELECT 'held'
                FROM sbx.webhook_endpoints w
                WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3), 'abandoned'),
            updated_at = $4
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.endpoint_id = $3
            AND d.state = 'pending' AND NOT EXISTS (
                SELECT 1
                FROM sbx.webhook_endpoints w
                WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3 AND w.state = 'enabled')
        """)

    private static let logStatement = Statement(
        "delivery_log",
        """
        INSERT INTO sbx.delivery_attempts (
            tenant_id, sandbox_id, delivery_id, number, started_at, recorded_at, duration_us,
            connect_us, succeeded, status, error, request, response)
        SELECT
            $1::uuid, $2::uuid, o.id, o.number, 'epoch'::timestamptz + o.started_us * interval '1 microsecond',
            $4::timestamptz, o.duration_us, o.connect_us, o.succeeded, o.status, o.error, o.request, o.response
        FROM json_to_recordset($3) AS o (
            id uuid, number integer, started_us bigint, duration_us bigint, connect_us bigint,
            succeeded boolean, status integer, error text, request json, response json)
        ON CONFLICT (tenant_id, sandbox_id, delivery_id, number) DO NOTHING
        """)

    /// What was abandoned or held meanwhile stays so, unless it turns out to have arrived.
    ///
    /// Each row is looked up and locked by its key, then written by way of its own conflict. As a
    /// join it was planned for as few rows as an uncounted sandbox seems to have: reading all of
    /// them, or the whole batch for each. What is locked is there, so nothing is ever inserted.
    private static let settleStatement = Statement(
        "delivery_settle",
        """
        INSERT INTO sbx.deliveries AS d (
            tenant_id, sandbox_id, id, endpoint_id, layer_id, revision, event_id, event_type,
            payload, sealed_payload, state, attempts, round_attempts, due_at, due_virtual,
            last_status, last_error, created_at, updated_at)
        SELECT
            $1::uuid, $2::uuid, o.id, x.endpoint_id, x.layer_id, x.revision, x.event_id,
            x.event_type, CASE WHEN o.sealed IS NULL THEN x.payload END,
            coalesce(o.sealed, x.sealed_payload),
            CASE WHEN x.state = 'pending' OR o.state = 'delivered' THEN o.state ELSE x.state END,
            greatest(x.attempts, o.attempts), o.round_attempts,
            CASE WHEN o.due_virtual_us IS NULL
                THEN 'epoch'::timestamptz + o.due_us * interval '1 microsecond'
                ELSE 'infinity' END,
            'epoch'::timestamptz + o.due_virtual_us * interval '1 microsecond',
            o.status, o.error, x.created_at, $4::timestamptz
        FROM json_to_recordset($3) AS o (
            id uuid, state text, attempts integer, round_attempts integer, due_us bigint,
            due_virtual_us bigint, status integer, error text, sealed bytea)
        CROSS JOIN LATERAL (
            SELECT endpoint_id, layer_id, revision, event_id, event_type, payload, sealed_payload,
                state, attempts, created_at
            FROM sbx.deliveries
            WHERE tenant_id = $1 AND sandbox_id = $2 AND id = o.id AND state <> 'delivered'
            FOR UPDATE) AS x
        ON CONFLICT (tenant_id, sandbox_id, id) DO UPDATE
        SET payload = excluded.payload, sealed_payload = excluded.sealed_payload,
            state = excluded.state, attempts = excluded.attempts,
            round_attempts = excluded.round_attempts, due_at = excluded.due_at,
            due_virtual = excluded.due_virtual, last_status = excluded.last_status,
            last_error = excluded.last_error, updated_at = excluded.updated_at
        """)

    private static let failingStatement = Statement(
        "delivery_endpoint_failing",
        """
        UPDATE sbx.webhook_endpoints
        SET failing_since = $4
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        """)

    private static let disableStatement = Statement(
        "delivery_endpoint_disable",
        """
        UPDATE sbx.webhook_endpoints
        SET state = 'disabled', disabled_reason = $4, disabled_at = $5, updated_at = $5
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3 AND state = 'enabled'
        """)

    private static let moveStatement = Statement(
        "delivery_move_pending",
        """
        UPDATE sbx.deliveries
        SET state = $6, due_at = greatest(due_at, $4), updated_at = $4
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3 AND state = $5
        """)

    private static let abandonStatement = Statement(
        "delivery_abandon_of_endpoint",
        """
        UPDATE sbx.deliveries
        SET state = 'abandoned', updated_at = $4
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
            AND state IN ('pending', 'held')
        """)
}

extension DeliveryLane {
    /// `$1` to `$3`.
    var values: [PostgresValue] { [.id(tenant), .id(sandbox), .id(endpoint)] }
}
