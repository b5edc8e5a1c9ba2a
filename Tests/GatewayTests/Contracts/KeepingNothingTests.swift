import Contracts
import Testing

@testable import Gateway

/// An operation of an imported contract that keeps nothing, whatever its method:
/// `ImportedContracts.labels`.
@Suite struct `A call that keeps nothing` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "labels", seed: 7)
    }

    @Test(arguments: ["/labels", "/estimates"])
    func `takes no tick`(path: String) async throws {
        let answer = try await sandbox.call("labels", "POST", path, ["grams": 12])
        #expect(answer.status == 200, "\(answer)")
        #expect(try await sandbox.logged(answer).at("/tick")?.int == nil)
        let customer = try await sandbox.call("payments", "POST", "/v1/customers", [:])
        #expect(customer.status == 201, "\(customer)")
        #expect(try await sandbox.logged(customer).at("/tick") == 1)
    }

    @Test func `is answered the same for the same request, and drawn anew for another`() async throws {
        var answers: [[UInt8]] = []
        for grams in [1, 1, 2, 3] {
            let answer = try await sandbox.call("labels", "POST", "/estimates", ["grams": .int(grams)])
            #expect(answer.status == 200, "\(answer)")
            answers.append(answer.body)
        }
        #expect(answers[0] == answers[1])
        #expect(Set(answers).count == 3)
    }

    @Test func `is kept under an idempotency key, with a tick and the same bytes`() async throws {
        let plain = try await sandbox.call("labels", "POST", "/estimates", ["grams": 5])
        let key = [(name: "Idempotency-Key", value: "one")]
        let first = try await sandbox.call(
            "labels", "POST", "/estimates", ["grams": 5], fields: key)
        #expect(first.body == plain.body)
        #expect(try await sandbox.logged(first).at("/tick") == 1)
        let second = try await sandbox.call(
            "labels", "POST", "/estimates", ["grams": 5], fields: key)
        #expect(second["Idempotent-Replayed"] == "true")
        #expect(second.body == first.body)
        let other = try await sandbox.call(
            "labels", "POST", "/estimates", ["grams": 6], fields: key)
        #expect(other.status == 422, "\(other)")
    }

    @Test func `is held against its contract all the same`() async throws {
        let answer = try await sandbox.call("labels", "POST", "/labels", ["grams": 0])
        #expect(answer.status == 400, "\(answer)")
    }
}
