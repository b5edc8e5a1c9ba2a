import Access
import HTTP
import PlatformSupport
import Postgres
import Runtime
import Testing

@testable import Simulators

@Suite struct `The lane of an endpoint's deliveries` {
    @Test func `is one worker's while leased, and anybody's after`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let other = bench.anotherWorker()
            try await bench.happen()
            let first = try await bench.claim(lane)
            #expect(first.count == 1)
            try await bench.happen()
            // The other sees neither what is held nor what has come since.
            #expect(try await !other.dueLanes(limit: 10_000).contains(lane))
            #expect(try await bench.claim(lane, by: other).isEmpty)
            #expect(try await bench.source.dueLanes(limit: 10_000).contains(lane))

            bench.clock.advance(by: WebhookLimits.lease + .seconds(1))
            #expect(try await other.dueLanes(limit: 10_000).contains(lane))
            let second = try await bench.claim(lane, by: other)
            #expect(second.count == 2 && second[0].id == first[0].id)
            // The first worker was only slow: it finds that no time is left and does nothing.
            let late = await bench.source.run(first[0])
            guard case .unattempted = late.verdict else {
                Issue.record("an attempt without a lease")
                return
            }
            #expect(try await bench.record([late], lane, claiming: 100).isEmpty)
            #expect(try await !bench.source.dueLanes(limit: 10_000).contains(lane))
        }
    }

    @Test func `is renewed by each exchange`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let other = bench.anotherWorker()
            var held: [DeliveryItem] = []
            for _ in 0..<4 {
                let outcomes = await bench.run(held)
                try await bench.happen()
                bench.clock.advance(by: .seconds(20))
                held = try await bench.record(outcomes, lane, claiming: 100)
                #expect(held.count == 1)
                #expect(try await bench.claim(lane, by: other).isEmpty)
            }
        }
    }

    @Test func `is left as soon as nothing of it is held`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let other = bench.anotherWorker()
            for worker in [bench.source, other, bench.source] {
                try await bench.happen()
                let items = try await bench.claim(lane, by: worker)
                #expect(items.count == 1)
                try await bench.record(await bench.run(items), lane, by: worker)
            }
            try await bench.happen()
            let unbegun = try await bench.claim(lane)
            try await bench.record([], lane, releasing: unbegun)
            #expect(try await bench.claim(lane, by: other).map(\.id) == unbegun.map(\.id))
            let left = try await bench.sql(
                "lanes",
                "SELECT count(*) FROM sbx.delivery_lanes WHERE tenant_id = $1 AND sandbox_id = $2")
            #expect(left[0].int(0) == 1)
        }
    }

    @Test func `gives its worker what has come, without what it holds`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            try await bench.happen()
            let first = try await bench.claim(lane)
            #expect(try await bench.claim(lane).isEmpty)
            try await bench.happen()
            let second = try await bench.claim(lane)
            #expect(first.count == 1 && second.count == 1 && first[0].id != second[0].id)
            // Asking for it again while it is held sends it no second time at once.
            _ = try await bench.stores.deliveries.redeliver(first[0].id, as: bench.access)
            #expect(try await bench.claim(lane).isEmpty)
            let outcomes = await bench.run(first + second)
            #expect(try await bench.record(outcomes, lane, claiming: 100).isEmpty)
            #expect(try await bench.received.count == 2)
            #expect(try await bench.deliveries.map(\.state) == [.delivered, .delivered])
        }
    }

    @Test func `counts what two workers have sent as one delivery`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let other = bench.anotherWorker()
            try await bench.happen()
            let first = await bench.run(try await bench.claim(lane))
            bench.clock.advance(by: WebhookLimits.lease + .seconds(1))
            let second = await bench.run(try await bench.claim(lane, by: other))
            for _ in 0..<2 {
                try await bench.record(first, lane)
                try await bench.record(second, lane, by: other)
            }
            #expect(Set(try await bench.received.map(\.id)).count == 1)
            #expect(try await bench.received.count == 2)
            #expect(try await bench.deliveries.map(\.attempts) == [1])
        }
    }

    @Test func `goes with its endpoint`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let (endpoint, _, lane) = try await bench.endpoint()
            try await bench.happen()
            let items = try await bench.claim(lane)
            try await bench.stores.endpoints.delete(endpoint.id, as: bench.access)
            // What has arrived all the same counts as delivered; nobody takes the lane again.
            #expect(try await bench.record(await bench.run(items), lane, claiming: 100).isEmpty)
            #expect(try await bench.deliveries.map(\.state) == [.delivered])
            let left = try await bench.sql(
                "lanes",
                "SELECT count(*) FROM sbx.delivery_lanes WHERE tenant_id = $1 AND sandbox_id = $2")
            #expect(left[0].int(0) == 0)
        }
    }

    @Test func `takes a batch with every kind of outcome in one exchange`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            for number in 0..<5 { try await bench.happen(note: "\(number)") }
            let items = try await bench.claim(lane)
            #expect(items.count == 5)
            var outcomes = await bench.run([items[0], items[1]])
            try await bench.answers(500)
            outcomes += await bench.run([items[2], items[3]])
            // The last attempt of its schedule.
            outcomes[3] = DeliveryOutcome(
                item: items[3], attempts: outcomes[3].attempts, verdict: .dead,
                endedAt: outcomes[3].endedAt)
            // What was not begun is due again, and claimed by the very same exchange.
            let next = try await bench.record(
                outcomes, lane, releasing: [items[4]], claiming: 100)
            #expect(next.map(\.id) == [items[4].id] && next[0].attempts == 0)

            let stored = try await bench.deliveries
            let states = items.map { item in stored.first { $0.id == item.id }?.state }
            #expect(states == [.delivered, .delivered, .pending, .dead, .pending])
            let attempts = items.map { item in stored.first { $0.id == item.id }?.attempts }
            #expect(attempts == [1, 1, 1, 1, 0])
            let statuses = items.map { item in stored.first { $0.id == item.id }?.lastStatus }
            #expect(statuses == [200, 200, 500, 500, nil])
            let failed = try #require(stored.first { $0.id == items[2].id })
            #expect(try #require(failed.nextAttemptAt) > bench.clock.now())
            let dead = try await bench.stores.deliveries.delivery(items[3].id, as: bench.access)
            #expect(dead.payload == items[3].payload && dead.attempts.count == 1)

            try await bench.answers(200)
            bench.clock.advance(by: .seconds(6))
            let retried = try await bench.record(await bench.run(next), lane, claiming: 100)
            #expect(retried.map(\.id) == [items[2].id] && retried[0].roundAttempts == 1)
        }
    }

    @Test func `settles a long batch row by row`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            for number in 0..<60 { try await bench.happen(note: "\(number)") }
            let items = try await bench.claim(lane)
            let outcomes = items.enumerated().map { number, item in
                DeliveryOutcome(
                    item: item,
                    attempts: [
                        DeliveryAttempt(
                            startedAt: bench.clock.now(), duration: .milliseconds(number),
                            request: SentRequest(method: "POST", url: "http://a.example/", fields: [:]),
                            result: .failed("attempt \(number)"))
                    ], verdict: number % 3 == 0 ? .delivered : .retry(after: .seconds(number)),
                    endedAt: bench.clock.now())
            }
            try await bench.record(outcomes, lane)
            let stored = try await bench.deliveries
            for (number, item) in items.enumerated() {
                let delivery = try #require(stored.first { $0.id == item.id })
                #expect(delivery.state == (number % 3 == 0 ? .delivered : .pending))
                #expect(delivery.lastError == outcomes[number].attempts[0].error)
                let due = number % 3 == 0 ? nil : bench.clock.now() + .seconds(number)
                #expect(delivery.nextAttemptAt == due)
            }
        }
    }
}
