import Access
import Contracts
import PlatformSupport
import Runtime
import Tenancy
import Testing

@testable import Simulators

@Suite(.serialized) struct `A clock's moves` {
    private static let start = ClockBench.start

    /// More than one transaction fires.
    private static let many = (0..<1_300).map { n in
        Alarm.timer("t\(n)", at: ClockBench.start + Int64(n / 3) * 60)
    }

    @Test func `one that was killed is at a whole instant, and ends as if it had not been`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let killed = try await ClockBench(platform)
            let whole = try await ClockBench(platform)
            for bench in [killed, whole] {
                for part in stride(from: 0, to: Self.many.count, by: 100) {
                    try await bench.schedule(Array(Self.many[part..<part + 100]))
                }
            }
            let target = ClockRequest.by(days(3))
            var run = ClockRun()
            let begun = try await killed.engine.world.clockTransaction(as: killed.access) { world in
                try await killed.engine.step(&run, target, nil, world)
            }
            let found = try await killed.head()
            #expect(found.advance == begun)
            #expect(begun != nil)
            let stands = found.now(at: platform.clock.now())
            #expect(run.fired.allSatisfy { $0.timer.dueAt <= stands })
            let left = try await killed.engine.world.nextTimer(as: killed.access)
            #expect(try #require(left).dueAt > stands)

            try await killed.engine.lookAfter(killed.access)
            let outcome = try await whole.engine.advance(target, as: whole.access)
            #expect(outcome.firedCount == Self.many.count)
            let (one, other) = (try await killed.head(), try await whole.head())
            #expect(one.stamp.tick == other.stamp.tick)
            #expect(one.now(at: platform.clock.now()) == other.now(at: platform.clock.now()))
            #expect(one.advance == nil)
            #expect(try await killed.engine.world.nextTimer(as: killed.access) == nil)
        }
    }

    @Test func `while one is under way, calls and other moves are refused after a while`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            for part in stride(from: 0, to: Self.many.count, by: 100) {
                try await bench.schedule(Array(Self.many[part..<part + 100]))
            }
            var run = ClockRun()
            _ = try await bench.engine.world.clockTransaction(as: bench.access) { world in
                try await bench.engine.step(&run, .by(days(3)), nil, world)
            }
            await #expect(throws: TenancyError.self) {
                try await bench.call { _ in }
            }
            do throws(ClockError) {
                _ = try await bench.engine.advance(.by(hour), as: bench.access)
                Issue.record("a second move has begun")
            } catch {
                guard case .tenancy(.clockAdvancing) = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }

    @Test func `a call on a running clock comes after what was due before it`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, mode: .running)
            try await bench.schedule([
                Alarm.timer("due", at: Self.start), Alarm.timer("later", at: Self.start + 86_400),
            ])
            let before = try await bench.head().stamp.tick
            let seen = try await bench.call { world in world.head.stamp.tick }
            #expect(seen == before + 2)
            let next = try await bench.engine.world.nextTimer(as: bench.access)
            #expect(next?.id == "later")
            // Nothing is due now, so the next call takes the next tick.
            #expect(try await bench.call { $0.head.stamp.tick } == seen + 1)
        }
    }

    @Test func `a worker finds the clocks that owe something, and no others`() async throws {
        try await TestPlatform.shared.run { platform in
            let owing = try await ClockBench(platform, mode: .running)
            let frozen = try await ClockBench(platform)
            for bench in [owing, frozen] {
                try await bench.schedule([Alarm.timer("due", at: Self.start)])
            }
            let worker = ClockWorker(
                engine: owing.engine, system: platform.systemWork, directory: platform.directory,
                control: platform.control, wallClock: platform.clock)
            // Other tests' clocks may be claimed on the way.
            while try await worker.workOnce(onError: { _ in }) > 0 {}
            #expect(try await owing.engine.world.nextTimer(as: owing.access) == nil)
            #expect(try await frozen.engine.world.nextTimer(as: frozen.access)?.id == "due")
        }
    }

    @Test func `a simulator that fails ends its move at a whole instant before`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            try await bench.schedule([
                Alarm.timer("a", at: Self.start + 60),
                WorldTimer(
                    id: "b", dueAt: Self.start + 120, contract: "payments", type: "nonsense",
                    entityID: "b", kind: "b"),
            ])
            do throws(ClockError) {
                _ = try await bench.engine.advance(.by(hour), as: bench.access)
                Issue.record("nonsense was fired")
            } catch {
                guard case .simulation = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            #expect(try await bench.head().advance == nil)
            #expect(try await bench.call { $0.now } == Self.start)
        }
    }

    /// The bound of a year over 10,000 timers and 100 daily jobs, at the suite's size; the time is
    /// measured in bench.
    @Test func `a year of timers and jobs: total order, the preview's ledger, one firing each`()
        async throws
    {
        try await TestPlatform.shared.run { platform in
            let timers = 10_000 / TestPlatform.sizeDivisor
            let jobs = (0..<100 / TestPlatform.sizeDivisor).map { n in
                VirtualJob(
                    contract: "payments", kind: "job_\(n)", calendar: BusinessCalendar.allCases[n % 3],
                    time: LocalTime(hour: n % 24, minute: n % 60))
            }
            let bench = try await ClockBench(platform, jobs: jobs)
            var draws = Draws(seed: 1, salt: 0, tick: 1, rule: "alarms")
            let alarms = (0..<timers).map { n in
                Alarm.timer("alarm_\(n)", at: Self.start + Int64(draws.below(365 * 86_400)))
            }
            for part in stride(from: 0, to: timers, by: 500) {
                try await bench.schedule(Array(alarms[part..<min(part + 500, timers)]))
            }
            let preview = try await bench.engine.preview(.by(days(365)), as: bench.access)
            let outcome = try await bench.engine.advance(.by(days(365)), as: bench.access)
            #expect(preview.fired == outcome.fired)
            #expect(preview.firedCount == outcome.firedCount)
            #expect(outcome.fired.count == min(outcome.firedCount, 1_000))
            let told = outcome.fired.map(\.timer)
            #expect(zip(told, told.dropFirst()).allSatisfy { WorldTimer.firesBefore($0, $1) })
            #expect(outcome.firedCount > timers + jobs.count * 240)
            #expect(try #require(outcome.next).dueAt > outcome.now)
        }
    }
}
