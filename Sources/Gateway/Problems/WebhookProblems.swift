import Contracts
import Observability
import Simulators

// Answers to the errors of webhooks and events.
extension Refusal {
    static func webhooks(_ error: WebhookError) -> Refusal {
        switch error {
        case .invalid(let pointer, let rule, let expected):
            .invalid(pointer: pointer, rule: rule, expected: expected)
        case .notFound(let kind, let id):
            Refusal(
                .simulate, .notFound, "The sandbox has no \(kind) \"\(id.prefix(64))\".",
                hint: "List what there is at the same address without the id.")
        case .tooMany(let kind, let limit):
            Refusal(
                .policy, .tooManyObjects, "The sandbox has \(limit) \(kind), which is its limit.",
                hint: "Delete one that is not needed any more."
            ).bounded(
                Bound(
                    policy: "sandbox", rule: "webhook_endpoints", observed: .int(limit + 1),
                    limit: .int(limit)))
        case .endpointDisabled:
            Refusal(
                .simulate, .endpointDisabled,
                "The delivery's endpoint is disabled or deleted; nothing would be sent.",
                hint: "Enable the endpoint first: PATCH it with {\"enabled\": true}.")
        case .cursor: .invalidCursor
        case .tenancy(let error): .tenancy(error, during: .simulate)
        case .storage(let error): .storage(error, during: .simulate)
        }
    }

    static func tooManyStreams(limit: Int) -> Refusal {
        Refusal(
            .policy, .tooManyInFlight, "This gateway has \(limit) live streams, its limit.",
            hint: "Close one, or list events and deliveries instead."
        ).bounded(
            Bound(
                policy: "gateway", rule: "streams", observed: .int(limit + 1), limit: .int(limit))
        ).with("Retry-After", "5")
    }
}
