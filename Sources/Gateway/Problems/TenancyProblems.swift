import Access
import Contracts
import Observability
import Tenancy

// Answers to the errors of Tenancy.
extension Refusal {
    static func tenancy(_ error: TenancyError, during step: DecisionStep) -> Refusal {
        switch error {
        case .invalid(let member, let rule):
            .invalid(pointer: "/\(member)", rule: "value", expected: rule)
        case .slugTaken(let slug):
            .invalid(
                .slugTaken, pointer: "/slug", rule: "unique",
                expected: "a slug that is free; \"\(slug)\" is taken")
        case .emailTaken:
            .invalid(
                .emailTaken, pointer: "/email", rule: "unique",
                expected: "an address without an account; sign in instead")
        case .quotaExceeded(let limit):
            Refusal(
                step, .sandboxQuotaExceeded, "The tenant has \(limit) sandboxes, its limit.",
                hint: "Delete one, or ask the operator for more."
            ).bounded(
                Bound(
                    policy: "tenant", rule: "sandboxes", observed: .int(limit + 1),
                    limit: .int(limit)))
        case .isolationNotAvailable(let mode):
            .invalid(
                .notAvailable, pointer: "/isolation", rule: "enum",
                expected: "\"row\"; \"\(mode)\" is not available yet")
        case .sandboxNotFound: .access(.notFound)
        case .sandboxHasForks:
            Refusal(
                step, .internalError, "Other sandboxes read through this one.",
                hint: "Delete its forks first.")
        case .entityExists, .entityNotFound, .ledgerUnbalanced:
            Refusal(
                step, .internalError, "The simulated world refused an impossible change.",
                hint: "Tell the operator the request_id; nothing was stored.")
        case .idempotencyKeyInUse:
            Refusal(
                .idempotency, .idempotencyKeyInUse,
                "The first call with this Idempotency-Key is still running.",
                hint: "Wait for its answer, then send the same call again."
            ).with("Retry-After", "1")
        case .idempotencyKeyReused:
            Refusal(
                .idempotency, .idempotencyKeyReused,
                "This Idempotency-Key came before with another body.",
                hint: "Use a fresh key for another request.")
        case .storage(let error): .storage(error, during: step)
        }
    }
}
