import Access
import Postgres
import Runtime

/// What the world's own transactions do to webhook deliveries: make them with their events, and
/// take back those whose events never happened.
package enum DeliveryWrites {
    /// One delivery for each event of this very commit and each endpoint that wants it; for one with
    /// an address of its own a single one, of the endpoint that the sandbox's callbacks have. Behind the events'
    /// own inserts.
    static func fanOut(_ access: SandboxAccess, _ head: WorldHead, at wall: WallInstant) -> Call {
        Call(
            fanOutStatement, .id(access.tenant), .id(access.sandbox), .id(head.layer),
            .int(head.stamp.revision), .instant(wall), .int(wall.milliseconds))
    }

    /// For the transaction that takes a sandbox's head back to a point: pending deliveries of
    /// events after the point's `revision` become `abandoned`. A revision is never used twice, and
    /// what was pending of other branches was abandoned when they were left. What was sent stays
    /// as it is, with its branch.
    static func abandonUndone(
        _ access: SandboxAccess, after revision: Int64, at wall: WallInstant
    ) -> Call {
        Call(
            abandonStatement, .id(access.tenant), .id(access.sandbox), .int(revision),
            .instant(wall))
    }

    /// What is signed and sent for the event `e`: its document; of what a contract declares as a
    /// webhook or callback the body alone, as the contract has it, and nothing where it has none.
    package static let payload = """
        CASE WHEN e.type LIKE 'webhook.%' OR e.target IS NOT NULL
                THEN coalesce(nullif((e.document #> '{data,object}')::text, 'null'), '')
                ELSE e.document::text END
        """

    /// Ids are ULIDs: 48 bits of milliseconds, then the event's number in the commit, then a hash.
    private static let fanOutStatement = Statement(
        "deliveries_fan_out",
        """
        INSERT INTO sbx.deliveries (
            tenant_id, sandbox_id, id, endpoint_id, layer_id, revision, event_id, event_type,
            payload, target, state, due_at, created_at, updated_at)
        SELECT
            w.tenant_id, w.sandbox_id,
            (lpad(to_hex($6::bigint), 12, '0') || lpad(to_hex(e.n), 4, '0')
                || left(md5(w.id::text || e.layer_id::text || e.id), 16))::uuid,
            w.id, e.layer_id, e.revision, e.id, e.type, \(payload), e.target,
            'pending',
            $5::timestamptz + w.first_delay_us * interval '1 microsecond', $5, $5
        FROM sbx.webhook_endpoints w
        JOIN sbx.events e
            ON e.tenant_id = w.tenant_id AND e.layer_id = $3 AND e.revision = $4
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.state = 'enabled'
            AND CASE WHEN coalesce(e.target ->> 'url', '') = ''
                    THEN w.id <> w.sandbox_id AND e.type LIKE ANY (w.patterns)
                    ELSE w.id = w.sandbox_id END
        """)

    private static let abandonStatement = Statement(
        "deliveries_abandon_undone",
        """
        UPDATE sbx.deliveries
        SET state = 'abandoned', updated_at = $4
        WHERE tenant_id = $1 AND sandbox_id = $2 AND state IN ('pending', 'held')
            AND revision > $3
        """)
}
