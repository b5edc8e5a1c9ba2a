import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// The scenario step: how the call is to end, as far as somebody asked for it. The order of
// precedence stands in Simulators' `OutcomeResolution`.
extension Pipeline {
    /// What the request and the sandbox ask for.
    struct AskedFor: Sendable {
        var outcomes = AskedOutcomes()
        /// Who answers what the call needs from outside.
        var providers = Providers()
        /// An answer straight from the contract's examples, which nothing is simulated for.
        var example: Answer?
        /// The rule that answers in place of the operation's behaviour.
        var rule: RuleMatch?
        /// The upstream that answers in place of the sandbox.
        var upstream: UpstreamRoute?
    }

    /// An unknown scenario, or an example that the operation does not declare, is refused.
    func outcomes(
        _ matched: MatchedCall, _ settings: SandboxSettings, _ access: SandboxAccess,
        _ call: inout Call
    ) async throws(Refusal) -> AskedFor {
        var asked = AskedFor()
        let asking = call.insideCaller?.asking ?? []
        asked.providers = Providers(settings.dependencies.filter { !asking.contains($0.key) })
        asked.outcomes.sandboxDefault = settings.scenario.request(
            contract: matched.mounted.name, operation: matched.operation.id)
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
            asked.example =
                preference.isDynamic
                ? try await made(preference, matched, access)
                : try example(preference, matched.operation, call.head)
            call.decisions.note(
                .scenario, .decided, "prefer",
                evidence: ["hint": "Leave code, example and dynamic out of Prefer."])
        }
        // What was asked for by name is simulated, and so is a dry run.
        if asked.outcomes.journeyStep == nil, asked.outcomes.request == nil,
            asked.example == nil, matched.session.isEmpty
        {
            asked.upstream = settings.mounts[matched.mounted.name].route(of: matched.operation.id)
        }
        if asked.upstream == nil { try await addRule(matched, settings, &asked, &call) }
        return asked
    }

    /// The sandbox's rule for the call, unless somebody stronger has spoken: a rule that names a
    /// scenario asks for it beside the others, one that answers does so itself.
    private func addRule(
        _ matched: MatchedCall, _ settings: SandboxSettings, _ asked: inout AskedFor,
        _ call: inout Call
    ) async throws(Refusal) {
        guard asked.outcomes.journeyStep == nil, asked.outcomes.request == nil,
            asked.example == nil, let stored = settings.rules[matched.mounted.name],
            let match = try await services.compiled(stored).match(
                matched.operation, { matched.ruleRequest(call.head.fields) })
        else { return }
        call.decisions.note(
            .scenario, .decided, "rule", evidence: SecretMask.masked(match.evidence))
        if case .scenario(let scenario) = match.rule.answer {
            asked.outcomes.rule = (match.rule.id, scenario)
        } else {
            asked.rule = match
        }
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
        _ preference: Preference, _ operation: Operation, _ head: RequestHead
    ) throws(Refusal) -> Answer {
        let declared = operation.responses.filter { $0.document != nil }
        let status =
            preference.code ?? operation.status(ofExample: preference.example)
            ?? declared.compactMap { Int($0.status) }.first
        guard let status, (200...599).contains(status), let response = operation.response(status: status),
            let document = response.form(for: head).flatMap({
                operation.example(in: $0, name: preference.example)
            }) ?? operation.example(status: status, name: preference.example),
            preference.example == nil || response.hasExample(preference.example)
        else {
            throw .unknownExample(operation.id, declared: declared.map(\.status))
        }
        let name = preference.example.map { "example=\($0)" }
        return preferred(status, document, "code", [name].compactMap(\.self))
    }

    /// An answer made from the schema, without the contract's own examples: the same for the same
    /// call in the same sandbox.
    private func made(
        _ preference: Preference, _ matched: MatchedCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let operation = matched.operation
        let declared = operation.responses.filter { $0.document?.schema != nil }
        let status =
            preference.code ?? declared.compactMap { Int($0.status) }.min()
        guard preference.example == nil, let status, (200...599).contains(status),
            let schema = operation.response(status: status)?.document?.schema
        else {
            throw .unknownExample(operation.id, declared: declared.map(\.status))
        }
        let head: WorldHead
        do throws(TenancyError) {
            head = try await services.stores.world.head(as: access)
        } catch {
            throw .tenancy(error, during: .scenario)
        }
        let context = MakingContext(
            matched, head, "\(status)", now: head.now(at: services.clock.now()))
        let fresh = schema.makeFresh(context)
        // What no free value fits may be met by the contract's own.
        let document = schema.accepts(fresh, as: .answer) ? fresh : schema.make(context)
        return preferred(status, document, "dynamic", ["dynamic=true"])
    }

    private func preferred(
        _ status: Int, _ document: JSONValue, _ kind: String, _ beside: [String]
    ) -> Answer {
        var answer = Answer(status, document)
        answer.code = status < 400 ? nil : document["error"]?["code"]?.string ?? "status_\(status)"
        answer.fields.append(
            "X-Sbx-Simulated",
            (["prefer=\(kind)", "status=\(status)"] + beside.filter { $0 != "dynamic=true" })
                .joined(separator: "; "))
        answer.fields.append(
            "Preference-Applied", (["code=\(status)"] + beside).joined(separator: ", "))
        return answer
    }
}

extension MatchedCall {
    fileprivate func ruleRequest(_ fields: HeaderFields) -> RuleRequest {
        RuleRequest(
            operation: operation, path: pathParameters, query: query,
            headers: fields.map { ($0.name, $0.value) }, body: body)
    }
}

extension MakingContext {
    fileprivate init(
        _ matched: MatchedCall, _ head: WorldHead, _ status: String, now: SandboxInstant
    ) {
        let query = matched.query.map { "\($0.name)=\($0.value)" }.sorted()
        let path = matched.pathParameters.map { "\($0.name)=\($0.value)" }
        var draws = Draws(
            seed: head.seed, operation: matched.operation.id,
            canonicalRequest: Array((path + query + [status]).joined(separator: "&").utf8))
        self.init(
            seed: draws.next(), now: now.rfc3339, seconds: now.microseconds / 1_000_000,
            direction: .answer)
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
        [json, xml].contains { $0?.examples.contains { $0.name == name } ?? false }
    }
}
