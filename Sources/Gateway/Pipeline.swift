import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

/// The path of a call to a sandbox's API, in the order that every document gives:
///
/// accept → identify sandbox → authenticate → authorise → quota and rate limit → policy → match
/// and validate → idempotency → scenario → simulate → validate answer → commit → render → record
///
/// Each step either adds to the call or refuses it; what it decided goes into the call's decision
/// record. Accepting and recording are the same for every destination and stand in `Gateway`.
/// Chaos takes its places before and after the simulation once there is an engine for it.
struct Pipeline: Sendable {
    let services: Services

    func answer(_ call: inout Call, at target: SandboxTarget) async throws(Refusal) -> Answer {
        let location = try await identifySandbox(target, &call)
        try SingleFields.check(call.head.fields)
        let principal = try await authenticate(&call)
        let access = try authorise(principal, on: location, &call)
        let flight = try await limit(access.tenantAccess, &call)
        defer { flight.end() }
        if target.contract == ContractName.platform {
            return try await answerOwnRoute(target, access, &call)
        }
        let body = try await readBody(&call)
        let matched = try await match(target, access, body, &call)
        if let answer = matched.staticAnswer { return answer }
        let idempotency = try idempotencyScope(target, matched, body, &call)
        let scenario = try scenario(matched, &call)
        return try await simulate(matched, scenario, idempotency, access, &call)
    }
}
