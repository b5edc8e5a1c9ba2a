import Access
import Identifiers
import Runtime
import Tenancy
import Testing

@testable import Gateway

@Suite struct `A quota of calls` {
    private static let newYear = CallDay(of: WallInstant(microseconds: 1_767_225_600_000_000))
    private let quota = CallQuota(tenant: TenantID(high: 1, low: 2))

    private func quotas(day: Int, month: Int) -> Quotas {
        var limits = TenantLimits()
        (limits.callsPerDay, limits.callsPerMonth) = (day, month)
        return Quotas(limits)
    }

    private func standing(
        _ period: CallQuota.Standing.Period, _ quota: Int, remaining: Int
    ) -> CallQuota.Standing {
        CallQuota.Standing(period: period, quota: quota, remaining: remaining)
    }

    @Test func `admits as many calls as the day grants, and tells what is left`() {
        let quotas = quotas(day: 2, month: 10)
        for remaining in [1, 0] {
            #expect(
                quota.check(quotas, on: Self.newYear)
                    == .admitted(standing(.day, 2, remaining: remaining)))
            _ = quota.count(on: Self.newYear)
        }
        #expect(
            quota.check(quotas, on: Self.newYear) == .refused(standing(.day, 2, remaining: -1)))
    }

    @Test func `begins anew with the day, and the month goes on`() {
        let quotas = quotas(day: 2, month: 3)
        for _ in 0..<2 { _ = quota.count(on: Self.newYear) }
        let next = Self.newYear.adding(days: 1)
        #expect(quota.check(quotas, on: next) == .admitted(standing(.month, 3, remaining: 0)))
        _ = quota.count(on: next)
        #expect(quota.check(quotas, on: next) == .refused(standing(.month, 3, remaining: -1)))
        let february = Self.newYear.adding(days: 31)
        #expect(quota.check(quotas, on: february) == .admitted(standing(.day, 2, remaining: 1)))
    }

    @Test func `the month refuses before the day, as it lasts longer`() {
        _ = quota.count(on: Self.newYear)
        #expect(
            quota.check(quotas(day: 1, month: 1), on: Self.newYear)
                == .refused(standing(.month, 1, remaining: -1)))
    }

    @Test func `a quota of nothing admits nothing`() {
        #expect(
            quota.check(quotas(day: 0, month: 5), on: Self.newYear)
                == .refused(standing(.day, 0, remaining: -1)))
    }

    @Test func `adds what others have told to what it has not told itself`() {
        #expect(quota.count(on: Self.newYear))
        #expect(!quota.count(on: Self.newYear))
        quota.know(CallCounts(day: 5, month: 9), on: Self.newYear)
        #expect(
            quota.check(quotas(day: 10, month: 100), on: Self.newYear)
                == .admitted(standing(.day, 10, remaining: 2)))
        // Told: the database's next count includes the two.
        let told = quota.take()
        #expect(told == [CountedCalls(tenant: TenantID(high: 1, low: 2), day: Self.newYear, calls: 2)])
        quota.know(CallCounts(day: 7, month: 11), on: Self.newYear)
        #expect(
            quota.check(quotas(day: 10, month: 100), on: Self.newYear)
                == .admitted(standing(.day, 10, remaining: 2)))
        #expect(quota.take().isEmpty)
    }

    @Test func `what could not be told is told the next time`() {
        _ = quota.count(on: Self.newYear)
        for counted in quota.take() { quota.putBack(counted) }
        _ = quota.count(on: Self.newYear)
        #expect(quota.take().map(\.calls) == [2])
    }

    @Test func `a count that was read before something was told does not lower it`() {
        for _ in 0..<3 { _ = quota.count(on: Self.newYear) }
        _ = quota.take()
        quota.know(CallCounts(day: 0, month: 0), on: Self.newYear)
        #expect(
            quota.check(quotas(day: 3, month: 100), on: Self.newYear)
                == .refused(standing(.day, 3, remaining: -1)))
    }

    @Test func `days and months are those of UTC`() {
        let lastSecond = CallDay(of: WallInstant(microseconds: 1_767_225_599_999_999))
        #expect(lastSecond.text == "2025-12-31")
        #expect(lastSecond.month.text == "2025-12-01")
        #expect(lastSecond.daysOfMonth == 31)
        #expect(Self.newYear.text == "2026-01-01")
        #expect(Self.newYear.adding(days: 58).daysOfMonth == 28)
    }
}
