package import Access
package import Identifiers
import Postgres

/// Limits of a tenant that several gateways share, as the database holds them: buckets from which
/// slices are taken, and slots for calls in flight.
///
/// A bucket is one row, which its takers lock in turn; what all gateways have taken together is never
/// more than one bucket would have admitted. Time is the database's, so that clocks of gateways may
/// differ.
package struct SharedLimits: Sendable {
    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// Whose bucket it is, by 128 bits, and its rule.
    package struct Bucket: Sendable {
        package let owner: (high: UInt64, low: UInt64)
        package let nanosecondsPerCall: Int64
        package let burst: Int

        package init(
            owner: (high: UInt64, low: UInt64), nanosecondsPerCall: Int64, burst: Int
        ) {
            precondition(nanosecondsPerCall > 0 && burst > 0, "a bucket that admits nothing")
            self.owner = owner
            self.nanosecondsPerCall = nanosecondsPerCall
            self.burst = burst
        }
    }

    /// What was taken.
    package struct Slice: Sendable, Hashable {
        /// Calls that the taker may admit, up to what it asked for.
        package let calls: Int
        /// Nanoseconds until the bucket is full again.
        package let aheadNanoseconds: Int64

        package init(calls: Int, aheadNanoseconds: Int64) {
            self.calls = calls
            self.aheadNanoseconds = aheadNanoseconds
        }
    }

    /// Takes up to `calls` from the bucket. `aheadNanoseconds` is how long the taker's own memory of
    /// the bucket needs to be full again: what it admitted while it stood alone.
    package func take(
        _ calls: Int, from bucket: Bucket, knowing aheadNanoseconds: Int64,
        as access: TenantAccess
    ) async throws(TenancyError) -> Slice {
        try await storing {
            try await database.transaction(as: access.withoutTrail) { transaction in
                let tenant = PostgresValue.id(access.tenant)
                let owner = PostgresValue.uuid(high: bucket.owner.high, low: bucket.owner.low)
                transaction.enqueue(Call(Self.open, tenant, owner, .int(aheadNanoseconds)))
                let rows = try await transaction.run(
                    Call(
                        Self.take, tenant, owner, .int(bucket.nanosecondsPerCall),
                        .int(Int64(bucket.burst)), .int(Int64(calls))))
                return Slice(calls: Int(rows[0].int(0)), aheadNanoseconds: max(0, rows[0].int(1)))
            }
        }
    }

    /// Sets the gateway's slots to `slots`, or to what others have left of `limit`. Answers how many
    /// it has. They end after `Limits.slotLeaseSeconds` unless the gateway's beat renews them.
    package func takeSlots(
        _ slots: Int, of limit: Int, for gateway: GatewayID, as access: TenantAccess
    ) async throws(TenancyError) -> Int {
        try await storing {
            try await database.transaction(as: access.withoutTrail) { transaction in
                let tenant = PostgresValue.id(access.tenant)
                transaction.enqueue(Call(Self.lockSlots, tenant))
                let rows = try await transaction.run(
                    Call(
                        Self.takeSlots, tenant, .id(gateway), .int(Int64(slots)),
                        .int(Int64(limit))))
                return Int(rows[0].int(0))
            }
        }
    }

    private static let now = "(extract(epoch FROM now()) * 1000000)::bigint * 1000"

    private static let open = Statement(
        "shared_bucket_open",
        """
        INSERT INTO sbx.rate_buckets AS bucket (tenant_id, bucket_id, arrival_ns, granted)
        VALUES ($1, $2, \(now) + $3, 0)
        ON CONFLICT (tenant_id, bucket_id) DO UPDATE
        SET arrival_ns = greatest(bucket.arrival_ns, EXCLUDED.arrival_ns)
        """)

    private static let take = Statement(
        "shared_bucket_take",
        """
        UPDATE sbx.rate_buckets AS bucket
        SET granted = least($5, sbx.bucket_tokens(bucket.arrival_ns, clock.now_ns, $3, $4)),
            arrival_ns = greatest(bucket.arrival_ns, clock.now_ns)
                + $3 * least($5, sbx.bucket_tokens(bucket.arrival_ns, clock.now_ns, $3, $4))
        FROM (SELECT \(now) AS now_ns) AS clock
        WHERE bucket.tenant_id = $1 AND bucket.bucket_id = $2
        RETURNING bucket.granted, bucket.arrival_ns - clock.now_ns
        """)

    /// One gateway at a time: what others hold is read behind this.
    private static let lockSlots = Statement(
        "shared_slots_lock",
        """
        INSERT INTO sbx.flight_slots AS slots (tenant_id, gateway_id, slots, expires_at)
        VALUES ($1, '00000000-0000-0000-0000-000000000000', 0, 'infinity')
        ON CONFLICT (tenant_id, gateway_id) DO UPDATE SET slots = 0
        """)

    private static let takeSlots = Statement(
        "shared_slots_take",
        """
        INSERT INTO sbx.flight_slots (tenant_id, gateway_id, slots, expires_at)
        SELECT $1, $2, greatest(least($3, $4 - others.slots), 0),
            now() + interval '\(Access.Limits.slotLeaseSeconds) seconds'
        FROM (
            SELECT coalesce(sum(slots), 0)::bigint AS slots
            FROM sbx.flight_slots
            WHERE tenant_id = $1 AND gateway_id <> $2 AND expires_at > now()
        ) AS others
        ON CONFLICT (tenant_id, gateway_id) DO UPDATE
        SET slots = EXCLUDED.slots, expires_at = EXCLUDED.expires_at
        RETURNING slots
        """)
}
