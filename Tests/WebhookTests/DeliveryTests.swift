import Access
import Contracts
import Identifiers
import Jobs
import PlatformSupport
import Postgres
import Runtime
import Tenancy
import TestSupport
import Testing

@testable import Simulators

@Suite struct `Deliveries` {
    @Test func `do not go to a host that the tenant has denied since`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let (_, _, lane) = try await bench.endpoint { $0["url"] = "https://api.prod.example/hook" }
            try await bench.platform.database.transaction(as: bench.access) { transaction in
                let deny = Statement(
                    "test_deny_hosts",
                    "INSERT INTO sbx.denied_hosts (tenant_id, hosts) VALUES ($1, $2)")
                transaction.enqueue(
                    Call(deny, .id(bench.access.tenant), .textArray(["*.prod.example"])))
            }
            try await bench.happen()
            #expect(try await bench.deliver(lane) == 1)
            let error = try await bench.deliveries[0].lastError
            #expect(error == "not sent: the tenant's deny list has *.prod.example")
        }
    }

    @Test func `are made in the event's commit for each endpoint that wants it`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let all = try await bench.endpoint()
            let some = try await bench.endpoint { $0["events"] = ["payment.*"] }
            let none = try await bench.endpoint { $0["events"] = ["refund.*"] }
            let off = try await bench.endpoint()
            _ = try await bench.stores.endpoints.update(
                off.endpoint.id, EndpointDraft(["enabled": false]), as: bench.access)
            let payment = try await bench.happen("payment.captured")
            let method = try await bench.happen("payment_method.created")
            let made = try await bench.deliveries.map { "\($0.endpoint) \($0.event)" }
            #expect(
                Set(made) == [
                    "\(all.endpoint.id) \(payment)", "\(all.endpoint.id) \(method)",
                    "\(some.endpoint.id) \(payment)",
                ])
            #expect(made.count == 3 && none.endpoint.isEnabled)
            await #expect(throws: WebhookError.self) {
                _ = try await bench.world.transaction(as: bench.access) { world in
                    world.emit(
                        EventEnvelope.event(
                            "payment.captured", contract: "payments", object: [:], in: world))
                    throw WebhookError.cursor
                }
            }
            #expect(try await bench.deliveries.count == 3)
        }
    }

    @Test func `bring the event's bytes, signed, and are logged`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let (_, secret, lane) = try await bench.endpoint()
            let event = try await bench.happen(note: "ü \\ \"")
            #expect(try await bench.source.dueLanes(limit: 10_000).contains(lane))
            #expect(try await bench.deliver(lane) == 1)
            let got = try await bench.received
            let stored = try await bench.stores.events.event(event, as: bench.access)
            #expect(got.map(\.body) == [stored.document])
            #expect(
                WebhookSignature.verify(
                    got[0].fields, body: got[0].body, secret: secret, now: bench.clock.now().seconds
                )
                    == .valid)
            let delivery = try #require(try await bench.deliveries.first)
            #expect(delivery.state == .delivered && delivery.attempts == 1)
            #expect(delivery.nextAttemptAt == nil && delivery.lastStatus == 200)
            let log = try await bench.stores.deliveries.delivery(delivery.id, as: bench.access)
            #expect(log.payload == stored.document)
            #expect(log.attempts.count == 1 && log.attempts[0].succeeded)
            let request = try JSONParser.parse(log.attempts[0].request)
            #expect(request["headers"]?["webhook-id"]?.string == got[0].id)
            #expect(try await !bench.source.dueLanes(limit: 10_000).contains(lane))
        }
    }

    @Test func `come again with the same id on the schedule until they are dead letters`()
        async throws
    {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            try await bench.answers(503)
            try await bench.happen()
            for number in 1...10 {
                #expect(try await bench.deliver(lane) == 1, "attempt \(number)")
                #expect(try await bench.deliver(lane) == 0, "not before its time")
                let pause = number < 10 ? WebhookLimits.retryPauses[number - 1] : .zero
                bench.clock.advance(by: pause + pause / 10)
            }
            let dead = try #require(try await bench.deliveries.first)
            #expect(dead.state == .dead && dead.attempts == 10 && dead.lastStatus == 503)
            let ids = try await bench.received.map(\.id)
            #expect(ids.count == 10 && Set(ids).count == 1)
            let rows = try await bench.sql(
                "dead",
                "SELECT payload IS NULL, sealed_payload IS NOT NULL FROM sbx.deliveries WHERE tenant_id = $1 AND sandbox_id = $2"
            )
            #expect(rows[0].bool(0) && rows[0].bool(1))

            try await bench.answers(200)
            // A 503 asks for a pause.
            bench.clock.advance(by: .seconds(2))
            var filter = DeliveryFilter()
            filter.state = .dead
            let requeued = try await bench.stores.deliveries.redeliver(filter, as: bench.access)
            #expect(requeued.count == 1)
            #expect(try await bench.deliver(lane) == 1)
            let received = try await bench.received
            #expect(received.count == 11 && Set(received.map(\.id)).count == 1)
            #expect(Set(received.map(\.body)).count == 1)
            #expect(try await bench.deliveries.map(\.state) == [.delivered])
        }
    }

    @Test func `end with a receiver that is gone, and wait for one that is disabled`() async throws
    {
        try await onLoop {
            let bench = try await WebhookBench()
            let (endpoint, _, lane) = try await bench.endpoint()
            try await bench.answers(410)
            try await bench.happen()
            let item = try await bench.claim(lane)
            try await bench.happen()
            let outcome = await bench.source.run(item[0])
            _ = try await bench.source.exchange(
                lane, recording: [outcome], releasing: [], claiming: 0)
            #expect(Set(try await bench.deliveries.map(\.state)) == [.dead, .held])
            let now = try await bench.stores.endpoints.endpoint(endpoint.id, as: bench.access)
            guard case .disabled(.gone, _) = now.state else {
                Issue.record("\(now.state)")
                return
            }
            try await bench.answers(200)
            _ = try await bench.stores.endpoints.update(
                endpoint.id, EndpointDraft(["enabled": true]), as: bench.access)
            #expect(try await bench.deliver(lane) == 1)
            #expect(Set(try await bench.deliveries.map(\.state)) == [.dead, .delivered])
        }
    }

    @Test func `disable an endpoint that has failed for five days`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let (endpoint, _, lane) = try await bench.endpoint()
            try await bench.answers(500)
            try await bench.happen()
            try await bench.deliver(lane)
            bench.clock.advance(by: WebhookLimits.failingUntilDisabled + .seconds(60))
            try await bench.deliver(lane)
            let now = try await bench.stores.endpoints.endpoint(endpoint.id, as: bench.access)
            guard case .disabled(.failing, _) = now.state else {
                Issue.record("\(now.state)")
                return
            }
        }
    }

    @Test func `wait on the sandbox's clock where that is wanted`() async throws {
        try await onLoop {
            let bench = try await WebhookBench { $0.clock = .init(mode: .frozen, now: nil) }
            let lane = try await bench.endpoint { $0["retry_clock"] = "virtual" }.lane
            try await bench.answers(500)
            try await bench.happen()
            try await bench.deliver(lane)
            bench.clock.advance(by: .seconds(86_400))
            #expect(try await !bench.source.dueLanes(limit: 10_000).contains(lane))
            #expect(try await bench.deliver(lane) == 0)
            _ = try await bench.sql(
                "advance",
                "UPDATE sbx.sandbox_heads SET clock_frozen_at = clock_frozen_at + interval '6 seconds' WHERE tenant_id = $1 AND sandbox_id = $2"
            )
            #expect(try await bench.source.dueLanes(limit: 10_000).contains(lane))
            // Another test's look at what is due may hold the row for a moment.
            var delivered = 0
            for _ in Tries() where delivered == 0 { delivered = try await bench.deliver(lane) }
            #expect(delivered == 1)
        }
    }

    @Test func `carry the faults of the endpoint's plan`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let (_, secret, lane) = try await bench.endpoint {
                $0["faults"] = ["drop_first": 1, "bad_signature": 2, "duplicate": 2]
            }
            try await bench.answers(500)
            try await bench.happen()
            let verdicts = { () async throws -> [WebhookSignature.Verdict] in
                try await bench.received.map {
                    WebhookSignature.verify(
                        $0.fields, body: $0.body, secret: secret, now: bench.clock.now().seconds)
                }
            }
            try await bench.deliver(lane)
            #expect(try await bench.received.isEmpty)
            bench.clock.advance(by: .seconds(400))
            try await bench.deliver(lane)
            #expect(try await verdicts() == [.invalid])
            try await bench.answers(200)
            bench.clock.advance(by: .seconds(3_600))
            try await bench.deliver(lane)
            #expect(try await verdicts().suffix(3) == [.valid, .valid, .valid])
            #expect(Set(try await bench.received.map(\.id)).count == 1)
            #expect(try await bench.deliveries.map(\.attempts) == [5])
        }
    }

    @Test func `of events that a restore undid are abandoned, others go on`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let kept = try await bench.happen()
            let checkpoint = try await bench.world.checkpoint(name: "before", as: bench.access)
            let undone = try await bench.happen()
            _ = try await bench.world.restore(checkpoint.id, as: bench.access)
            let states = try await bench.deliveries.map { "\($0.event) \($0.state)" }
            #expect(Set(states) == ["\(kept) pending", "\(undone) abandoned"])
            #expect(try await bench.deliver(lane) == 1)
            let listed = try await bench.stores.events.events(
                nil, rows: 10, cursor: nil, as: bench.access)
            #expect(listed.events.map(\.id) == [kept])
        }
    }

    @Test func `that an endpoint has missed can be made later, once`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            for number in 0..<3 { try await bench.happen(note: "\(number)") }
            try await bench.happen("payment_method.created")
            let (endpoint, _, lane) = try await bench.endpoint { $0["events"] = ["payment.*"] }
            for expected in [3, 0] {
                let made = try await bench.stores.deliveries.backfill(
                    endpoint.id, from: nil, until: nil, as: bench.access)
                #expect(made.count == expected && !made.partial)
            }
            #expect(try await bench.deliver(lane) == 3)
            let notes = try await bench.received.map {
                try JSONParser.parse($0.body)["data"]?["object"]?["note"]?.string
            }
            #expect(Set(notes) == ["0", "1", "2"])
        }
    }
}
