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
            fingerprint: SHA256Hasher.digest(canonical).bytes, dryRunSession: matched.session)
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

    func simulate(
        _ matched: MatchedCall, _ asked: AskedFor, _ idempotency: IdempotencyScope?,
        _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        if let answer = asked.example { return answer }
        let callsBack = matched.operation.declaresCallbacks
        if asked.rule == nil, !callsBack, let answer = matched.staticAnswer { return answer }
        var simulated = SimulatedCall(
            operation: matched.operation, pathParameters: matched.pathParameters,
            query: matched.query, body: matched.body, outcomes: asked.outcomes,
            idempotency: idempotency)
        simulated.providers = asked.providers
        simulated.statements = call.insideCaller?.statements ?? []
        simulated.isOfDomain = call.insideCaller?.kind == .provider
        var patience = GatewayLimits.providerPatience
        if callsBack, asked.rule == nil { simulated.callbacks = try await callbackDoor(access, call) }
        while true {
            switch try await run(simulated, asked.rule, matched, access, call) {
            case .needs(let question):
                let answer = try await ask(
                    question, matched, idempotency, simulated.providers, access, &patience, &call)
                simulated.providers.learn(answer, to: question)
            case .came(.answered(let answer)):
                call.stamp = answer.stamp
                for note in answer.notes {
                    call.decisions.note(.simulate, .passed, note.code, evidence: note.evidence)
                }
                call.decisions.note(
                    .simulate, answer.code == nil ? .passed : .decided, answer.code ?? "done",
                    evidence: answer.evidence)
                note(answer.callbacks, &call)
                return Answer(answer)
            case .came(.replayed(let record)):
                call.decisions.note(
                    .idempotency, .decided, "replayed",
                    evidence: ["hint": "Send another Idempotency-Key to have the call run anew."])
                return Answer(replaying: record)
            }
        }
    }

    private enum Run {
        case came(Simulated)
        /// Nothing was done: a provider has to be asked first.
        case needs(ProviderQuestion)
    }

    private func run(
        _ simulated: SimulatedCall, _ rule: RuleMatch?, _ matched: MatchedCall,
        _ access: SandboxAccess, _ call: Call
    ) async throws(Refusal) -> Run {
        let seal = Seal(
            operation: matched.operation, request: call.id,
            isKept: simulated.idempotency != nil, call.loop)
        do throws(SimulationError) {
            if let rule {
                return .came(
                    try await matched.simulator.answer(simulated, by: rule, as: access) {
                        answer throws(SimulationError) in
                        try seal.seal(answer)
                    })
            }
            return .came(
                try await matched.simulator.answer(simulated, as: access) {
                    answer throws(SimulationError) in
                    try seal.seal(answer)
                })
        } catch {
            guard case .needs(let question) = error, !simulated.providers.areExhausted else {
                throw .simulation(error)
            }
            return .needs(question)
        }
    }
}

extension SimulatedAnswer {
    /// Who decided, why, and what would change it, without secrets that the caller may have put where
    /// others belong; nil where nobody decided and all went well.
    fileprivate var evidence: JSONValue? {
        (failure?.evidence ?? unmaskedEvidence).map { SecretMask.masked($0) }
    }

    private var unmaskedEvidence: JSONValue? {
        if let ruleEvidence { return ruleEvidence }
        guard source != nil || code != nil else { return nil }
        var evidence: JSONValue = ["by": .string(source?.rawValue ?? "domain")]
        if code != nil {
            if let simulated { evidence["cause"] = .string(simulated) }
            if let reason { evidence["detail"] = .string(reason.detail) }
            for member in informant?.evidence.object?.members ?? [] {
                evidence[member.name] = member.value
            }
        }
        if let hint = source?.hint ?? reason?.advice { evidence["hint"] = .string(hint) }
        return evidence
    }
}

extension OutcomeSource {
    /// How whoever asked for the outcome stops asking.
    fileprivate var hint: String {
        switch self {
        case .journeyStep: "Leave the scenario out of the journey's step."
        case .request: "Leave out X-Sandbox-Scenario and sbx_scenario."
        case .rule:
            "Change or delete the rule that the cause names: PUT or DELETE /v1/sandboxes/{id}/contracts/{contract}/rules/{rule}."
        case .magicInput:
            "Use a payment method and an amount without a meaning, such as pm_card_visa and 1250; GET /v1/test_inputs lists those that have one."
        case .entityFlag:
            "Take the flag off the object with PATCH /v1/sandboxes/{id}/entities/{type}/{entity}/flags {\"scenario\": null}."
        case .sandboxDefault:
            "Take the sandbox's scenario off with PUT /v1/sandboxes/{id}/default-scenario {\"scenario\": null}."
        }
    }
}
