import Access
import Contracts
import PlatformSupport
import Runtime
import Tenancy
import Testing

@testable import Simulators

@Suite struct `The virtual clock` {
    private static let start = ClockBench.start

    @Test func `fires by instant, then by the id's bytes, and stands at the target`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            try await bench.schedule([
                Alarm.timer("late", at: Self.start + 7_200), Alarm.timer("b", at: Self.start + 60),
                Alarm.timer("a", at: Self.start + 60), Alarm.timer("Z", at: Self.start + 60),
                Alarm.timer("after", at: Self.start + 3_601),
            ])
            let outcome = try await bench.engine.advance(.by(hour), as: bench.access)
            #expect(outcome.fired.map(\.timer.id) == ["Z", "a", "b"])
            #expect(outcome.firedCount == 3)
            #expect(outcome.now == Self.start + 3_600)
            #expect(outcome.mode == .frozen(at: Self.start + 3_600))
            #expect(outcome.next?.id == "after")
            #expect(!outcome.isPartial)
            #expect(outcome.foundEvent == nil)
            let head = try await bench.head()
            #expect(head.clock.now(at: platform.clock.now()) == Self.start + 3_600)
            #expect(head.advance == nil)
        }
    }

    @Test func `every instant takes one tick, and a firing draws from its own`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            try await bench.schedule([
                Alarm.timer("a", at: Self.start + 1), Alarm.timer("b", at: Self.start + 1),
                Alarm.timer("c", at: Self.start + 2), Alarm.timer("d", at: Self.start + 3),
            ])
            let before = try await bench.head().stamp
            let outcome = try await bench.engine.advance(.by(hour), as: bench.access)
            let after = try await bench.head().stamp
            #expect(after.tick == before.tick + 3)
            #expect(after.revision == before.revision + 3)
            let events = outcome.fired.flatMap(\.effects).compactMap { effect -> String? in
                if case .emitted(let id, _) = effect { id } else { nil }
            }
            var draws = Draws(seed: 7, salt: 0, tick: before.tick + 2, rule: "id:evt")
            #expect(events.count == 4)
            #expect(events[2] == draws.identifier(prefix: "evt"))
        }
    }

    @Test func `graphs live on: a timer takes its transition and sets the next`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            let key = try await bench.call { world in
                let id = world.drawID("prc")
                var parcel = EntityDraft(
                    new: EntityKey(contract: "payments", type: "parcel", id: id),
                    document: ["id": .string(id)])
                _ = try await ParcelGraph.engine().fire(
                    .call("create_parcel"), on: &parcel, in: world, ParcelGraph.Domain()
                ).get()
                return parcel.key
            }
            let outcome = try await bench.engine.advance(.by(days(60)), as: bench.access)
            #expect(
                outcome.lines == [
                    "\(key.id):pickup 2026-01-05T22:00:00.000Z",
                    "\(key.id):loss 2026-02-04T22:00:00.000Z",
                ])
            #expect(outcome.fired[0].effects.contains(.changed(key, version: 2)))
            let parcel = try await bench.engine.world.entity(key, as: bench.access).entity
            #expect(try parcel?.json["status"] == "lost")
            let counts = try await bench.engine.world.transitionCounts(
                contract: "payments", type: "parcel", as: bench.access)
            #expect(counts == ["parcel/pack": 1, "parcel/pick_up": 1, "parcel/lose": 1])
        }
    }

    @Test func `what a firing schedules for the same instant fires in it`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            try await bench.schedule([
                Alarm.timer("a", at: Self.start + 5, again: 2), Alarm.timer("b", at: Self.start + 5),
                Alarm.timer("c", at: Self.start + 6),
            ])
            let before = try await bench.head().stamp.tick
            let outcome = try await bench.engine.advance(.by(hour), as: bench.access)
            #expect(outcome.fired.map(\.timer.id) == ["a", "a+", "a++", "b", "c"])
            #expect(try await bench.head().stamp.tick == before + 2)
        }
    }

    @Test func `a preview answers the same and leaves nothing`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, jobs: [settlement])
            try await bench.schedule((0..<40).map { Alarm.timer("t\($0)", at: Self.start + $0 % 7 * 86_400) })
            let before = try await bench.head()
            let preview = try await bench.engine.preview(.by(days(30)), as: bench.access)
            let between = try await bench.head()
            #expect(between.stamp == before.stamp)
            #expect(between.clock == before.clock)
            let outcome = try await bench.engine.advance(.by(days(30)), as: bench.access)
            #expect(preview.fired == outcome.fired)
            #expect(preview.next == outcome.next)
            #expect(preview.now == outcome.now)
            #expect(outcome.firedCount == 40 + 20)
        }
    }

    @Test func `daily jobs keep to business days and set themselves again`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, jobs: [settlement])
            let outcome = try await bench.engine.advance(.by(days(20)), as: bench.access)
            let days = outcome.fired.map { String($0.timer.dueAt.rfc3339.prefix(10).suffix(2)) }
            // Not on 1 January, weekends, and Martin Luther King Jr. Day, the 19th.
            #expect(
                days == ["02", "05", "06", "07", "08", "09", "12", "13", "14", "15", "16", "20"])
            #expect(outcome.next?.dueAt.rfc3339 == "2026-01-21T13:30:00.000Z")
        }
    }

    @Test func `goes until an event, and no further than the horizon`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, jobs: [settlement])
            try await bench.schedule([
                Alarm.timer("a", at: Self.start + 86_400), Alarm.timer("b", at: Self.start + 86_400),
                Alarm.timer("c", at: Self.start + 86_401),
            ])
            let found = try await bench.engine.advance(
                .untilEvent("alarm.rang", horizon: days(30)), as: bench.access)
            #expect(found.fired.map(\.timer.id) == ["a", "b"])
            #expect(found.now == Self.start + 86_400)
            #expect(found.foundEvent == true)
            let none = try await bench.engine.advance(
                .untilEvent("parcel.lost", horizon: days(2)), as: bench.access)
            #expect(none.foundEvent == false)
            #expect(none.now == Self.start + 3 * 86_400)
        }
    }

    @Test func `goes by business days and until the next of a kind`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, jobs: [settlement])
            let days = try await bench.engine.advance(.businessDays(2, .fed), as: bench.access)
            // Midnight in UTC is the evening of 31 December in New York: 2 and 5 January follow.
            #expect(days.now.rfc3339 == "2026-01-06T00:00:00.000Z")
            let next = try await bench.engine.advance(
                .untilTimer(kind: "settlement"), as: bench.access)
            #expect(next.lines == ["job:payments:settlement 2026-01-06T13:30:00.000Z"])
            #expect(next.now.rfc3339 == "2026-01-06T13:30:00.000Z")
        }
    }

    @Test func `refuses to go back, too far, or to what is not scheduled`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform)
            await expectRefusal(bench, .to(Self.start + (-1))) {
                if case .backwards(let now) = $0 { now == Self.start } else { false }
            }
            await expectRefusal(bench, .by(days(40_000))) {
                if case .tooFar = $0 { true } else { false }
            }
            await expectRefusal(bench, .untilTimer(kind: "settlement")) {
                if case .nothingScheduled("settlement") = $0 { true } else { false }
            }
            #expect(try await bench.head().stamp.tick == 0)
        }
    }

    @Test func `freezes and runs on`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, mode: .running)
            let frozen = try await bench.engine.freeze(as: bench.access)
            #expect(frozen.mode == .frozen(at: Self.start))
            _ = try await bench.engine.advance(.by(hour), as: bench.access)
            let resumed = try await bench.engine.resume(as: bench.access)
            #expect(resumed.now == Self.start + 3_600)
            guard case .running = resumed.mode else {
                Issue.record("it runs")
                return
            }
            let head = try await bench.head()
            #expect(head.now(at: platform.clock.now()) == Self.start + 3_600)
            #expect(head.clock.epoch == 3)
        }
    }

    @Test func `a running clock that is advanced runs on from there`() async throws {
        try await TestPlatform.shared.run { platform in
            let bench = try await ClockBench(platform, mode: .running)
            let outcome = try await bench.engine.advance(.by(days(1)), as: bench.access)
            let head = try await bench.head()
            #expect(head.clock.modeName == "running")
            #expect(head.now(at: platform.clock.now()) == outcome.now)
        }
    }

    private func expectRefusal(
        _ bench: ClockBench, _ request: ClockRequest, _ fits: (ClockError) -> Bool
    ) async {
        do throws(ClockError) {
            _ = try await bench.engine.advance(request, as: bench.access)
            Issue.record("\(request) was not refused")
        } catch {
            #expect(fits(error), "\(error)")
        }
    }
}

let settlement = VirtualJob(
    contract: "payments", kind: "settlement", calendar: .fed, time: LocalTime(hour: 8, minute: 30))

var hour: ISODuration { duration("PT1H") }

func days(_ count: Int) -> ISODuration { duration("P\(count)D") }

private func duration(_ text: String) -> ISODuration {
    guard let duration = ISODuration(text) else { preconditionFailure("a duration: \(text)") }
    return duration
}
