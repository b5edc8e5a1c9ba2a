import Access
import Contracts
import Copilot
import HTTP
import Jobs
import PlatformSupport
import Runtime
import Simulators
import Tenancy
import TestSupport
import Testing

@testable import Gateway

@Suite struct `Journeys` {
    private static let sentence = "Create a $50 payment, simulate card decline and send a webhook"

    @Test func `the first sentence is planned, kept, run, declined, explained and told by webhook`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let planned = try await sandbox.assistant("/assistant/plan", ["text": .string(Self.sentence)])
        let kept = try await sandbox.platform("GET", "/journeys")
        #expect(kept.at("/data/0/id") == planned.at("/journey"))
        #expect(kept.at("/data/0/text") == .string(Self.sentence))

        let started = try await sandbox.assistant(
            "/assistant/run", ["plan_id": planned.at("/plan_id") ?? .null])
        #expect(started.status == 201, "\(started)")
        let run = try await sandbox.finished(started)
        #expect(run.at("/status") == "succeeded", "\(run.text)")
        #expect(
            run.at("/steps")?.array?.map { $0["action"] ?? .null }
                == ["create_webhook_endpoint", "create_payment", "list_deliveries"])

        let payment = try #require(run.at("/steps/1"))
        #expect(payment["status"] == "succeeded")
        #expect(payment["outcome"] == "declined")
        #expect(payment["http_status"] == 402)
        #expect(payment["simulated"]?.string?.hasPrefix("journey_step=card_declined;") == true)
        #expect(payment["explanation"]?["verdict"] == "simulated_failure")
        #expect(payment["explanation"]?["cause"]?["evidence"]?["by"] == "journey_step")
        #expect(payment["explanation"]?["to_change"] == ["Leave the scenario out of the journey's step."])
        #expect(payment["events"]?.array?.map { $0["type"] ?? .null } == ["payment.failed"])

        let delivery = try #require(run.at("/steps/2/outputs/data/0"))
        #expect(delivery["type"] == "payment.failed" && delivery["status"] == "delivered")
        #expect(run.at("/steps/2/outcome") == "delivered")
        #expect(try await sandbox.platform("GET", "/inbox").at("/data/0/method") == "POST")

        // The call is in the log like any other, with the same explanation.
        try await sandbox.gateway.gateway.drain()
        let path = "/requests/\(payment["request_id"]?.string ?? "")"
        #expect(try await sandbox.platform("GET", path).at("/code") == payment["code"])
        #expect(try await sandbox.platform("GET", path + "/explain").json == payment["explanation"])
    }

    @Test(arguments: [
        "Create three cross-currency payments: first succeeds, second fails 3DS, third is rejected in clearing",
        "帮我构造三笔跨币种支付：第一笔成功，第二笔 3DS 失败，第三笔在清算阶段被拒",
    ])
    func `three payments across currencies end as the sentence says, in both languages`(
        _ text: String
    ) async throws {
        let sandbox = try await TestSandbox.frozen()
        let run = try await sandbox.run(text)
        #expect(run.at("/status") == "succeeded", "\(run.text)")
        let steps = try #require(run.at("/steps")?.array)
        #expect(steps.map { $0["http_status"] ?? .null } == [201, 402, 201])
        #expect(steps[1]["code"] == "authentication_failed")
        #expect(steps[1]["simulated"] == "journey_step=three_ds_failed")
        try await sandbox.advance(days: 3)
        let records = try await sandbox.call("GET", "/v1/clearing_records")
        let third = records.at("/data")?.array?.first { $0["payment"] == steps[2]["outputs"]?["id"] }
        #expect(third?["status"] == "rejected")
        let first = records.at("/data")?.array?.first { $0["payment"] == steps[0]["outputs"]?["id"] }
        #expect(first?["status"] != "rejected")
    }

    @Test func `the same run from the same state gives the same bytes, in a fork too`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let start = try await sandbox.platform("POST", "/checkpoints", [:])
        let fork = try await sandbox.platform("POST", "/fork", [:])
        let text = "pay 5 dollars, then refund it"
        let first = try await sandbox.run(text)
        _ = try await sandbox.platform("POST", "/checkpoints/\(start.id)/restore")
        let again = try await sandbox.run(text)
        let forked = try await sandbox.run(text, in: fork.id)
        #expect(first.at("/steps")?.array?.count == 2)
        let outputs = { (run: TestAnswer) in
            (run.at("/steps")?.array ?? []).map { [$0["outputs"] ?? .null, $0["events"] ?? .null] }
        }
        #expect(outputs(first) == outputs(again))
        #expect(outputs(first) == outputs(forked))
        #expect(first.at("/journey") == again.at("/journey"))
    }

    @Test func `a run goes back to a step and on with another amount`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let first = try await sandbox.run("pay 50 dollars, then refund 20 dollars of it")
        #expect(first.at("/status") == "succeeded", "\(first.text)")
        let payment = try #require(first.at("/steps/0/outputs/id"))
        #expect(first.at("/steps/1/outputs/payment") == payment)

        let again = try await sandbox.finished(
            try await sandbox.platform(
                "POST", "/runs/\(first.id)/rerun", ["from_step": 1, "inputs": ["1": ["amount": 700]]]))
        #expect(again.at("/status") == "succeeded" && again.at("/rerun_of") == .string(first.id))
        #expect(again.at("/steps/0") == first.at("/steps/0"))
        #expect(again.at("/steps/1/outputs/amount") == 700)
        let paid = try await sandbox.call("GET", "/v1/payments/\(payment.string ?? "")")
        #expect(paid.at("/amount_refunded") == 700)
        let wrong = try await sandbox.platform(
            "POST", "/runs/\(first.id)/rerun", ["from_step": 1, "inputs": ["0": ["amount": 700]]])
        #expect(wrong.status == 400 && wrong.pointers == ["/inputs/0"])
    }

    @Test func `conditions decide which steps run, and a decline that is waited for ends nothing`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let run = try await sandbox.finished(
            try await sandbox.platform("POST", "/journeys/decline_then_success/runs"))
        #expect(run.at("/steps/0/outcome") == "declined")
        #expect(run.at("/steps/1/outcome") == "succeeded")
        let well = try await sandbox.finished(
            try await sandbox.platform(
                "POST", "/journeys/decline_then_success/runs", ["inputs": ["0": ["scenario": .null]]]))
        #expect(well.at("/status") == "succeeded")
        #expect(well.at("/steps/1/status") == "skipped")
    }

    @Test func `what the sandbox cannot do is refused before anything runs`() async throws {
        let sandbox = try await TestSandbox.make()
        let planned = try await sandbox.assistant(
            "/assistant/plan", ["text": "pay 5 dollars, then text \"Paid\" to +12025550142"])
        let refused = try await sandbox.assistant(
            "/assistant/run", ["plan_id": planned.at("/plan_id") ?? .null])
        #expect(refused.status == 422 && refused.code == "not_available")
        #expect(refused.pointers == ["/steps/1"])
        #expect(try await sandbox.platform("GET", "/runs").at("/data") == [])
        #expect(try await sandbox.platform("GET", "/checkpoints").at("/data") == [])
    }

    @Test func `a question is not kept, and a plan that nobody made is not found`() async throws {
        let sandbox = try await TestSandbox.make()
        let question = try await sandbox.assistant("/journeys", ["text": "refund that payment"])
        #expect(question.status == 422 && question.code == "nothing_to_run")
        let unknown = try await sandbox.assistant(
            "/assistant/run", ["plan_id": .string("pln_" + String(repeating: "0", count: 32))])
        #expect(unknown.status == 404)
        #expect(try await sandbox.platform("POST", "/journeys/no_such/runs").status == 404)
    }

    @Test func `a run whose process went away is interrupted and makes room`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let first = try await sandbox.run("pay 5 dollars")
        _ = try await sandbox.rows(
            "abandon",
            """
            UPDATE sbx.journey_runs
            SET status = 'running', finished_at = NULL, lease_until = '2020-01-01'
            WHERE tenant_id = $1
            """)
        #expect(try await sandbox.platform("GET", "/runs/\(first.id)").at("/status") == "interrupted")
        let next = try await sandbox.run("pay 5 dollars")
        #expect(next.at("/status") == "succeeded")
        let again = try await sandbox.platform("POST", "/runs/\(first.id)/rerun", ["from_step": 0])
        #expect(try await sandbox.finished(again).at("/status") == "succeeded")
    }

    @Test func `every journey that comes with the platform runs to its end`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let listed = try await sandbox.tenant.call("GET", "/v1/journeys")
        let names = (listed.at("/data")?.array ?? []).compactMap { $0["name"]?.string }
        #expect(names.count >= 12)
        for name in names {
            #expect(try await sandbox.platform("POST", "/reset").status == 200)
            let run = try await sandbox.finished(
                try await sandbox.platform("POST", "/journeys/\(name)/runs"))
            #expect(run.at("/status") == "succeeded", "\(name): \(run.text)")
        }
    }

    @Test func `a run is watched step by step to its end`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let run = try await sandbox.run("pay 5 dollars, then refund it")
        let stream = try await sandbox.gateway.send(
            TestCall("GET", "/v1/sandboxes/\(sandbox.slug)/runs/\(run.id)/stream").key(sandbox.tenant.key),
            by: .socket)
        #expect(stream.status == 200 && stream["Content-Type"] == "text/event-stream")
        let events = stream.text.split(separator: "\n\n").filter { $0.hasPrefix("event: ") }
        #expect(events.map { $0.prefix { $0 != "\n" } } == ["event: step", "event: step", "event: run"])
        let told = events.last?.split(separator: "\n").last?.dropFirst("data: ".count) ?? ""
        #expect(try JSONParser.parse(Array(told.utf8)) == run.json)
    }

    @Test func `a journey is exported as Arazzo, bound to what earlier steps make`() async throws {
        let sandbox = try await TestSandbox.make()
        let base = "/v1/sandboxes/\(sandbox.slug)"
        let exported = try await sandbox.platform("GET", "/journeys/dispute_with_evidence/arazzo")
        #expect(exported.at("/arazzo") == "1.0.1")
        #expect(
            exported.at("/sourceDescriptions")?.array?.map { $0["name"] ?? .null }
                == ["payments", "platform"])
        let steps = try #require(exported.at("/workflows/0/steps")?.array)
        #expect(steps.count == 5)
        #expect(
            steps[2]["operationPath"]
                == "{$sourceDescriptions.payments.url}#/paths/~1v1~1disputes/post")
        #expect(steps[2]["requestBody"]?["payload"]?["payment"] == "$steps.step_1.outputs.id")
        #expect(
            steps[3]["parameters"]
                == [["name": "dispute", "in": "path", "value": "$steps.step_2.outputs.id"]])
        let waiting = try await sandbox.platform("GET", "/journeys/decline_then_success/arazzo")
        #expect(waiting.at("/workflows/0/steps/0/onSuccess/0/type") == "end")
        #expect(waiting.at("/workflows/0/steps/0/onFailure/0/stepId") == "step_1")
        let source = exported.at("/sourceDescriptions/0/url")?.string ?? ""
        #expect(source.hasSuffix("\(base)/apis/payments"))
        let document = try await sandbox.platform("GET", "/apis/payments")
        #expect(document.at("/servers/0/url") == .string("http://\(sandbox.contractHost)"))
        let token: JSONPointer =
            "/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl"
        #expect(document.at(token)?.string?.hasPrefix("http://auth.") ?? false)
    }

    @Test func `faults and the clock stand in their places, and a fault is told from a refusal`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let held = try await sandbox.run("authorize 50 dollars, wait 8 days, then capture it")
        #expect(
            held.at("/steps")?.array?.map { $0["action"] ?? .null }
                == ["authorize_payment", "advance_time", "capture_payment"])
        #expect(held.at("/status") == "failed")
        #expect(held.at("/steps/2/code") == "payment_state")
        #expect(held.at("/steps/2/explanation/cause/code") == "payment_state")

        let slow = try await sandbox.run("make the API 20 ms slower and pay 5 euros, then refund it")
        #expect(slow.at("/status") == "succeeded", "\(slow.text)")
        #expect(slow.at("/steps/0/action") == "set_chaos")
        #expect((slow.at("/steps/1/duration_ms")?.int ?? 0) >= 20)
        #expect(slow.at("/steps/2/outputs/payment") == slow.at("/steps/1/outputs/id"))

        let chaos = try await sandbox.tenant.call(
            "PUT", "/v1/sandboxes/\(sandbox.slug)/chaos", ["faults": "503"])
        #expect(chaos.status == 200)
        let failing = try await sandbox.run("pay 6 euros")
        #expect(failing.at("/status") == "failed" && failing.at("/steps/0/http_status") == 503)
        #expect(failing.at("/steps/0/explanation/cause/step") == "chaos_before")
    }

    @Test func `older runs give their checkpoints up`() async throws {
        let sandbox = try await TestSandbox.frozen()
        for _ in 0...Copilot.Limits.runsWithCheckpoints { _ = try await sandbox.run("pay 5 dollars") }
        let checkpoints = try await sandbox.platform("GET", "/checkpoints?limit=100").at("/data")
        let kept = Set(checkpoints?.array?.compactMap { $0["id"]?.string } ?? [])
        #expect(kept.count == Copilot.Limits.runsWithCheckpoints)
        let runs = try await sandbox.platform("GET", "/runs?limit=100").at("/data")?.array ?? []
        let without = runs.filter { run in
            !kept.contains(run["steps"]?[0]?["checkpoint"]?.string ?? "")
        }
        #expect(without.count == 1)
        let old = without.first?["id"]?.string ?? ""
        let gone = try await sandbox.platform("POST", "/runs/\(old)/rerun", ["from_step": 0])
        #expect(gone.status == 404)
    }

    @Test func `journeys and runs are nobody else's`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let run = try await sandbox.run("pay 5 dollars")
        let stranger = try await TestSandbox.make()
        for path in ["/runs/\(run.id)", "/journeys/\(run.at("/journey")?.string ?? "")"] {
            #expect(try await stranger.platform("GET", path).status == 404)
            #expect(
                try await stranger.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)\(path)").status
                    == 404)
        }
    }
}

extension TestSandbox {
    func platform(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> TestAnswer {
        try await tenant.call(method, "/v1/sandboxes/\(slug)\(path)", body)
    }

    func assistant(_ path: String, _ body: JSONValue) async throws -> TestAnswer {
        try await platform("POST", path, body)
    }

    /// Plans a text and runs it to its end.
    func run(_ text: String, in sandbox: String? = nil) async throws -> TestAnswer {
        let base = "/v1/sandboxes/\(sandbox ?? slug)"
        let planned = try await tenant.call("POST", base + "/assistant/plan", ["text": .string(text)])
        let run = try await tenant.call(
            "POST", base + "/assistant/run?wait=30", ["plan_id": planned.at("/plan_id") ?? .null])
        guard run.at("/status") == "running" else { return run }
        return try await finished(run)
    }

    /// The run once it has ended; its webhooks are delivered meanwhile, as a worker would.
    func finished(_ started: TestAnswer) async throws -> TestAnswer {
        for _ in Tries() {
            try await deliverWebhooks()
            let run = try await platform("GET", "/runs/\(started.id)")
            if run.at("/status") != "running" { return run }
        }
        throw TestFault("the run does not end: \(started)")
    }

    /// Inboxes are reached without it.
    private static let deliveryClient = HTTPClient(
        loops: TestPlatform.shared.loops, egress: EgressGuard(),
        resolver: SystemResolver(BlockingPool(threads: 1)), tls: nil)

    /// One round of deliveries of this sandbox.
    private func deliverWebhooks() async throws {
        let (gateway, access) = (gateway, access)
        try await gateway.platform.run { platform in
            let webhooks = gateway.services.stores.webhooks
            let source = DeliverySource(
                system: platform.systemWork, database: platform.database, control: platform.control,
                keys: platform.masterKeys,
                sender: DeliverySender(
                    client: Self.deliveryClient, inbox: webhooks.inbox, clock: platform.clock),
                clock: platform.clock, random: SystemRandom())
            for endpoint in try await webhooks.endpoints.endpoints(as: access) {
                let lane = DeliveryLane(
                    tenant: access.tenant, sandbox: access.sandbox, endpoint: endpoint.id)
                let due = try await source.exchange(lane, recording: [], releasing: [], claiming: 100)
                var outcomes: [DeliveryOutcome] = []
                for item in due.items { outcomes.append(await source.run(item)) }
                _ = try await source.exchange(
                    lane, recording: outcomes, releasing: [], claiming: 0)
            }
        }
    }
}
