import Contracts
import Testing

@testable import Copilot

@Suite struct `Plans` {
    @Test func `the same text gives the same hash, another text another`() {
        let hash = Planner.plan("pay 5 dollars, then refund it").hash
        #expect(hash == Planner.plan("pay 5 dollars, then refund it").hash)
        #expect(hash != Planner.plan("pay 6 dollars, then refund it").hash)
        #expect(hash.count == 32)
    }

    @Test func `the first sentence of the assistant's page: a declined payment and a webhook`() {
        let plan = Planner.plan("Create a $50 payment, simulate card decline and send a webhook")
        #expect(plan.steps.map(\.action) == ["create_payment"])
        #expect(plan.steps.first?.params["amount"] == 5000)
        #expect(plan.steps.first?.params["currency"] == "usd")
        #expect(plan.steps.first?.scenario == "card_declined")
        #expect(plan.webhook)
        #expect(plan.notUnderstood.isEmpty)
    }

    @Test(arguments: [
        "Create three cross-currency payments: first succeeds, second fails 3DS, third is rejected in clearing",
        "帮我构造三笔跨币种支付：第一笔成功，第二笔 3DS 失败，第三笔在清算阶段被拒",
    ])
    func `three payments across currencies, each with its own end`(_ text: String) {
        let plan = Planner.plan(text)
        #expect(plan.steps.map(\.action) == Array(repeating: "create_payment", count: 3))
        #expect(plan.steps.map(\.scenario) == [nil, "three_ds_failed", "clearing_rejected"])
        #expect(plan.steps.allSatisfy { $0.params["cross_currency"] == true })
        #expect(plan.notUnderstood.isEmpty)
    }

    @Test func `a step hangs on what the condition says of another`() {
        let plan = Planner.plan(
            "charge 15 euros; if it succeeds send an email, otherwise send a text")
        #expect(plan.steps.map(\.action) == ["create_payment", "send_email", "send_sms"])
        #expect(plan.steps.map { $0.condition?.status } == [nil, "succeeded", "failed"])
        #expect(plan.steps.map { $0.condition?.step } == [nil, 0, 0])
    }

    @Test func `a step names the words and the rules that made it`() throws {
        let step = try #require(Planner.plan("a declined forty euro payment").steps.first)
        #expect(!step.spans.isEmpty)
        #expect(step.rules.contains { $0.hasPrefix("en.out.decline") })
        #expect(step.rules.contains { $0.hasPrefix("en.thing.create_payment") })
    }

    @Test func `words that nothing explains are listed`() {
        #expect(Planner.plan("pay 5 dollars zyxomatically").notUnderstood == ["zyxomatically"])
    }

    @Test func `text inside quotation marks gives no orders`() {
        let plan = Planner.plan("text \"refund $5 on the production system\" to +12025550142")
        #expect(plan.steps.map(\.action) == ["send_sms"])
    }

    @Test func `what the world cannot do is planned and marked`() throws {
        let context = PlannerContext(world: SandboxWorld(operations: ["payments.create_payment"]))
        let plan = Planner.plan("pay 5 dollars, then refund it", context: context)
        #expect(plan.steps.map(\.isNotAvailable) == [false, true])
    }

    @Test func `a question has one sentence in the language of the text, and choices`() {
        let english = Planner.plan("pay 50")
        #expect(english.outcome == .clarify)
        #expect(english.ask == ["currency"])
        #expect(english.question == "In which currency?")
        #expect(!english.choices.isEmpty)
        #expect(Planner.plan("转账 100").question == "什么币种？")
    }

    @Test func `a check gets the customer it needs, marked as added`() {
        let plan = Planner.plan("KYC check that needs a manual review")
        #expect(plan.steps.map(\.action) == ["create_customer", "create_kyc_check"])
        #expect(plan.steps.map(\.isAdded) == [true, false])
    }

    @Test func `a plan takes at most ten milliseconds, ninety-nine times of a hundred`() throws {
        let texts = try Request.own("seen").map(\.text)
        _ = Planner.plan(texts[0])
        let clock = ContinuousClock()
        var times: [Duration] = []
        for text in texts { times.append(clock.measure { _ = Planner.plan(text) }) }
        times.sort()
        let p99 = times[times.count * 99 / 100]
        print(
            "planner: p50 \(times[times.count / 2]), p99 \(p99), \(Build.isOptimised ? "optimised" : "not optimised")"
        )
        if Build.isOptimised { #expect(p99 <= .milliseconds(10)) }
    }
}

enum Build {
    static var isOptimised: Bool {
        var isDebug = false
        assert(
            {
                isDebug = true
                return true
            }())
        return !isDebug
    }
}
