import Access
import Contracts
import PlatformSupport
import Runtime
import Tenancy
import TestSupport
import Testing

@testable import Simulators

@Suite struct `Events` {
    @Test func `are listed newest first, by type, page by page`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            var ids: [String] = []
            for _ in 0..<5 { ids.append(try await bench.happen()) }
            let other = try await bench.happen("payment_method.created")
            let filter = try #require(EventFilter("payment.*"))
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await bench.stores.events.events(
                    filter, rows: 2, cursor: cursor, as: bench.access)
                #expect(page.events.count <= 2)
                seen += page.events.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(seen == ids.reversed())
            let all = try await bench.stores.events.events(
                nil, rows: 10, cursor: nil, as: bench.access)
            #expect(all.events.first?.id == other)
            await #expect(throws: WebhookError.self) {
                _ = try await bench.stores.events.events(
                    nil, rows: 10, cursor: "none", as: bench.access)
            }
        }
    }

    @Test func `can be made to happen to an object, which stays as it is`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            let key = EntityKey(contract: "payments", type: "payment_method", id: "pm_card_visa")
            let before = try await bench.world.entity(key, as: bench.access).entity
            let event = try await bench.stores.events.emit(
                "payment_method.created", object: "pm_card_visa",
                overrides: ["metadata": ["a": "b"], "customer": "cus_x"], as: bench.access)
            let object = try #require(try JSONParser.parse(event.document)["data"]?["object"])
            #expect(object["id"]?.string == "pm_card_visa")
            #expect(object["metadata"]?["a"]?.string == "b")
            #expect(object["customer"]?.string == "cus_x")
            let after = try await bench.world.entity(key, as: bench.access).entity
            #expect(after?.document == before?.document)
            #expect(try await bench.deliver(lane) == 1)
            for (type, id) in [("payment_method.created", "pm_none"), ("no.such", "pm_card_visa")] {
                await #expect(throws: WebhookError.self) {
                    _ = try await bench.stores.events.emit(
                        type, object: id, overrides: nil, as: bench.access)
                }
            }
        }
    }

    @Test func `reach a live feed once and in order, also one that comes back`() async throws {
        try await onLoop {
            let bench = try await WebhookBench()
            let lane = try await bench.endpoint().lane
            try await bench.happen()
            var feed = try await bench.stores.feed(lastEvent: nil, as: bench.access)
            #expect(try await feed.next().isEmpty)
            let first = try await bench.happen()
            let second = try await bench.happen()
            try await bench.deliver(lane)
            let news = try await feed.next()
            let events = news.compactMap { if case .event(let event) = $0 { event } else { nil } }
            #expect(events.map(\.id) == [first, second])
            #expect(news.count == 5, "two events and three attempts")
            #expect(try await feed.next().isEmpty)
            var again = try await bench.stores.feed(
                lastEvent: events[0].cursor, as: bench.access)
            let rest = try await again.next()
            #expect(
                rest.compactMap { if case .event(let event) = $0 { event.id } else { nil } } == [
                    second
                ])
        }
    }

    @Test func `merge overrides as RFC 7396 says`() {
        let merged = (["a": ["b": 1, "c": 2], "d": [1]] as JSONValue)
            .merged(with: ["a": ["b": .null, "e": 3], "d": [2, 3], "f": ["g": .null]])
        #expect(merged == ["a": ["c": 2, "e": 3], "d": [2, 3], "f": [:]])
    }
}
