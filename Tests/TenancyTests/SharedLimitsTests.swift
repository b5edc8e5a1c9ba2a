import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import Testing

/// What gateways take from the database, as several of them see it at once.
@Suite struct `Limits that gateways share` {
    private let shared = SharedLimits(database: TestPlatform.shared.database)

    private func onPlatform<Value: Sendable>(
        _ body: @escaping @Sendable (TestPlatform, TenantAccess) async throws -> Value
    ) async throws -> Value {
        try await TestPlatform.shared.run { platform in
            try await body(platform, try await platform.makeTenant())
        }
    }

    /// One call in an hour, so that the test's own time does not count.
    private func bucket(burst: Int) -> SharedLimits.Bucket {
        SharedLimits.Bucket(
            owner: (7, 7), nanosecondsPerCall: 3_600_000_000_000, burst: burst)
    }

    @Test func `a bucket gives its burst once, whoever takes`() async throws {
        try await onPlatform { [shared] _, access in
            let bucket = bucket(burst: 10)
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await EventLoopGroup.run(on: TestPlatform.shared.loops[1]) {
                            try await shared.take(3, from: bucket, knowing: 0, as: access).calls
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(taken == 10)
        }
    }

    @Test func `what a gateway admitted alone is drawn from the bucket first`() async throws {
        try await onPlatform { [shared] _, access in
            let hours = Int64(3_600_000_000_000)
            let slice = try await shared.take(
                10, from: bucket(burst: 10), knowing: 6 * hours, as: access)
            #expect(slice.calls == 4)
            #expect(slice.aheadNanoseconds >= 10 * hours)
            // Heard again, it is the same draught and not another one.
            #expect(
                try await shared.take(1, from: bucket(burst: 11), knowing: 6 * hours, as: access).calls
                    == 1)
        }
    }

    @Test func `owners and tenants have buckets of their own`() async throws {
        try await onPlatform { [shared] platform, access in
            let other = try await platform.makeTenant()
            for access in [access, other] {
                for owner: UInt64 in [1, 2] {
                    let bucket = SharedLimits.Bucket(
                        owner: (owner, 0), nanosecondsPerCall: 3_600_000_000_000, burst: 2)
                    #expect(
                        try await shared.take(5, from: bucket, knowing: 0, as: access).calls == 2)
                }
            }
        }
    }

    @Test func `a bucket fills with time`() async throws {
        try await onPlatform { [shared] _, access in
            let bucket = SharedLimits.Bucket(owner: (9, 9), nanosecondsPerCall: 1_000, burst: 1_000)
            for _ in 0..<3 {
                // A microsecond a call: after a round trip some are due again.
                let slice = try await shared.take(100, from: bucket, knowing: 0, as: access)
                #expect(slice.calls == 100)
            }
        }
    }

    @Test func `slots are never more than the limit, and those of the dead end`() async throws {
        try await onPlatform { [shared] platform, access in
            let (one, other) = (GatewayID(high: 1, low: access.tenant.low), GatewayID(high: 2, low: access.tenant.low))
            #expect(try await shared.takeSlots(7, of: 10, for: one, as: access) == 7)
            #expect(try await shared.takeSlots(7, of: 10, for: other, as: access) == 3)
            #expect(try await shared.takeSlots(2, of: 10, for: one, as: access) == 2)
            #expect(try await shared.takeSlots(7, of: 10, for: other, as: access) == 7)
            // As after ten seconds without a beat.
            let expire = Statement(
                "test_expire_slots",
                """
                UPDATE sbx.flight_slots SET expires_at = now()
                WHERE tenant_id = $1 AND gateway_id <> '00000000-0000-0000-0000-000000000000'
                """)
            try await platform.database.transaction(as: access) { transaction in
                transaction.enqueue(Call(expire, .id(access.tenant)))
            }
            #expect(try await shared.takeSlots(10, of: 10, for: one, as: access) == 10)
        }
    }

    @Test func `a beat renews slots, and leaving frees them`() async throws {
        try await onPlatform { [shared] platform, access in
            let (one, other) = (GatewayID(high: 3, low: access.tenant.low), GatewayID(high: 4, low: access.tenant.low))
            _ = try await shared.takeSlots(9, of: 10, for: one, as: access)
            #expect(try await platform.systemWork.beat(of: one) >= 1)
            #expect(try await shared.takeSlots(9, of: 10, for: other, as: access) == 1)
            try await platform.systemWork.leave(one)
            #expect(try await shared.takeSlots(9, of: 10, for: other, as: access) == 9)
        }
    }

    @Test func `the sweep takes what is long over and nothing else`() async throws {
        try await onPlatform { [shared] platform, access in
            let bucket = bucket(burst: 5)
            #expect(try await shared.take(5, from: bucket, knowing: 0, as: access).calls == 5)
            try await platform.systemWork.sweepSharedLimits()
            #expect(try await shared.take(5, from: bucket, knowing: 0, as: access).calls == 0)
        }
    }

    @Test func `calls of several gateways add up, by day and month`() async throws {
        try await onPlatform { platform, access in
            let store = TenantStore(
                database: platform.database, clock: platform.clock, random: SystemRandom())
            let today = CallDay(of: WallInstant(microseconds: 1_769_817_600_000_000))
            let tomorrow = today.adding(days: 1)
            func counted(_ calls: Int, _ day: CallDay) -> CountedCalls {
                CountedCalls(tenant: access.tenant, day: day, calls: calls)
            }
            #expect(
                try await platform.systemWork.add([counted(3, today)])
                    == [CallCounts(day: 3, month: 3)])
            // 31 January and 1 February.
            #expect(
                try await platform.systemWork.add([counted(4, today), counted(1, tomorrow)])
                    == [CallCounts(day: 7, month: 7), CallCounts(day: 1, month: 1)])
            #expect(try await store.limits(of: access, on: today).calls == CallCounts(day: 7, month: 7))
            #expect(
                try await store.limits(of: access, on: tomorrow).calls == CallCounts(day: 1, month: 1))
            try await platform.systemWork.sweepCalls(before: tomorrow)
            #expect(try await store.limits(of: access, on: today).calls == CallCounts())
            #expect(
                try await store.limits(of: access, on: tomorrow).calls == CallCounts(day: 1, month: 1))
        }
    }
}
