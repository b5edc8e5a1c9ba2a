import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Observability
import Simulators
import Tenancy

// What happens in the sandbox's world, and how it is told.
extension Pipeline {
    /// The scope of the call's Idempotency-Key; nil without one, or where nothing changes anyway.
    func idempotencyScope(
        _ target: SandboxTarget, _ matched: MatchedCall, _ body: [UInt8], _ call: inout Call
    ) throws(Refusal) -> IdempotencyScope? {
        guard !call.head.method.isSafe, let field = call.head.fields["idempotency-key"] else {
            return nil
        }
        let key = try idempotencyKey(field)
        let path = String(decoding: target.path, as: UTF8.self)
        call.decisions.note(.idempotency, .passed, "key_given")
        let canonical = matched.body.map { JSONWriter.bytes($0) } ?? body
        return IdempotencyScope(
            key: key, method: matched.operation.method, path: "/\(matched.mounted.name)\(path)",
            fingerprint: SHA256Hasher.digest(canonical).bytes)
    }

    /// The field is a structured string, so quoted; a bare token is taken as well.
    private func idempotencyKey(_ field: String) throws(Refusal) -> String {
        let isQuoted = field.count >= 2 && field.hasPrefix("\"") && field.hasSuffix("\"")
        let key = isQuoted ? String(field.dropFirst().dropLast()) : field
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            throw .invalidIdempotencyKey
        }
        return key
    }

    /// The outcome asked for by header or query; an unknown name is refused with its neighbours.
    func scenario(_ matched: MatchedCall, _ call: inout Call) throws(Refusal) -> Scenario? {
        guard let text = try scenarioText(call.head) else { return nil }
        let known = matched.mounted.simulator.scenarios
        let own = known.filter { $0.operations.contains(matched.operation.id) }
        guard let request = ScenarioRequest(text),
            let scenario = own.first(where: { $0.name == request.name })
        else {
            throw .unknownScenario(
                text, operation: matched.operation.id, known: own.map(\.name))
        }
        call.decisions.note(.scenario, .decided, scenario.name)
        return scenario
    }

    private func scenarioText(_ head: RequestHead) throws(Refusal) -> String? {
        if let field = head.fields["x-sandbox-scenario"] { return field }
        guard head.queryBytes != nil else { return nil }
        let texts = try services.query(of: head).filter { $0.name == "sbx_scenario" }.map(\.value)
        guard texts.count <= 1 else { throw .repeatedScenario }
        return texts.first
    }

    func simulate(
        _ matched: MatchedCall, _ scenario: Scenario?, _ idempotency: IdempotencyScope?,
        _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let simulated = SimulatedCall(
            operation: matched.operation, pathParameters: matched.pathParameters,
            query: matched.query, body: matched.body, scenario: scenario, idempotency: idempotency)
        let seal = Seal(
            operation: matched.operation, request: call.id, isKept: idempotency != nil, call.loop)
        let outcome: Simulated
        do throws(SimulationError) {
            outcome = try await matched.mounted.simulator.answer(simulated, as: access) {
                answer throws(SimulationError) in
                try seal.seal(answer)
            }
        } catch {
            throw .simulation(error)
        }
        switch outcome {
        case .answered(let answer):
            call.stamp = answer.stamp
            call.decisions.note(
                .simulate, answer.code == nil ? .passed : .decided, answer.code ?? "done")
            return Answer(answer)
        case .replayed(let record):
            call.decisions.note(.idempotency, .decided, "replayed")
            return Answer(replaying: record)
        }
    }
}
