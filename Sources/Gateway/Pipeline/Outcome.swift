import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

// The scenario step: how the call is to end, as far as somebody asked for it. The order of
// precedence stands in Simulators' `OutcomeResolution`.
extension Pipeline {
    /// What the request and the sandbox ask for.
    struct AskedFor: Sendable {
        var outcomes = AskedOutcomes()
        /// An answer straight from the contract's examples, which nothing is simulated for.
        var example: Answer?
    }

    /// An unknown scenario, or an example that the operation does not declare, is refused.
    func outcomes(
        _ matched: MatchedCall, _ settings: SandboxSettings, _ call: inout Call
    ) throws(Refusal) -> AskedFor {
        var asked = AskedFor()
        asked.outcomes.sandboxDefault = settings.scenario
        if let scenario = call.insideCaller?.scenario {
            call.decisions.note(
                .scenario, .decided, scenario.name,
                evidence: ["by": .string(OutcomeSource.journeyStep.rawValue)])
            asked.outcomes.journeyStep = scenario
        }
        if let text = try scenarioText(call.head) {
            let request = try known(text, matched)
            call.decisions.note(
                .scenario, .decided, request.name,
                evidence: ["by": .string(OutcomeSource.request.rawValue)])
            asked.outcomes.request = request
        } else if let preference = preference(call.head) {
            asked.example = try example(preference, matched.operation)
            call.decisions.note(
                .scenario, .decided, "prefer",
                evidence: ["hint": "Leave code and example out of Prefer."])
        }
        return asked
    }

    private func known(_ text: String, _ matched: MatchedCall) throws(Refusal) -> ScenarioRequest {
        let own = matched.mounted.simulator.scenarios.filter {
            $0.operations.contains(matched.operation.id)
        }
        guard let request = ScenarioRequest(text), own.contains(where: { $0.name == request.name })
        else {
            throw .unknownScenario(
                text, operation: matched.operation.id, known: own.map(\.name))
        }
        return request
    }

    private func scenarioText(_ head: RequestHead) throws(Refusal) -> String? {
        if let field = head.fields["x-sandbox-scenario"] { return field }
        guard head.queryBytes != nil else { return nil }
        let texts = try services.query(of: head).filter { $0.name == "sbx_scenario" }.map(\.value)
        guard texts.count <= 1 else { throw .repeatedScenario }
        return texts.first
    }

    private func preference(_ head: RequestHead) -> Preference? {
        guard head.fields.contains("prefer") else { return nil }
        return Preference(head.fields.values(of: "prefer").joined(separator: ","))
    }

    private func example(
        _ preference: Preference, _ operation: Operation
    ) throws(Refusal) -> Answer {
        guard !preference.isDynamic else { throw .dynamicAnswer }
        let declared = operation.responses.filter { $0.json != nil }
        let status =
            preference.code ?? operation.status(ofExample: preference.example)
            ?? declared.compactMap { Int($0.status) }.first
        guard let status, (200...599).contains(status), let response = operation.response(status: status),
            let document = operation.example(status: status, name: preference.example),
            preference.example == nil || response.hasExample(preference.example)
        else {
            throw .unknownExample(operation.id, declared: declared.map(\.status))
        }
        var answer = Answer(status, document)
        answer.code = status < 400 ? nil : document["error"]?["code"]?.string ?? "status_\(status)"
        let name = preference.example.map { "; example=\($0)" } ?? ""
        answer.fields.append("X-Sbx-Simulated", "prefer=code; status=\(status)\(name)")
        answer.fields.append(
            "Preference-Applied",
            "code=\(status)" + (preference.example.map { ", example=\($0)" } ?? ""))
        return answer
    }
}

extension Operation {
    /// The status whose answer has an example of that name.
    fileprivate func status(ofExample name: String?) -> Int? {
        guard let name else { return nil }
        return responses.first { $0.hasExample(name) }.flatMap { Int($0.status) }
    }
}

extension DeclaredResponse {
    fileprivate func hasExample(_ name: String?) -> Bool {
        json?.examples.contains { $0.name == name } ?? false
    }
}
