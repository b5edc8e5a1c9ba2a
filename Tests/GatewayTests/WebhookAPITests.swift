import Contracts
import HTTP
import Testing

@testable import Gateway

@Suite struct `Webhook endpoints over the platform API` {
    private func path(_ sandbox: TestSandbox, _ rest: String = "") -> String {
        "/v1/sandboxes/\(sandbox.slug)/webhook-endpoints\(rest)"
    }

    @Test func `are made, shown without their secret, changed and deleted`() async throws {
        let sandbox = try await TestSandbox.make()
        let tenant = sandbox.tenant
        let made = try await tenant.call(
            "POST", path(sandbox), ["url": "https://example.com/hook", "events": ["payment.*"]])
        #expect(made.status == 201, "\(made)")
        #expect(made.json["secret"]?.string?.hasPrefix("whsec_") == true)
        #expect(made.json["signature_scheme"]?.string == "standard")
        #expect(made.json["faults"]?["duplicate"]?.int == 0)

        let shown = try await tenant.call("GET", path(sandbox, "/\(made.id)"))
        #expect(shown.status == 200 && shown.json["secret"] == nil)
        let changed = try await tenant.call(
            "PATCH", path(sandbox, "/\(made.id)"),
            ["enabled": false, "events": ["*"], "retry_clock": "virtual"])
        #expect(changed.status == 200, "\(changed)")
        #expect(changed.json["enabled"]?.bool == false)
        #expect(changed.json["disabled"]?["reason"]?.string == "request")
        let listed = try await tenant.call("GET", path(sandbox))
        #expect(listed.json["data"]?.array?.map { $0["id"]?.string } == [made.id])
        #expect(try await tenant.call("DELETE", path(sandbox, "/\(made.id)")).status == 200)
        #expect(try await tenant.call("GET", path(sandbox, "/\(made.id)")).status == 404)
    }

    @Test func `refuse what cannot be delivered to, with a pointer`() async throws {
        let sandbox = try await TestSandbox.make()
        for (body, pointer) in [
            (["url": "http://127.0.0.1/", "events": ["*"]], "/url"),
            (["url": "http://169.254.169.254/", "events": ["*"]], "/url"),
            (["url": "not a url", "events": ["*"]], "/url"),
            (["url": "https://example.com/", "events": ["Payment"]], "/events/0"),
            (["url": "https://example.com/", "events": []], "/events"),
            (
                ["url": "https://example.com/", "events": ["*"], "faults": ["delay": "P9D"]],
                "/faults/delay"
            ),
        ] as [(JSONValue, String)] {
            let refused = try await sandbox.tenant.call("POST", path(sandbox), body)
            #expect(refused.status == 400 && refused.pointers == [pointer], "\(refused)")
        }
    }

    @Test func `are nobody else's`() async throws {
        let sandbox = try await TestSandbox.make()
        let made = try await sandbox.tenant.call(
            "POST", path(sandbox), ["url": "https://example.com/hook", "events": ["*"]])
        let stranger = try await TestSandbox.make()
        for (method, body) in [("GET", nil), ("DELETE", nil), ("PATCH", ["enabled": false])]
            as [(String, JSONValue?)]
        {
            let path = path(sandbox, "/\(made.id)")
            #expect(try await stranger.tenant.call(method, path, body).status == 404)
            let own = self.path(stranger, "/\(made.id)")
            #expect(try await stranger.tenant.call(method, own, body).status == 404)
        }
    }

    @Test func `get what happens, also what is made to happen, and again on request`() async throws
    {
        let sandbox = try await TestSandbox.make()
        let tenant = sandbox.tenant
        let base = "/v1/sandboxes/\(sandbox.slug)"
        _ = try await tenant.call(
            "POST", path(sandbox), ["url": "https://example.com/hook", "events": ["*"]])
        let payment = try await sandbox.pay()
        let emitted = try await tenant.call(
            "POST", base + "/events/payment.failed",
            ["object": .string(payment.id), "overrides": ["status": "canceled"]])
        #expect(emitted.status == 201, "\(emitted)")
        #expect(emitted.at("/data/object/status")?.string == "canceled")
        let events = try await tenant.call("GET", base + "/events?type=payment.*")
        #expect(
            events.json["data"]?.array?.map { $0["type"]?.string } == [
                "payment.failed", "payment.succeeded",
            ])
        let event = try await tenant.call("GET", base + "/events/\(emitted.id)")
        #expect(event.body == emitted.body)
        let deliveries = try await tenant.call("GET", base + "/deliveries?status=pending")
        #expect(deliveries.json["data"]?.array?.count == 2, "\(deliveries)")
        let made = deliveries.json["data"]?.array?.first { $0["event"]?.string == emitted.id }
        let id = try #require(made?["id"]?.string)
        let detail = try await tenant.call("GET", base + "/deliveries/\(id)")
        #expect(detail.json["payload"] == emitted.json)
        #expect(try await tenant.call("POST", base + "/deliveries/\(id)/redeliver").status == 202)
        let unknown = try await tenant.call("POST", base + "/events/payment.eaten")
        #expect(unknown.status == 404, "\(unknown)")
        for list in ["/dead-letters", "/inbox", "/event-types"] {
            #expect(try await tenant.call("GET", base + list).status == 200)
        }
    }
}
