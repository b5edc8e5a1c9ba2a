import Contracts
import HTTP
import PlatformSupport
import Tenancy
import Testing

@testable import Gateway

/// Who decides how a call ends, from outside. The whole order stands in `Precedence of outcomes`.
@Suite struct `Outcomes` {
    private func setDefault(_ sandbox: TestSandbox, _ scenario: JSONValue) async throws -> TestAnswer {
        try await sandbox.tenant.call(
            "PUT", "/v1/sandboxes/\(sandbox.slug)/default-scenario", ["scenario": scenario])
    }

    private func flag(_ sandbox: TestSandbox, _ id: String, _ scenario: JSONValue) async throws {
        let (access, flags) = (sandbox.access, JSONObject([.init(name: "scenario", value: scenario)]))
        try await sandbox.gateway.platform.run { platform in
            _ = try await platform.worlds.transaction(as: access) { world in
                let key = EntityKey(contract: "payments", type: "payment_method", id: id)
                _ = try await world.setFlags(flags, of: key)
            }
        }
    }

    private func declineCode(_ answer: TestAnswer) -> JSONValue? { answer.at("/error/decline_code") }

    @Test func `each source gives way to the stronger one`() async throws {
        let sandbox = try await TestSandbox.make()
        #expect(try await sandbox.pay().status == 201)

        #expect(try await setDefault(sandbox, "insufficient_funds").status == 200)
        let byDefault = try await sandbox.pay()
        #expect(declineCode(byDefault) == "insufficient_funds")
        #expect(byDefault["X-Sbx-Simulated"]?.hasPrefix("sandbox_default=insufficient_funds; ") ?? false)

        try await flag(sandbox, "pm_card_visa", "expired_card")
        let byFlag = try await sandbox.pay()
        #expect(declineCode(byFlag) == "expired_card")
        #expect(
            byFlag["X-Sbx-Simulated"]?.hasPrefix("entity_flag=expired_card; entity=pm_card_visa; ")
                ?? false)

        try await flag(sandbox, "pm_card_lost", "expired_card")
        let byCard = try await sandbox.pay { $0["payment_method"] = "pm_card_lost" }
        #expect(declineCode(byCard) == "lost_card")

        let byRequest = try await sandbox.pay(scenario: "do_not_honor") {
            $0["payment_method"] = "pm_card_lost"
        }
        #expect(declineCode(byRequest) == "do_not_honor")

        try await flag(sandbox, "pm_card_visa", .null)
        #expect(try await setDefault(sandbox, .null).at("/scenario") == .null)
        #expect(try await sandbox.pay().status == 201)
    }

    @Test func `an outcome by default is explained by what would change it`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await setDefault(sandbox, "insufficient_funds")
        let explained = try await sandbox.explain(try await sandbox.pay())
        #expect(explained.at("/cause/evidence/by") == "sandbox_default")
        #expect(explained.at("/to_change/0")?.string?.contains("default-scenario") ?? false)
    }

    @Test func `a default leaves operations alone that do not know it`() async throws {
        let sandbox = try await TestSandbox.make()
        _ = try await setDefault(sandbox, "insufficient_funds")
        #expect(try await sandbox.call("POST", "/v1/customers", [:]).status == 201)
    }

    @Test func `a default that nobody knows is refused with the nearest name`() async throws {
        let sandbox = try await TestSandbox.make()
        let refused = try await setDefault(sandbox, "insuficient_funds")
        #expect(refused.status == 400)
        #expect(refused.code == "unknown_scenario")
        #expect(refused.pointers == ["/scenario"])
        #expect(refused.at("/errors/0/expected") == "insufficient_funds")
    }

    @Test func `Prefer answers from the contract's examples and changes nothing`() async throws {
        let sandbox = try await TestSandbox.make()
        let prefer = [(name: "Prefer", value: "code=402, example=expired_card")]
        let answer = try await sandbox.call(
            "POST", "/v1/payments", ["amount": 1, "currency": "eur"], fields: prefer)
        #expect(answer.status == 402)
        #expect(declineCode(answer) == "expired_card")
        #expect(answer["X-Sbx-Simulated"] == "prefer=code; status=402; example=expired_card")
        #expect(answer["Preference-Applied"] == "code=402, example=expired_card")
        #expect(try await Chaos.paymentsStored(sandbox) == 0)
        let scenario = prefer + [(name: "X-Sandbox-Scenario", value: "lost_card")]
        let stronger = try await sandbox.call(
            "POST", "/v1/payments", ["amount": 1, "currency": "eur", "payment_method": "pm_card_visa"],
            fields: scenario)
        #expect(declineCode(stronger) == "lost_card")
    }

    @Test(arguments: [("code=418x", 400), ("respond-async", 201), ("code=402, example=nothing", 400)])
    func `Prefer with what is not declared is refused, other preferences are left alone`(
        prefer: String, status: Int
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.call(
            "POST", "/v1/payments", ["amount": 1, "currency": "eur"],
            fields: [("Prefer", prefer)])
        #expect(answer.status == status)
    }

    @Test func `Prefer dynamic answers from the schema, the same each time`() async throws {
        let sandbox = try await TestSandbox.frozen()
        let dynamic = { (more: String) in
            try await sandbox.call(
                "GET", "/v1/payments/pay_none", fields: [("Prefer", "dynamic=true\(more)")])
        }
        let answer = try await dynamic("")
        #expect(answer.status == 200, "\(answer)")
        #expect(answer["X-Sbx-Simulated"] == "prefer=dynamic; status=200")
        #expect(answer["Preference-Applied"] == "code=200, dynamic=true")
        let operation = try #require(try TestGateway.contract("payments").operation(id: "get_payment"))
        #expect(operation.validateAnswer(status: 200, body: answer.json).isEmpty)
        #expect(answer.json != operation.example(status: 200))
        #expect(try await dynamic("").body == answer.body)
        let missing = try await dynamic(", code=404")
        #expect(missing.status == 404)
        #expect(operation.validateAnswer(status: 404, body: missing.json).isEmpty, "\(missing)")
        #expect(try await dynamic(", example=none").status == 400)
    }
}
