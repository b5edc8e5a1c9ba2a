import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

/// The path of a call to a sandbox's API, in the order that every document gives:
///
/// accept → identify sandbox → authenticate → authorise → quota and rate limit → policy → match
/// and validate → idempotency → scenario, chaos (before) → simulate → validate answer → commit →
/// chaos (after) → render → record
///
/// Each step either adds to the call or refuses it; what it decided goes into the call's decision
/// record. Accepting and recording are the same for every destination and stand in `Gateway`.
struct Pipeline: Sendable {
    let services: Services
    /// The way in for the calls that a call leads to.
    let inside: StepDoor

    func answer(_ call: inout Call, at target: SandboxTarget) async throws(Refusal) -> Answer {
        let location = try await identifySandbox(target, &call)
        if let answer = try await answerBrowser(location, &call) { return answer }
        try SingleFields.check(call.head.fields)
        if target.contract == Self.inboxName { return try await receive(target, location, &call) }
        let access = try await admit(target, on: location, &call)
        let flight = try await limit(access.tenantAccess, &call)
        defer { flight.end() }
        if target.contract == Self.otlpName { return try await takeSpans(target, access, &call) }
        if target.contract == ContractName.platform {
            return try await answerOwnRoute(target, access, &call)
        }
        let settings = try await services.sandboxCache.settings(of: access)
        try await limit(settings.policy.rates, target, access, &call)
        let body = try screen(try await readBody(&call), settings.policy, &call)
        let matched = try await match(target, access, settings, body, &call)
        if let rehearsal = try rehearsal(target, matched, settings.policy, &call) {
            return try await rehearse(rehearsal, target, matched, body, settings, access, &call)
                .written(for: call, by: matched.operation)
        }
        return try await perform(target, matched, body, settings, access, &call)
            .minimal(for: call.head, at: call.head.path, matched.operation)
            .written(for: call, by: matched.operation)
    }

    /// From idempotency on: in the sandbox's world, or in that of a dry run.
    func perform(
        _ target: SandboxTarget, _ matched: MatchedCall, _ body: [UInt8],
        _ settings: SandboxSettings, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let idempotency = try idempotencyScope(target, matched, body, &call)
        let asked = try await outcomes(matched, settings, access, &call)
        let chaos = try await chaos(matched, settings, access, &call)
        if let answer = answerBefore(chaos, matched) { return answer }
        if chaos?.isDuplicated ?? false {
            _ = try await run(target, matched, asked, body, idempotency, access, &call)
        }
        let answer = try await run(target, matched, asked, body, idempotency, access, &call)
        return answerAfter(answer, chaos, matched, &call)
    }

    private func run(
        _ target: SandboxTarget, _ matched: MatchedCall, _ asked: AskedFor, _ body: [UInt8],
        _ idempotency: IdempotencyScope?, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        guard let route = asked.upstream else {
            return try await simulate(matched, asked, idempotency, access, &call)
        }
        return try await forward(body, of: matched, at: target, by: route, access, &call)
    }
}
