import Contracts
import Postgres
import Testing

@testable import Gateway
@testable import Simulators

/// Webhooks that a contract declares: `ImportedContracts.museum`.
@Suite struct `A webhook that a contract declares` {
    private let sandbox: TestSandbox
    private let base: String

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "city-museum", seed: 7)
        base = "/v1/sandboxes/\(sandbox.slug)"
    }

    private func emit(_ type: String, _ body: JSONValue = [:]) async throws -> TestAnswer {
        try await sandbox.tenant.call("POST", base + "/events/webhook.city_museum.\(type)", body)
    }

    private func subscribe(_ events: JSONValue) async throws {
        let made = try await sandbox.tenant.call(
            "POST", base + "/webhook-endpoints",
            ["url": .string("https://example.com/hook"), "events": events])
        #expect(made.status == 201, "\(made)")
    }

    private func deliveries() async throws -> [JSONValue] {
        let listed = try await sandbox.tenant.call("GET", base + "/deliveries")
        return listed.json["data"]?.array ?? []
    }

    @Test func `is a type of event, where it can be delivered`() async throws {
        let listed = try await sandbox.tenant.call("GET", base + "/event-types")
        let declared = (listed.json["data"]?.array ?? []).filter {
            $0["contract"]?.string == "city-museum"
        }
        #expect(
            declared.map { $0["type"]?.string } == [
                "webhook.city_museum.publish_new_event", "webhook.city_museum.ticket.sold",
                "webhook.city_museum.closed", "webhook.city_museum.replaced",
            ])
        #expect(declared.first?["webhook"]?.string == "publishNewEvent")
        #expect(declared.first?["summary"]?.string == "A special event was added.")
    }

    @Test func `has a body that fits the contract, as the API would send it`() async throws {
        let made = try await emit("publish_new_event")
        #expect(made.status == 201, "\(made)")
        let body = try #require(made.at("/data/object"))
        #expect(body["id"]?.string?.count == 36, "what only the API sets is in it")
        #expect((body["name"]?.string?.count ?? 0) >= 3)
        #expect(body["secret"] == nil, "what only a client sends is not")
    }

    @Test func `has the same body for the same seed and tick`() async throws {
        let other = try await TestSandbox.make(serving: "city-museum", seed: 7)
        let mine = try await emit("publish_new_event")
        let theirs = try await other.tenant.call(
            "POST", "/v1/sandboxes/\(other.slug)/events/webhook.city_museum.publish_new_event", [:])
        #expect(mine.at("/data/object/id") == theirs.at("/data/object/id"))
        let next = try await emit("publish_new_event")
        #expect(next.at("/data/object/id") != mine.at("/data/object/id"))
    }

    @Test func `has the contract's example, and what the call says of it`() async throws {
        let made = try await emit("ticket.sold", ["overrides": ["cents": 900]])
        #expect(made.at("/data/object") == ["ticket": "t_1", "cents": 900], "\(made)")
        for (overrides, pointer) in [
            (["cents": -1], "/overrides/cents"), (["cents": .null], "/overrides/cents"),
            (["seat": 4], "/overrides/seat"),
        ] as [(JSONValue, String)] {
            let refused = try await emit("ticket.sold", ["overrides": overrides])
            #expect(refused.status == 400 && refused.pointers == [pointer], "\(refused)")
        }
        let aboutNone = try await emit("ticket.sold", ["object": "t_1"])
        #expect(aboutNone.pointers == ["/object"], "\(aboutNone)")
    }

    @Test func `is delivered as declared, without an envelope, to whom its name is asked for`()
        async throws
    {
        try await subscribe(["webhook.city_museum.ticket.*"])
        let sold = try await emit("ticket.sold")
        _ = try await emit("publish_new_event")
        let made = try await deliveries()
        #expect(made.map { $0["event"]?.string } == [sold.id])
        let detail = try await sandbox.tenant.call(
            "GET", base + "/deliveries/\(made.first?["id"]?.string ?? "")")
        #expect(detail.at("/payload") == ["ticket": "t_1", "cents": 500], "\(detail)")
        let event = try await sandbox.tenant.call("GET", base + "/events/\(sold.id)")
        #expect(event.body == sold.body)
    }

    @Test func `may have no body`() async throws {
        try await subscribe(["*"])
        let closed = try await emit("closed")
        #expect(closed.at("/data/object") == .null, "\(closed)")
        let delivery = try #require(try await deliveries().first?["id"]?.string)
        let detail = try await sandbox.tenant.call("GET", base + "/deliveries/\(delivery)")
        #expect(detail.at("/payload") == .null, "\(detail)")
        let refused = try await emit("closed", ["overrides": ["a": 1]])
        #expect(refused.pointers == ["/overrides"], "\(refused)")
    }

    @Test func `is sent by its method, with the parameters that are declared and known`() async throws {
        try await subscribe(["webhook.city_museum.replaced", "webhook.city_museum.closed"])
        let replaced = try await emit("replaced")
        #expect(replaced.status == 201, "\(replaced)")
        let delivery = try #require(try await deliveries().first)
        #expect(delivery["callback"] == nil, "it goes to the endpoint: \(delivery)")
        let rows = try await sandbox.rows(
            "declared_targets",
            "SELECT coalesce(target::text, '') FROM sbx.deliveries WHERE tenant_id = $1")
        let target = try JSONParser.parse(Array(rows[0].text(0).utf8))
        #expect(target["method"] == "PUT" && target["url"] == "")
        #expect(target["fields"] == ["X-Kind": "whole"], "a credential is nobody's to make up")
        #expect(
            JSONWriter.text(try #require(target["query"]))
                == #"{"lamps":"red","lamps":"green&blue","mode":"night"}"#)
        _ = try await emit("closed")
        let usual = try await sandbox.rows(
            "declared_targets_of_none",
            "SELECT coalesce(target::text, '') FROM sbx.deliveries WHERE tenant_id = $1 AND event_type LIKE '%closed'")
        #expect(usual[0].text(0) == "", "POST without parameters needs none")
    }

    @Test func `is caught up on by a backfill`() async throws {
        _ = try await emit("ticket.sold")
        try await subscribe(["webhook.*"])
        let listed = try await sandbox.tenant.call("GET", base + "/webhook-endpoints")
        let endpoint = listed.at("/data/0/id")?.string ?? ""
        let made = try await sandbox.tenant.call(
            "POST", base + "/webhook-endpoints/\(endpoint)/backfill", [:])
        #expect(made.at("/deliveries") == 1, "\(made)")
        let delivery = try #require(try await deliveries().first?["id"]?.string)
        let detail = try await sandbox.tenant.call("GET", base + "/deliveries/\(delivery)")
        #expect(detail.at("/payload") == ["ticket": "t_1", "cents": 500], "\(detail)")
    }

    @Test(arguments: ["looked", "printed", "eaten"])
    func `is unknown where it cannot be delivered`(_ name: String) async throws {
        let refused = try await emit(name)
        #expect(refused.status == 404, "\(refused)")
    }

    @Test func `is unknown where its contract is not mounted`() async throws {
        let stranger = try await TestSandbox.make()
        let refused = try await stranger.tenant.call(
            "POST", "/v1/sandboxes/\(stranger.slug)/events/webhook.city_museum.closed", [:])
        #expect(refused.status == 404, "\(refused)")
    }
}

@Suite struct `Names of declared webhooks` {
    @Test func `are spelled as types of event are`() {
        for (name, spelled) in [
            ("newPet", "new_pet"), ("publish-New event", "publish_new_event"),
            ("HTTPServerUp", "http_server_up"), ("account.updated", "account.updated"),
            ("APPLICATION_AUTHORIZED", "application_authorized"), ("..a..b.", "a.b"),
            ("ü", "_"), ("2FA", "2_fa"),
        ] {
            #expect(DeclaredEventType.spelled(name) == spelled)
        }
    }

    @Test func `stay apart, and short enough to ask for`() throws {
        let long = String(repeating: "abc", count: 60)
        let names = ["newPet", "new_pet", "NEW-PET", long, long + "d"]
        let webhooks = JSONObject(
            names.map { JSONObject.Member(name: $0, value: ["post": ["summary": "s"]]) })
        let contract = try Contract(
            lazily: [
                "openapi": "3.1.0", "info": ["title": "t", "version": "1"],
                "webhooks": .object(webhooks),
            ])
        let types = DeclaredEventType.types(of: contract, named: "pets").map(\.name)
        #expect(types.prefix(3) == ["webhook.pets.new_pet", "webhook.pets.new_pet_2", "webhook.pets.new_pet_3"])
        #expect(Set(types).count == 5)
        for type in types { #expect(EventFilter(type) != nil) }
    }
}
