import Access
import Contracts
import PlatformSupport
import Tenancy
import Testing

@testable import Simulators

/// The domain's own words against the contract it serves.
@Suite struct `The payments contract` {
    private static let contract: Contract = {
        do {
            return try Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json")))
        } catch {
            preconditionFailure("the embedded contract is one: \(error)")
        }
    }()

    private static let schemas = [
        "customer": "Customer", "payment_method": "PaymentMethod", "payment": "Payment",
        "refund": "Refund",
    ]

    @Test func `every golden object is valid against its schema`() throws {
        var checked = 0
        for golden in GoldenWorld.current.all where golden.key.contract == "payments" {
            guard let name = Self.schemas[golden.key.type] else { continue }
            let pointer = try #require(JSONPointer("/components/schemas/\(name)"))
            let schema = try CompiledSchema(Self.contract.document, at: pointer)
            let entity = golden.entity(timeZero: SandboxInstant(microseconds: 1_767_225_600_000_000))
            let faults = schema.validate(try JSONParser.parse(entity.document))
            #expect(faults.isEmpty, "\(golden.key.id): \(faults)")
            checked += 1
        }
        #expect(checked >= 25)
    }

    @Test func `knows every decline, and every scenario names a known operation`() throws {
        let simulator = try PaymentsSimulator(
            world: TestPlatform.shared.worlds, contract: Self.contract, graph: EmbeddedFile.graph)
        #expect(!simulator.currencies.isEmpty)
        for scenario in simulator.scenarios {
            for operation in scenario.operations {
                #expect(Self.contract.operation(id: operation) != nil, "\(scenario.name)")
            }
        }
        let operation = try #require(Self.contract.operation(id: "create_payment"))
        for decline in Decline.all {
            let faults = operation.validateAnswer(
                status: 402, body: ["error": PaymentsError.lastError(decline)])
            #expect(faults.isEmpty, "\(decline.code): \(faults)")
        }
    }
}
