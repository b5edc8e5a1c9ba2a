import Contracts
package import Identifiers
package import Postgres
package import Runtime

/// Everything that `sbx_system` may say, in this one file: that role is not bound by row-level
/// security, so its statements are few, listed in ``statements`` and read in review. A test
/// compares the list with this file.
package struct SystemWork: Sendable {
    let postgres: Postgres

    /// `postgres` connects as `sbx_system`.
    package init(systemRole postgres: Postgres) {
        self.postgres = postgres
    }

    package static let statements: [Statement] = [
        ensurePartitions, dropPartitions, expiredSandboxes, listTenants, readTenant, setTenantLimits, notify,
        markedLayers, claimClocks, dueDeliveries, wakeDeliveries, readSigningKeys,
        insertSigningKey, endSigningKeys,
    ] + sweeps + auditStatements + usageStatements + gatewayStatements + callCountStatements

    /// Makes the partitions of the request log and of foreign spans from `now`'s day on, yesterday's
    /// included because calls that began before midnight are written after it. Returns how many were
    /// missing.
    @discardableResult
    package func ensurePartitions(
        now: WallInstant, days: Int = Limits.partitionDaysAhead
    ) async throws(PostgresError) -> Int {
        let yesterday = WallInstant(microseconds: now.microseconds - 86_400_000_000)
        var made = 0
        for (table, _) in Self.partitioned {
            let call = Call(
                Self.ensurePartitions, .text(table), .instant(yesterday), .int(Int64(days + 1)))
            made += Int(try await postgres.read(call)[0].int(0))
        }
        return made
    }

    /// Drops partitions whose days are over for longer than their rows are kept. Returns how many.
    @discardableResult
    package func dropOldPartitions(now: WallInstant) async throws -> Int {
        var dropped = 0
        for (table, days) in Self.partitioned {
            let kept = WallInstant(microseconds: now.microseconds - Int64(days) * 86_400_000_000)
            let rows = try await postgres.transaction { transaction in
                try await transaction.run(Call(Self.dropPartitions, .text(table), .instant(kept)))
            }
            dropped += Int(rows[0].int(0))
        }
        return dropped
    }

    private static let partitioned = [
        ("request_log", Limits.requestLogDaysKept), ("spans", Limits.spanDaysKept),
    ]

    /// Sandboxes whose time is over, oldest end first.
    package func expiredSandboxes(now: WallInstant) async throws(PostgresError) -> [SandboxLocation] {
        let rows = try await postgres.read([
            Call(Self.expiredSandboxes, .instant(now), .int(Int64(Limits.expiredSandboxesPerSweep)))
        ])[0]
        return (0..<rows.count).map { index in
            let row = rows[index]
            return SandboxLocation(
                tenant: row.id(0), sandbox: row.id(1), slug: row.text(2), state: .ready,
                expiresAt: row.instant(3))
        }
    }

    /// Layers that have lost a pointer or grown a long chain, oldest mark first.
    package func markedLayers(rows: Int) async throws(PostgresError) -> [MarkedLayer] {
        let found = try await postgres.read([Call(Self.markedLayers, .int(Int64(rows)))])[0]
        return found.map { MarkedLayer(tenant: $0.id(0), sandbox: $0.id(1), layer: $0.id(2)) }
    }

    /// Takes clocks that somebody must look after at `now`, earliest first, for as long as `lease`
    /// lasts. What others have taken is passed over.
    package func claimClocks(
        now: WallInstant, lease: Duration, rows: Int
    ) async throws(PostgresError) -> [ClaimedClock] {
        let claim = Call(
            Self.claimClocks, .instant(now), .instant(now + lease), .int(Int64(rows)))
        let found = try await postgres.read([claim])[0]
        return found.map { ClaimedClock(tenant: $0.id(0), sandbox: $0.id(1)) }
    }

    /// Tenants with their limits and counts, newest first, those before `before`.
    package func tenants(before: TenantID, rows: Int) async throws(PostgresError) -> Rows {
        try await postgres.read(Call(Self.listTenants, .id(before), .int(Int64(rows))))
    }

    package func tenant(_ id: TenantID) async throws(PostgresError) -> Rows {
        try await postgres.read(Call(Self.readTenant, .id(id)))
    }

    /// Sets all of them, in the order of ``limitColumns``; null is the platform's default. Gateways
    /// are told to drop what they remember; the tenant's audit log gets `entry`.
    package func setLimits(
        of tenant: TenantID, _ limits: [Int?], leaving entry: AuditEntry, as access: OperatorAccess
    ) async throws -> Rows {
        let values = limits.map { $0.map { PostgresValue.int(Int64($0)) } ?? .null }
        return try await postgres.transaction { transaction in
            transaction.enqueue(Call(Self.notify, .text("sbx_invalidate"), .text("tenant:\(tenant)")))
            let changed = try await transaction.run(
                Call(Self.setTenantLimits, values: [.id(tenant)] + values))
            if changed.count == 1 { transaction.enqueue(Self.audit(entry, in: tenant, as: access)) }
            return changed
        }
    }

    /// The issuer's keys that are trusted at `now`, oldest first.
    package func signingKeys(now: WallInstant) async throws(PostgresError) -> [StoredSigningKey] {
        let rows = try await postgres.read(Call(Self.readSigningKeys, .instant(now)))
        return (0..<rows.count).map { StoredSigningKey(rows[$0]) }
    }

    /// Stores new keys, and with `end` says until when others of the same algorithms are trusted;
    /// an earlier end stands. Gateways are told to read again. Who has asked for it is nil when the
    /// keys' age has.
    package func add(
        _ keys: [StoredSigningKey], ending end: SigningKeyEnd?, as access: OperatorAccess?
    ) async throws {
        try await postgres.transaction { transaction in
            if let end {
                let algorithms = PostgresValue.textArray(keys.map(\.algorithm))
                transaction.enqueue(
                    Call(
                        Self.endSigningKeys, algorithms, .instant(end.instant),
                        .bool(end.sparesSuccessors)))
            }
            for key in keys {
                transaction.enqueue(
                    Call(
                        Self.insertSigningKey, .text(key.kid), .text(key.algorithm),
                        .bytes(key.sealed), .instant(key.createdAt), .instant(key.signsFrom)))
            }
            transaction.enqueue(
                Call(Self.notify, .text("sbx_invalidate"), .text("signing_keys")))
            guard let access else { return }
            let entry = AuditEntry(
                "rotate_signing_keys", subject: "signing_keys",
                details: ["after": .array(keys.map { .string($0.kid) })])
            transaction.enqueue(Self.audit(entry, in: Self.platformTenant, as: access))
        }
    }

    /// Removes credentials that have ended: the issuer's codes, tokens and proofs, and sign-ins.
    package func sweepCredentials(now: WallInstant) async throws {
        try await postgres.transaction { transaction in
            for sweep in Self.sweeps { transaction.enqueue(Call(sweep, .instant(now))) }
        }
    }

    private static let readSigningKeys = Statement(
        "system_read_signing_keys",
        """
        SELECT kid, algorithm, sealed, created_at, signs_from, trusted_until
        FROM sbx.directory_signing_keys
        WHERE trusted_until IS NULL OR trusted_until > $1
        ORDER BY signs_from, kid
        """)

    private static let insertSigningKey = Statement(
        "system_insert_signing_key",
        """
        INSERT INTO sbx.directory_signing_keys (kid, algorithm, sealed, created_at, signs_from)
        VALUES ($1, $2, $3, $4, $5)
        """)

    private static let endSigningKeys = Statement(
        "system_end_signing_keys",
        """
        UPDATE sbx.directory_signing_keys
        SET trusted_until = least(trusted_until, $2)
        WHERE algorithm = ANY ($1) AND (NOT $3 OR signs_from < $2)
        """)

    private static let sweeps: [Statement] = [
        "used_proofs", "revoked_tokens", "device_codes", "directory_user_codes", "refresh_tokens",
        "authorization_codes", "authorization_requests", "oauth_grants", "directory_sessions", "sessions",
    ].map { table in
        Statement("system_sweep_\(table)", "DELETE FROM sbx.\(table) WHERE expires_at <= $1")
    }

    /// Endpoints with a delivery that is due, `limit` at most, those excepted whose lanes other
    /// workers serve. What waited for a sandbox's own clock becomes due first, if that has come.
    package func dueDeliveryLanes(
        for worker: WorkerID, now: WallInstant, limit: Int
    ) async throws -> [DeliveryLane] {
        let rows = try await postgres.transaction { transaction in
            transaction.enqueue(Call(Self.wakeDeliveries, .instant(now)))
            return try await transaction.run(
                Call(Self.dueDeliveries, .instant(now), .int(Int64(limit)), .id(worker)))
        }
        return rows.map { row in
            DeliveryLane(tenant: row.id(0), sandbox: row.id(1), endpoint: row.id(2))
        }
    }

    /// What the operator may set of a tenant.
    package static let limitColumns =
        "rate_per_second, burst, in_flight, sandboxes_max, calls_per_day, calls_per_month"

    private static let tenantColumns = "tenant_id, name, \(limitColumns), sandbox_count, created_at"

    private static let listTenants = Statement(
        "system_list_tenants",
        """
        SELECT \(tenantColumns)
        FROM sbx.tenants
        WHERE tenant_id < $1
        ORDER BY tenant_id DESC
        LIMIT $2
        """)

    private static let readTenant = Statement(
        "system_read_tenant",
        """
        SELECT \(tenantColumns)
        FROM sbx.tenants
        WHERE tenant_id = $1
        """)

    private static let setTenantLimits = Statement(
        "system_set_tenant_limits",
        """
        UPDATE sbx.tenants
        SET (\(limitColumns)) = ROW($2, $3, $4, $5, $6, $7)
        WHERE tenant_id = $1
        RETURNING \(tenantColumns)
        """)

    static let notify = Statement("system_notify", "SELECT pg_notify($1, $2)")

    private static let ensurePartitions = Statement(
        "system_ensure_partitions",
        "SELECT sbx.ensure_partitions($1, ($2::timestamptz AT TIME ZONE 'UTC')::date, $3::integer)")

    private static let dropPartitions = Statement(
        "system_drop_partitions",
        "SELECT sbx.drop_partitions($1, ($2::timestamptz AT TIME ZONE 'UTC')::date)")

    private static let claimClocks = Statement(
        "system_claim_clocks",
        """
        UPDATE sbx.sandbox_heads h
        SET clock_claimed_until = $2
        FROM (
            SELECT due.tenant_id, due.sandbox_id
            FROM sbx.sandbox_heads due
            WHERE due.wake_at <= $1
                AND (due.clock_claimed_until IS NULL OR due.clock_claimed_until <= $1)
            ORDER BY due.wake_at
            LIMIT $3
            FOR UPDATE SKIP LOCKED
        ) claimed
        WHERE h.tenant_id = claimed.tenant_id AND h.sandbox_id = claimed.sandbox_id
        RETURNING h.tenant_id, h.sandbox_id
        """)

    private static let expiredSandboxes = Statement(
        "system_expired_sandboxes",
        """
        SELECT tenant_id, sandbox_id, slug, expires_at
        FROM sbx.directory_slugs
        WHERE expires_at <= $1
        ORDER BY expires_at
        LIMIT $2
        """)

    /// Jumps along the index from endpoint to endpoint, so that it reads one entry of each however
    /// many are waiting there.
    private static let dueDeliveries = Statement(
        "system_due_deliveries",
        """
        WITH RECURSIVE lanes AS (
            (SELECT tenant_id, sandbox_id, endpoint_id, due_at
            FROM sbx.deliveries
            WHERE state = 'pending' AND due_virtual IS NULL
            ORDER BY tenant_id, sandbox_id, endpoint_id, due_at
            LIMIT 1)
            UNION ALL
            SELECT n.tenant_id, n.sandbox_id, n.endpoint_id, n.due_at
            FROM lanes l
            CROSS JOIN LATERAL (
                SELECT d.tenant_id, d.sandbox_id, d.endpoint_id, d.due_at
                FROM sbx.deliveries d
                WHERE d.state = 'pending' AND d.due_virtual IS NULL
                    AND (d.tenant_id, d.sandbox_id, d.endpoint_id)
                        > (l.tenant_id, l.sandbox_id, l.endpoint_id)
                ORDER BY d.tenant_id, d.sandbox_id, d.endpoint_id, d.due_at
                LIMIT 1) n
        )
        SELECT tenant_id, sandbox_id, endpoint_id
        FROM lanes
        WHERE due_at <= $1 AND NOT EXISTS (
            SELECT 1
            FROM sbx.delivery_lanes taken
            WHERE taken.tenant_id = lanes.tenant_id AND taken.sandbox_id = lanes.sandbox_id
                AND taken.endpoint_id = lanes.endpoint_id
                AND taken.ends_at > $1 AND taken.worker_id <> $3)
        ORDER BY due_at
        LIMIT $2
        """)

    private static let wakeDeliveries = Statement(
        "system_wake_deliveries",
        """
        UPDATE sbx.deliveries d
        SET due_at = $1::timestamptz, due_virtual = NULL
        FROM sbx.sandbox_heads h
        WHERE d.state = 'pending' AND d.due_virtual IS NOT NULL
            AND h.tenant_id = d.tenant_id AND h.sandbox_id = d.sandbox_id
            AND d.due_virtual <= CASE h.clock_mode
                WHEN 'frozen' THEN h.clock_frozen_at
                ELSE $1::timestamptz + h.clock_offset_us * interval '1 microsecond' END
        """)

    private static let markedLayers = Statement(
        "system_marked_layers",
        """
        SELECT tenant_id, sandbox_id, id
        FROM sbx.layers
        WHERE sweep_at IS NOT NULL
        ORDER BY sweep_at
        LIMIT $1
        """)
}

/// A layer of a world that the sweep shall look at. Only ``SystemWork`` makes it.
package struct MarkedLayer: Sendable {
    package let tenant: TenantID
    package let sandbox: SandboxID
    package let layer: LayerID

    fileprivate init(tenant: TenantID, sandbox: SandboxID, layer: LayerID) {
        self.tenant = tenant
        self.sandbox = sandbox
        self.layer = layer
    }
}

/// A sandbox whose clock a worker looks after. Only ``SystemWork`` makes it.
package struct ClaimedClock: Sendable {
    package let tenant: TenantID
    package let sandbox: SandboxID

    fileprivate init(tenant: TenantID, sandbox: SandboxID) {
        self.tenant = tenant
        self.sandbox = sandbox
    }
}
