package import Access
package import Contracts
import Runtime
package import Tenancy

// Calls that a rule answers. They take the way of any other: a tick and the idempotency record in
// one commit for what changes something, nothing stored for what does not; only that the rule
// speaks in place of the behaviour and the world's objects stay as they are.
extension Simulator {
    package func answer(
        _ call: SimulatedCall, by match: RuleMatch, as access: SandboxAccess,
        sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated {
        let isSafe = ["GET", "HEAD", "OPTIONS", "TRACE"].contains(call.operation.method)
        let change: WorldStore.Change = { _, transaction in
            try match.answered(
                now: transaction.now, transaction.draws("rule:" + match.rule.id))
        }
        return try await world.answer(
            call, as: access, sealing: seal, by: isSafe ? nil : change
        ) {
            let head = try await world.head(as: access)
            return try match.answered(now: head.now(at: world.clock.now()), match.draws(head))
        }
    }
}

extension RuleMatch {
    /// Of what changes nothing: the same for the same call in the same sandbox.
    package func draws(_ head: WorldHead) -> Draws {
        Draws(
            seed: head.seed, operation: "rule:" + rule.id,
            canonicalRequest: Array(request.canonicalName.utf8))
    }

    /// The answer, not yet held against the contract. Nil for a rule that names a scenario, which
    /// the operation's own behaviour answers.
    package func filled(now: SandboxInstant, _ draws: Draws) throws(RuleFailure) -> FilledAnswer? {
        switch rule.answer {
        case .scenario: return nil
        case .made(let made):
            return try made.filled(request, RuleWorld(now: now, draws: draws))
        case .example(let status, let name):
            guard let body = request.operation.example(status: status, name: name) else {
                throw .exampleMissing(status: status)
            }
            return FilledAnswer(status: status, headers: [], body: .json(body, type: nil))
        }
    }

    /// What the contract does not allow in the answer.
    package func faults(of answer: FilledAnswer) -> [MessageFault] {
        guard !rule.isUnchecked else { return [] }
        var document: JSONValue?
        if case .json(let body, _) = answer.body { document = body }
        return request.operation.validateAnswer(status: answer.status, body: document)
    }

    fileprivate func answered(
        now: SandboxInstant, _ draws: Draws
    ) throws(SimulationError) -> SimulatedAnswer {
        do throws(RuleFailure) {
            guard let filled = try filled(now: now, draws) else {
                preconditionFailure("scenarios are answered by the operation's behaviour")
            }
            let faults = faults(of: filled)
            guard faults.isEmpty else { throw RuleFailure.refused(faults) }
            return SimulatedAnswer(filled, by: self)
        } catch {
            throw .rule(id: rule.id, error)
        }
    }
}

extension SimulatedAnswer {
    fileprivate init(_ filled: FilledAnswer, by match: RuleMatch) {
        let status = filled.status
        let outcome: Outcome =
            status < 400 ? .found : status == 404 ? .missing : status == 409 ? .conflicting : .declined
        switch filled.body {
        case .none: self.init(outcome, type: "", [])
        case .json(let body, let type):
            self.init(outcome, body)
            documentType =
                type ?? match.request.operation.response(status: status)?.document?.documentType
        case .text(let text, let type): self.init(outcome, type: type, Array(text.utf8))
        }
        self.status = status
        // The seal has nothing left to look at: the rule's own check came first, and says whose
        // mistake it is.
        isUndeclared = true
        headers = filled.headers
        code = status < 400 ? nil : Self.code(in: filled) ?? "status_\(status)"
        simulated = "rule=\(match.rule.id); status=\(status)"
        source = .rule
        ruleEvidence = match.evidence
    }

    private static func code(in filled: FilledAnswer) -> String? {
        guard case .json(let body, _) = filled.body else { return nil }
        return body["error"]?["code"]?.string ?? body["code"]?.string
    }
}
