import Contracts
import HTTP
import Runtime
import Testing

/// A client that calls over a socket sees each fault as what it is, and an idempotency key gets it
/// the answer that was lost.
@Suite struct `Chaos on the wire` {
    private static let ways: [Way] = [.socket, .tls]

    @Test(
        arguments: [
            ("reset", .connectionLost), ("timeout;hold=30ms", .connectionLost),
            ("truncate", .malformed(.unexpectedEnd)), ("truncate;bytes=0", .malformed(.unexpectedEnd)),
        ] as [(String, ClientError)], Self.ways)
    func `an answer that is lost leaves its effect, and the key finds it`(
        lost: (chaos: String, error: ClientError), by way: Way
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let call = Chaos.payment(sandbox, lost.chaos, key: "order-1")
        await #expect(throws: lost.error) { try await sandbox.gateway.send(call, by: way) }
        #expect(try await Chaos.paymentsStored(sandbox) == 1)
        let again = try await sandbox.gateway.send(
            Chaos.payment(sandbox, nil, key: "order-1"), by: way)
        #expect(again.status == 201)
        #expect(again["Idempotent-Replayed"] == "true")
        #expect(try await Chaos.paymentsStored(sandbox) == 1)
    }

    @Test(arguments: ["reset;phase=before", "timeout;hold=30ms;phase=before"], Self.ways)
    func `an answer that is lost before leaves nothing`(chaos: String, by way: Way) async throws {
        let sandbox = try await TestSandbox.make()
        let call = Chaos.payment(sandbox, chaos, key: "order-1")
        await #expect(throws: ClientError.connectionLost) {
            try await sandbox.gateway.send(call, by: way)
        }
        #expect(try await Chaos.paymentsStored(sandbox) == 0)
    }

    @Test(arguments: Self.ways)
    func `a slow body and a late head come whole`(by way: Way) async throws {
        let sandbox = try await TestSandbox.make()
        let began = MonotonicInstant.now()
        let chaos = "latency=40ms,slow_body;bytes_per_second=20000"
        let answer = try await sandbox.gateway.send(Chaos.payment(sandbox, chaos), by: way)
        #expect(answer.status == 201)
        #expect(answer.json["object"] == "payment")
        #expect(
            answer.fields.values(of: "x-sbx-simulated").joined(separator: ", ")
                == "chaos=latency; milliseconds=40, chaos=slow_body; bytes_per_second=20000; phase=after")
        #expect(MonotonicInstant.now() - began >= .milliseconds(60))
    }
}
