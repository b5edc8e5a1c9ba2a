import Contracts
import Copilot
import HTTP
import Tenancy
import Testing

@testable import Gateway

@Suite struct `The assistant over HTTP` {
    private func plan(
        _ sandbox: TestSandbox, _ text: String, _ context: JSONValue? = nil
    ) async throws -> TestAnswer {
        var body: JSONValue = ["text": .string(text)]
        if let context { body["context"] = context }
        return try await sandbox.tenant.call(
            "POST", "/v1/sandboxes/\(sandbox.slug)/assistant/plan", body)
    }

    @Test func `plans a sentence in the contract's operations and scenarios`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await plan(
            sandbox, "Create a $50 payment, simulate card decline and send a webhook")
        #expect(answer.status == 200)
        #expect(answer.at("/outcome") == "plan")
        #expect(answer.at("/steps/0/operation") == "payments.create_payment")
        #expect(answer.at("/steps/0/scenario") == "card_declined")
        #expect(answer.at("/steps/0/params") == ["amount": 5000, "currency": "usd"])
        #expect(answer.at("/webhook") == true)
        #expect(answer.at("/not_understood") == [])
    }

    @Test(arguments: [
        "Create three cross-currency payments: first succeeds, second fails 3DS, third is rejected in clearing",
        "帮我构造三笔跨币种支付：第一笔成功，第二笔 3DS 失败，第三笔在清算阶段被拒",
    ])
    func `plans nothing that the payments world cannot do, for what it can`(_ text: String) async throws {
        let sandbox = try await TestSandbox.make()
        let steps = try #require(try await plan(sandbox, text).at("/steps")?.array)
        #expect(steps.count == 3)
        #expect(steps.allSatisfy { $0["not_available"] == nil && $0["operation"] != nil })
    }

    @Test func `the same text in the same sandbox has the same plan id`() async throws {
        let sandbox = try await TestSandbox.make()
        let first = try await plan(sandbox, "pay 5 dollars, then refund it")
        #expect(first.at("/plan_id")?.string?.hasPrefix("pln_") ?? false)
        #expect(first.json == (try await plan(sandbox, "pay 5 dollars, then refund it")).json)
    }

    @Test func `what no mounted contract does is planned and marked`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await plan(sandbox, "pay 5 dollars, then text \"Paid\" to +12025550142")
        #expect(answer.at("/steps/0/not_available") == nil)
        #expect(answer.at("/steps/1/action") == "send_sms")
        #expect(answer.at("/steps/1/not_available") == true)
        #expect(answer.at("/steps/1/operation") == nil)
    }

    @Test func `what is missing becomes one question, unless the context knows it`() async throws {
        let sandbox = try await TestSandbox.make()
        let asked = try await plan(sandbox, "refund that payment")
        #expect(asked.status == 200)
        #expect(asked.at("/outcome") == "clarify")
        #expect(asked.at("/ask") == ["payment"])
        #expect(asked.at("/steps") == [])
        let known = try await plan(sandbox, "refund that payment", ["payment": "pay_7"])
        #expect(known.at("/outcome") == "plan")
        #expect(known.at("/steps/0/action") == "create_refund")
        #expect(known.at("/steps/0/params") == ["payment": "pay_7"])
    }

    @Test func `what is not done here is refused with the reason`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await plan(sandbox, "charge the live production endpoint 5 dollars")
        #expect(answer.status == 200)
        #expect(answer.at("/outcome") == "refuse")
        #expect(answer.at("/reason") == "production_access")
        #expect(answer.at("/steps") == [])
        #expect(answer.at("/summary")?.string?.isEmpty == false)
    }

    @Test(arguments: [
        ("/text", ["text": ""]), ("/text", ["text": .string(String(repeating: "a", count: 1_001))]),
        ("/text", [:]), ("/context/weather", ["text": "pay", "context": ["weather": "fine"]]),
    ] as [(String, JSONValue)])
    func `a request without a text of readable length is a problem`(
        _ pointer: String, _ body: JSONValue
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.tenant.call(
            "POST", "/v1/sandboxes/\(sandbox.slug)/assistant/plan", body)
        #expect(answer.status == 400)
        #expect(answer.at("/code") == "validation_failed")
        #expect(answer.at("/errors/0/pointer") == .string(pointer), "\(answer)")
    }

    @Test func `every operation that plans name is one of its contract's`() async throws {
        let gateway = try await TestGateway.shared
        let payments = Set(try Operations.payments().operations.map(\.id))
        let platform = Set(gateway.services.platform.operations.map(\.id))
        for known in ActionOperation.all {
            let operations = known.contract == ActionOperation.platform ? platform : payments
            #expect(operations.contains(known.operation), "\(known.name)")
        }
    }
}
