import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// Chaos (before) and chaos (after): faults that somebody asked for, by header or by the sandbox's
// settings. What the platform itself refuses is never touched by them.
extension Pipeline {
    /// Draws the call's faults; nil when chaos is off. Counts the call when it is on.
    func chaos(
        _ matched: MatchedCall, _ settings: OutcomeSettings, _ access: SandboxAccess,
        _ call: inout Call
    ) async throws(Refusal) -> ChaosPlan? {
        guard let faults = try await faults(matched, settings, access, call.head),
            !faults.members.isEmpty
        else { return nil }
        let counted: (count: Int64, seed: Int64)
        do throws(TenancyError) {
            counted = try await services.stores.faults.next(as: access)
        } catch {
            throw .tenancy(error, during: .chaosBefore)
        }
        let plan = ChaosPlan(
            faults, seed: counted.seed, operation: matched.operation.id, count: counted.count)
        note(plan, faults, counted.count, &call)
        return plan
    }

    private func faults(
        _ matched: MatchedCall, _ settings: OutcomeSettings, _ access: SandboxAccess,
        _ head: RequestHead
    ) async throws(Refusal) -> ChaosSpecification? {
        if head.fields.contains("x-chaos") {
            let text = head.fields.values(of: "x-chaos").joined(separator: ",")
            do throws(ChaosFault) {
                return try ChaosSpecification(text)
            } catch {
                throw .invalidChaos(error)
            }
        }
        guard
            let faults = settings.chaos.faults(
                contract: matched.mounted.name, operation: matched.operation.id),
            try await services.isOn(settings.chaos, access)
        else { return nil }
        return faults
    }

    private func note(
        _ plan: ChaosPlan, _ faults: ChaosSpecification, _ count: Int64, _ call: inout Call
    ) {
        let evidence: JSONValue = [
            "faults": .string(faults.text), "count": .int(count),
            "drawn": .array(plan.names.map { .string($0) }), "hint": Self.chaosHint,
        ]
        let early = plan.fault?.phase == .before ? plan.fault?.name : nil
        call.decisions.note(
            .chaosBefore, plan.isQuiet ? .passed : .decided, early ?? plan.quietName,
            evidence: evidence)
    }

    private static let chaosHint: JSONValue =
        "Leave out X-Chaos, or take the faults off with PUT /v1/sandboxes/{id}/chaos {}."

    /// The answer when the fault comes before anything has happened; nil goes on.
    func answerBefore(_ plan: ChaosPlan?, _ matched: MatchedCall) -> Answer? {
        guard let plan, plan.fault?.phase == .before else { return nil }
        return spoilt(Answer(503, contentType: "text/plain", []), plan, matched)
    }

    /// The answer as the client gets it, once everything has happened.
    func answerAfter(
        _ answer: Answer, _ plan: ChaosPlan?, _ matched: MatchedCall, _ call: inout Call
    ) -> Answer {
        guard let plan, !plan.isQuiet else { return answer }
        if let fault = plan.fault {
            call.decisions.note(
                .chaosAfter, .decided, fault.name,
                evidence: ["answer_was": .int(Int64(answer.status)), "hint": Self.chaosHint])
        }
        return spoilt(answer, plan, matched)
    }

    private func spoilt(_ answer: Answer, _ plan: ChaosPlan, _ matched: MatchedCall) -> Answer {
        var answer = answer
        var damage: WireFault.Damage?
        switch plan.fault?.kind {
        case nil: break
        case .status(let status):
            answer = Answer(simulating: status, matched.operation)
        // The log has what a proxy in front would have said.
        case .reset:
            answer = Answer(502, contentType: "text/plain", [])
            damage = .reset
        case .timeout(let hold):
            answer = Answer(504, contentType: "text/plain", [])
            damage = .silence(hold)
        case .truncate(let bytes): damage = .truncated(bodyBytes: bytes)
        case .slowBody(let pace): damage = .slow(bytesPerSecond: pace)
        }
        if let fault = plan.fault, answer.code == nil { answer.code = "chaos_\(fault.name)" }
        for name in plan.names { answer.fields.append("X-Sbx-Simulated", name) }
        if plan.latency > .zero || damage != nil {
            answer.fault = WireFault(latency: plan.latency, damage)
        }
        return answer
    }
}

extension ChaosPlan {
    /// What the decision is called when no fault ends the call here.
    fileprivate var quietName: String {
        if isDuplicated { return "dup" }
        if latency > .zero { return "latency" }
        return fault == nil ? "no_fault" : "drawn"
    }
}

extension Answer {
    /// An error in the contract's shape: its example for the status. Without one the body is empty.
    fileprivate init(simulating status: Int, _ operation: Operation) {
        if let document = operation.example(status: status) {
            self.init(status, document)
            code = document["error"]?["code"]?.string
        } else {
            self.init(status, contentType: "text/plain", [])
        }
        if [429, 503].contains(status) { fields.append("Retry-After", "1") }
    }
}

extension Services {
    /// Whether the settings' faults have not ended by themselves.
    func isOn(_ settings: ChaosSettings, _ access: SandboxAccess) async throws(Refusal) -> Bool {
        switch settings.end {
        case nil: return true
        case .wall(let end): return clock.now() < end
        case .virtual(let end):
            do throws(TenancyError) {
                return try await stores.world.head(as: access).now(at: clock.now()) < end
            } catch {
                throw .tenancy(error, during: .chaosBefore)
            }
        }
    }
}
