import Contracts
import HTTP
import Testing

@testable import Gateway

/// Published contracts that are bound by their name alone, beside the exchange rates of
/// `A published provider of exchange rates`.
@Suite(.enabled(if: PublishedContracts.arePresent, "corpus absent"))
struct `A published provider` {
    /// A sandbox with the corpus' `file` mounted as `name` and bound to `dependency`.
    private func bound(
        _ file: String, as name: String, to dependency: String
    ) async throws -> TestSandbox {
        let sandbox = try await TestSandbox.make()
        let found = try #require(PublishedContracts.valid.first { $0.name == file })
        let made = try await sandbox.gateway.send(
            TestCall("POST", "/v1/contracts?name=\(name)").key(sandbox.tenant.key)
                .type(file.hasSuffix(".json") ? "application/json" : "application/yaml")
                .body(try found.bytes()))
        #expect(made.status == 201, "\(made)")
        #expect(try await sandbox.mount(name).status == 201)
        let bound = try await sandbox.bind(["contract": .string(name)], to: dependency)
        #expect(bound.status == 200, "\(bound)")
        return sandbox
    }

    private func customer(_ sandbox: TestSandbox) async throws -> JSONValue {
        .string(
            try await sandbox.call(
                "POST", "/v1/customers",
                ["name": "Mara Lindqvist", "email": "mara@example.com", "phone": "+46 8 123 450"]
            ).id)
    }

    @Test func `of risk scores says what our rules would, fails, and scores again`() async throws {
        let sandbox = try await bound(
            "twilio-lookups-v2.yaml", as: "lookups", to: "risk.score")
        let payer = try await customer(sandbox)
        func pay() async throws -> TestAnswer {
            try await sandbox.pay {
                $0["customer"] = payer
                $0["merchant"] = "merchant_high_risk"
            }
        }
        let paid = try await pay()
        #expect(paid.at("/outcome/risk_score") == 55, "\(paid)")
        #expect(
            paid.at("/outcome/risk_provider")
                == ["contract": "lookups", "operation": "FetchPhoneNumber", "failure": .null])
        #expect(
            try await sandbox.operations(beside: paid) == ["create_payment", "FetchPhoneNumber"])
        #expect(try await sandbox.faults("503=100%", of: "lookups").status == 200)
        let own = try await pay()
        #expect(own.at("/outcome/risk_score") == 55, "\(own)")
        #expect(own.at("/outcome/risk_provider/failure") == "status")
        #expect(try await sandbox.faults(nil, of: "lookups").status == 200)
        #expect(try await pay().at("/outcome/risk_provider/failure") == .null)
    }

    @Test func `of messages takes the code as a form, fails, and sends again`() async throws {
        let sandbox = try await bound("twilio-api-v2010.json", as: "twilio", to: "sms.send")
        let payer = try await customer(sandbox)
        func challenge() async throws -> (payment: TestAnswer, code: JSONValue) {
            let asked = try await sandbox.pay(scenario: "three_ds_challenge") {
                $0["customer"] = payer
            }
            let own = try await sandbox.call(
                "GET", "/v1/authentications/\(asked.at("/authentication")?.string ?? "none")")
            return (asked, own.at("/one_time_code") ?? .null)
        }
        let (asked, sent) = try await challenge()
        let explained = try await sandbox.explain(asked)
        #expect(sent["status"] == "sent" && sent["message_status"] == "queued", "\(explained)")
        let sid = try #require(sent["message"]?.string)
        #expect(
            try await sandbox.operations(beside: asked) == ["create_payment", "CreateMessage"])
        let account = "AC00000000000000000000000000000000"
        let message = try await sandbox.call(
            "twilio", "GET", "/2010-04-01/Accounts/\(account)/Messages/\(sid).json")
        #expect(message.at("/to") == "+468123450", "\(message)")
        #expect(message.at("/body")?.string?.hasPrefix(sent["code"]?.string ?? "none") == true)
        let listed = try await sandbox.call(
            "twilio", "GET", "/2010-04-01/Accounts/\(account)/Messages.json")
        #expect(listed.at("/messages/0/sid")?.string == sid, "\(listed)")
        let opened = try await sandbox.call(
            "twilio", "GET", "/2010-04-01/Accounts/\(account).json")
        #expect(opened.status == 200, "\(opened)")

        #expect(try await sandbox.faults("429=100%", of: "twilio").status == 200)
        let (standing, unsent) = try await challenge()
        #expect(standing.at("/status") == "requires_action", "\(standing)")
        #expect(unsent["status"] == "not_sent", "\(unsent)")
        let failed = try await sandbox.explain(standing).at("/decisions")?.array?
            .first { $0["code"] == "provider_failed" }
        #expect(failed?["evidence"]?["operation"] == "CreateMessage")
        #expect(failed?["evidence"]?["status"] == 429)
        #expect(try await sandbox.faults(nil, of: "twilio").status == 200)
        #expect(try await challenge().code["status"] == "sent")
    }

    @Test func `of identity checks matches, fails, and matches again`() async throws {
        let sandbox = try await bound("camara-kyc-match.yaml", as: "kyc", to: "kyc.check")
        let id = try await customer(sandbox).string ?? ""
        func verify() async throws -> TestAnswer {
            try await sandbox.call("POST", "/v1/customers/\(id)/verify")
        }
        let checked = try await verify()
        #expect(checked.at("/verification/status") == "verified", "\(checked)")
        #expect(checked.at("/verification/provider") == "kyc")
        #expect(
            try await sandbox.operations(beside: checked) == ["verify_customer", "KYC_Match"])
        _ = try await sandbox.call("PATCH", "/v1/customers/\(id)", ["name": "M4ra Lindqvist"])
        #expect(try await verify().at("/verification/status") == "failed")

        let set = try await sandbox.scenarios([
            ["contract": "kyc", "operation": "KYC_Match", "scenario": "status_422"]
        ])
        #expect(set.status == 200, "\(set)")
        let failed = try await verify()
        #expect(failed.status == 503 && failed.errorCode == "verification_unavailable", "\(failed)")
        let explained = try await sandbox.explain(failed)
        #expect(explained.at("/cause/evidence/provider") == "kyc", "\(explained)")
        #expect(explained.at("/cause/evidence/operation") == "KYC_Match")
        _ = try await sandbox.scenarios([])
        #expect(try await verify().status == 200)
    }
}
