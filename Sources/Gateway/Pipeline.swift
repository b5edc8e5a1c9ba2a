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

    func answer(_ call: inout Call, at target: SandboxTarget) async throws(Refusal) -> Answer {
        let location = try await identifySandbox(target, &call)
        try SingleFields.check(call.head.fields)
        if target.contract == Self.inboxName { return try await receive(target, location, &call) }
        let access = try await admit(target, on: location, &call)
        let flight = try await limit(access.tenantAccess, &call)
        defer { flight.end() }
        if target.contract == ContractName.platform {
            return try await answerOwnRoute(target, access, &call)
        }
        let body = try await readBody(&call)
        let matched = try await match(target, access, body, &call)
        let idempotency = try idempotencyScope(target, matched, body, &call)
        let settings = try await services.sandboxCache.outcomes(of: access)
        let asked = try outcomes(matched, settings, &call)
        let chaos = try await chaos(matched, settings, access, &call)
        if let answer = answerBefore(chaos, matched) { return answer }
        if chaos?.isDuplicated ?? false {
            _ = try await simulate(matched, asked, idempotency, access, &call)
        }
        let answer = try await simulate(matched, asked, idempotency, access, &call)
        return answerAfter(answer, chaos, matched, &call)
    }
}
