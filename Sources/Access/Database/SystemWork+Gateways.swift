package import Identifiers
package import Postgres

// Which gateways stand in front of this database, and what the dead have left.
extension SystemWork {
    static let gatewayStatements = [
        seeGateway, countGateways, renewSlots, sweepGateways, sweepSlots, sweepBuckets, removeGateway,
        removeSlots,
    ]

    /// Says that the gateway lives, and renews its slots for calls in flight. Answers how many
    /// gateways live, this one included.
    package func beat(of gateway: GatewayID) async throws -> Int {
        try await postgres.transaction { transaction in
            transaction.enqueue(Call(Self.seeGateway, .id(gateway)))
            transaction.enqueue(Call(Self.renewSlots, .id(gateway)))
            return Int(try await transaction.run(Call(Self.countGateways))[0].int(0))
        }
    }

    /// Tells all gateways that there is another one.
    package func announce(_ gateway: GatewayID) async throws(PostgresError) {
        _ = try await postgres.read(Call(Self.notify, .text("sbx_invalidate"), .text("gateways:\(gateway)")))
    }

    /// The gateway ends: what it holds is free at once.
    package func leave(_ gateway: GatewayID) async throws {
        try await postgres.transaction { transaction in
            transaction.enqueue(Call(Self.removeGateway, .id(gateway)))
            transaction.enqueue(Call(Self.removeSlots, .id(gateway)))
        }
    }

    /// Removes gateways that are long dead, their slots, and buckets that are long full.
    package func sweepSharedLimits() async throws {
        try await postgres.transaction { transaction in
            for sweep in [Self.sweepGateways, Self.sweepSlots, Self.sweepBuckets] {
                transaction.enqueue(Call(sweep))
            }
        }
    }

    private static let seeGateway = Statement(
        "system_see_gateway",
        """
        INSERT INTO sbx.directory_gateways (id, seen_at)
        VALUES ($1, now())
        ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at
        """)

    private static let countGateways = Statement(
        "system_count_gateways",
        """
        SELECT count(*)
        FROM sbx.directory_gateways
        WHERE seen_at > now() - interval '\(Limits.gatewayLifeSeconds) seconds'
        """)

    private static let renewSlots = Statement(
        "system_renew_slots",
        """
        UPDATE sbx.flight_slots
        SET expires_at = now() + interval '\(Limits.slotLeaseSeconds) seconds'
        WHERE gateway_id = $1
        """)

    private static let removeGateway = Statement(
        "system_remove_gateway", "DELETE FROM sbx.directory_gateways WHERE id = $1")

    private static let removeSlots = Statement(
        "system_remove_slots", "DELETE FROM sbx.flight_slots WHERE gateway_id = $1")

    private static let sweepGateways = Statement(
        "system_sweep_gateways",
        "DELETE FROM sbx.directory_gateways WHERE seen_at < now() - interval '1 hour'")

    private static let sweepSlots = Statement(
        "system_sweep_slots",
        "DELETE FROM sbx.flight_slots WHERE expires_at < now() - interval '1 hour'")

    private static let sweepBuckets = Statement(
        "system_sweep_buckets",
        """
        DELETE FROM sbx.rate_buckets
        WHERE arrival_ns < (extract(epoch FROM now() - interval '1 hour') * 1000000)::bigint * 1000
        """)
}
