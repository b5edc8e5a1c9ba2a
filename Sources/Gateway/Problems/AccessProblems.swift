import Observability

import Access
import Contracts
import Postgres

// Answers to the errors of Access and of the database below it.
extension Refusal {
    static func access(_ error: AccessError) -> Refusal {
        switch error {
        case .wrongSandbox:
            Refusal(
                .authorise, .wrongSandbox,
                "The credential is good, but for another sandbox than this host's.",
                hint: "Use the api_key that was shown when this sandbox was created.")
        case .notFound:
            Refusal(
                .authorise, .sandboxNotFound, "Your tenant has no such sandbox.",
                hint: "List your sandboxes at GET /v1/sandboxes.")
        case .missingScope(let scope):
            Refusal(
                .authorise, .insufficientScope, "The credential lacks the scope \(scope.text).",
                hint:
                    "A management key opens the platform API, a sandbox key its sandbox; a token what its scopes say."
            ).with(
                "WWW-Authenticate",
                // RFC 6750 § 3.1: what to ask the issuer for.
                "Bearer realm=\"smartsandbox\", error=\"insufficient_scope\", scope=\"\(scope.text)\"")
        case .roleForbids(let role, let action):
            roleForbids(role, action)
        case .expired:
            Refusal(
                .identifySandbox, .sandboxExpired, "The sandbox's time to live is over.",
                hint: "Create another; give it a longer ttl or none.")
        case .suspended:
            Refusal(
                .identifySandbox, .sandboxSuspended, "The sandbox is suspended by the operator.",
                hint: "Ask the operator of this platform.")
        case .storage(let error): .storage(error, during: .identifySandbox)
        }
    }

    private static func roleForbids(
        _ role: Role, _ action: AccessControl.Action
    ) -> Refusal {
        let able = Role.allCases.filter { $0.allows(action) }.map(\.rawValue)
        return Refusal(
            .authorise, .roleForbids,
            "The role \(role.rawValue) does not include this: it takes the right to \(action.rawValue).",
            hint:
                "Use a key of the role \(able.joined(separator: " or ")); an owner of the tenant makes one. GET /v1/caller tells what you may do."
        ).bounded(
            Refusal.Bound(
                policy: "role", rule: action.rawValue, observed: .string(role.rawValue),
                limit: .array(able.map { .string($0) })))
    }

    static func storage(_ error: PostgresError, during step: DecisionStep) -> Refusal {
        if error.isOutcomeUnknown {
            return Refusal(
                step, .outcomeUnknown,
                "The connection to the database broke while the call was being stored: it may have happened.",
                hint: "Read the object, or send the call again with the same Idempotency-Key."
            ).with("Retry-After", "1")
        }
        guard error.isTransient else {
            return Refusal(
                step, .internalError, "The platform's store did not take this call.",
                hint: "Tell the operator the request_id.")
        }
        return Refusal(
            step, .serviceUnavailable, "The platform's store is not reachable right now.",
            hint: "Try again after the time in Retry-After; nothing was stored."
        ).with("Retry-After", "1")
    }
}

extension PostgresError {
    fileprivate var isOutcomeUnknown: Bool {
        if case .connectionLost(outcomeUnknown: true) = self { true } else { false }
    }

    /// Passes by itself: nothing was done, and the same call may go through later.
    fileprivate var isTransient: Bool {
        switch self {
        case .unavailable, .connectionLost, .poolExhausted, .timedOut, .connectionRefused: true
        case .server(let error): error.isRetryable || error.isTimeout || error.isLockUnavailable
        case .invalidCall: false
        }
    }
}
