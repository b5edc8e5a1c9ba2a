import Access
import Identifiers
import Postgres
import Runtime

/// SQL over `delivery_lanes`: who serves the deliveries of an endpoint. `$1` to `$4` are tenant,
/// sandbox, endpoint and worker.
enum LaneStatements {
    /// Takes the lane or renews the worker's lease, unless another worker's lasts or the endpoint
    /// is not enabled. Makes whoever else takes the lane wait for the commit.
    static func take(
        _ lane: DeliveryLane, by worker: WorkerID, at now: WallInstant, until end: WallInstant
    ) -> Call {
        Call(takeStatement, values: values(lane, worker) + [.instant(now), .instant(end)])
    }

    /// What is due of a lane that is the worker's, without the deliveries that it has at hand. The
    /// rows are only read: the lane's lease is theirs.
    static func claim(
        _ lane: DeliveryLane, by worker: WorkerID, at now: WallInstant, without held: [DeliveryID],
        limit: Int
    ) -> Call {
        Call(
            claimStatement,
            values: values(lane, worker) + [
                .instant(now), .uuidArray(held.map { ($0.high, $0.low) }), .int(Int64(limit)),
            ])
    }

    /// Anybody's from now on.
    static func leave(_ lane: DeliveryLane, by worker: WorkerID) -> Call {
        Call(leaveStatement, values: values(lane, worker))
    }

    /// For the deletion of the endpoint.
    static func remove(ofEndpoint endpoint: EndpointID, _ access: SandboxAccess) -> Call {
        Call(removeStatement, .id(access.tenant), .id(access.sandbox), .id(endpoint))
    }

    private static func values(_ lane: DeliveryLane, _ worker: WorkerID) -> [PostgresValue] {
        lane.values + [.id(worker)]
    }

    private static let takeStatement = Statement(
        "delivery_lane_take",
        """
        INSERT INTO sbx.delivery_lanes AS l (
            tenant_id, sandbox_id, endpoint_id, worker_id, ends_at)
        SELECT w.tenant_id, w.sandbox_id, w.id, $4::uuid, $6::timestamptz
        FROM sbx.webhook_endpoints w
        WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3 AND w.state = 'enabled'
        ON CONFLICT (tenant_id, sandbox_id, endpoint_id) DO UPDATE
        SET worker_id = excluded.worker_id, ends_at = excluded.ends_at
        WHERE l.worker_id = excluded.worker_id OR l.ends_at <= $5::timestamptz
        """)

    /// The index has the order of the claim, so that it reads what it claims, passes what is at
    /// hand, and sees no more; what waits for the sandbox's clock is not in it.
    private static let claimStatement = Statement(
        "delivery_claim",
        """
        SELECT d.id, d.layer_id, d.event_id, d.event_type, d.payload, d.sealed_payload,
            d.attempts, d.round_attempts, d.revision, d.target
        FROM sbx.deliveries d
        WHERE d.tenant_id = $1 AND d.sandbox_id = $2 AND d.endpoint_id = $3
            AND d.state = 'pending' AND d.due_virtual IS NULL AND d.due_at <= $5
            AND d.id <> ALL ($6::uuid[])
            AND EXISTS (
                SELECT 1
                FROM sbx.webhook_endpoints w
                WHERE w.tenant_id = $1 AND w.sandbox_id = $2 AND w.id = $3
                    AND w.state = 'enabled')
            AND EXISTS (
                SELECT 1
                FROM sbx.delivery_lanes l
                WHERE l.tenant_id = $1 AND l.sandbox_id = $2 AND l.endpoint_id = $3
                    AND l.worker_id = $4)
        ORDER BY d.due_at, d.revision, d.id
        LIMIT $7
        """)

    private static let leaveStatement = Statement(
        "delivery_lane_leave",
        """
        DELETE FROM sbx.delivery_lanes
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3 AND worker_id = $4
        """)

    private static let removeStatement = Statement(
        "delivery_lane_remove",
        """
        DELETE FROM sbx.delivery_lanes
        WHERE tenant_id = $1 AND sandbox_id = $2 AND endpoint_id = $3
        """)
}
