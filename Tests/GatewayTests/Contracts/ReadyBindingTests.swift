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
}
