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
        case .checkpointNotFound:
            Refusal(
                step, .notFound, "The sandbox has no such checkpoint.",
                hint: "GET its checkpoints for those there are; one goes with its sandbox.")
        case .checkpointNameTaken(let name):
            .invalid(
                .checkpointNameTaken, pointer: "/name", rule: "unique",
                expected: "a name that no checkpoint of this sandbox has; \"\(name)\" is taken")
        case .checkpointsFull(let limit):
            .full(
                step, .checkpointQuotaExceeded, "The sandbox has \(limit) checkpoints, its limit.",
                rule: "checkpoints", limit)
        case .dryRunNotFound:
            Refusal(
                step, .notFound, "The sandbox has no such dry-run session.",
                hint: "It was promoted or discarded; open another.")
        case .dryRunsFull(let limit):
            .full(
                step, .dryRunQuotaExceeded,
                "The sandbox has \(limit) open dry-run sessions, its limit.", rule: "dry_runs", limit)
        case .dryRunConflict(let moved):
            Refusal(
                step, .dryRunConflict,
                "\(moved.count) objects that the session touched have changed since it began.",
                hint: "Discard the session and run it again on the sandbox as it is now."
            ).listing(
                moved.map {
                    [
                        "location": "world", "pointer": "", "rule": "changed",
                        "contract": .string($0.contract), "type": .string($0.type), "id": .string($0.id),
                    ]
                })
        case .contractNotFound(let name):
            Refusal(
                step, .notFound, "There is no contract \"\(name)\" here.",
                hint: "GET /v1/contracts lists those that were imported.")
        case .contractMounted(let slugs):
            Refusal(
                step, .contractMounted,
                "The contract is mounted on \(slugs.count == 1 ? "a sandbox" : "\(slugs.count) sandboxes").",
                hint: "Unmount it there, or mount another version in its place."
            ).listing(
                slugs.map {
                    ["location": "path", "pointer": "", "rule": "mounted", "sandbox": .string($0)]
                })
        case .contractsFull(let limit):
            .full(
                step, .contractQuotaExceeded, "The tenant has \(limit) contracts, its limit.",
                rule: "contracts", limit)
        case .mountsFull(let limit):
            .full(
                step, .contractQuotaExceeded, "The sandbox has \(limit) contracts, its limit.",
                rule: "mounts", limit)
        case .dryRunTooLarge(let limit):
            .full(
                step, .dryRunTooLarge, "The session changed more than one commit may hold.",
                rule: "writes_per_commit", limit)
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
        case .clockAdvancing:
            Refusal(
                step, .clockAdvancing, "The sandbox's clock is being moved.",
                hint: "Send the same call again when the move is over."
            ).with("Retry-After", "1")
        case .sandboxBusy:
            Refusal(
                step, .serviceUnavailable, "Too many calls change this sandbox at once.",
                hint: "Send the same call again after Retry-After, and fewer at once; nothing was stored."
            ).with("Retry-After", "1")
        case .storage(let error): .storage(error, during: step)
        }
    }

    private static func full(
        _ step: DecisionStep, _ code: ProblemCode, _ detail: String, rule: String, _ limit: Int
    ) -> Refusal {
        Refusal(step, code, detail, hint: "Take some away that are no longer needed.").bounded(
            Bound(
                policy: "sandbox", rule: rule, observed: .int(limit + 1), limit: .int(limit)))
    }
}
