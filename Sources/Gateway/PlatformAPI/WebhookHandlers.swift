import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

extension PlatformAPI {
    static let webhookHandlers: [String: Handler] = [
        "create_webhook_endpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.createEndpoint(call, access)
        },
        "list_webhook_endpoints": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.webhooks { () throws(WebhookError) in
                let endpoints = try await api.services.stores.webhooks.endpoints.endpoints(
                    as: access)
                return Answer(200, ["data": .array(endpoints.map(\.document)), "next": .null])
            }
        },
        "get_webhook_endpoint": .sandbox(.read) { api, call, access throws(Refusal) in
            let id = try call.endpointID()
            return try await api.webhooks { () throws(WebhookError) in
                let found = try await api.services.stores.webhooks.endpoints.endpoint(
                    id, as: access)
                return Answer(200, found.document)
            }
        },
        "update_webhook_endpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.updateEndpoint(call, access)
        },
        "delete_webhook_endpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            let id = try call.endpointID()
            return try await api.webhooks { () throws(WebhookError) in
                try await api.services.stores.webhooks.endpoints.delete(id, as: access)
                return Answer(200, ["id": .string(id.description), "deleted": true])
            }
        },
        "rotate_webhook_secret": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.rotateSecret(call, access)
        },
        "rotate_callback_secret": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.rotateCallbackSecret(call, access)
        },
        "backfill_webhook_endpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.backfill(call, access)
        },
    ]

    private func createEndpoint(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await webhooks { () throws(WebhookError) in
            let draft = try EndpointDraft(call.body)
            let made = try await services.stores.webhooks.endpoints.create(draft, as: access)
            var document = made.endpoint.document
            document["secret"] = .string(made.secret.revealed)
            return Answer(201, document)
        }
    }

    private func updateEndpoint(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let id = try call.endpointID()
        return try await webhooks { () throws(WebhookError) in
            let draft = try EndpointDraft(call.body)
            let endpoint = try await services.stores.webhooks.endpoints.update(
                id, draft, as: access)
            services.stores.webhooks.nudge()
            return Answer(200, endpoint.document)
        }
    }

    private func rotateSecret(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let id = try call.endpointID()
        let seconds = try overlapSeconds(call)
        return try await webhooks { () throws(WebhookError) in
            let rotated = try await services.stores.webhooks.endpoints.rotateSecret(
                of: id, overlapSeconds: seconds, as: access)
            return Answer(
                200,
                [
                    "id": .string(id.description), "secret": .string(rotated.secret.revealed),
                    "previous_valid_until": .string(rotated.previousUntil.description),
                ])
        }
    }

    private func rotateCallbackSecret(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let seconds = try overlapSeconds(call)
        return try await webhooks { () throws(WebhookError) in
            let rotated = try await services.stores.webhooks.endpoints.rotateCallbackSecret(
                overlapSeconds: seconds, as: access)
            return Answer(
                200,
                [
                    "secret": .string(rotated.secret.revealed),
                    "previous_valid_until": .string(rotated.previousUntil.description),
                ])
        }
    }

    private func overlapSeconds(_ call: PlatformCall) throws(Refusal) -> Int64 {
        var overlap = WebhookLimits.rotationOverlapSecondsDefault
        if let text = call.body["overlap"]?.string {
            guard let duration = ISODuration(text), duration.months == 0,
                duration.seconds <= WebhookLimits.rotationOverlapSecondsMax
            else {
                throw .invalid(
                    pointer: "/overlap", rule: "duration",
                    expected: "an ISO 8601 duration of at most P7D")
            }
            overlap = duration.seconds
        }
        return overlap
    }

    private func backfill(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let id = try call.endpointID()
        let from = call.body["from"]?.string.flatMap { SandboxInstant(rfc3339: $0) }
        let until = call.body["until"]?.string.flatMap { SandboxInstant(rfc3339: $0) }
        return try await webhooks { () throws(WebhookError) in
            let made = try await services.stores.webhooks.deliveries.backfill(
                id, from: from, until: until, as: access)
            services.stores.webhooks.nudge()
            return Answer(202, ["deliveries": .int(made.count), "partial": .bool(made.partial)])
        }
    }

    /// Errors of webhooks and events become refusals here, for all handlers.
    func webhooks(
        _ body: () async throws(WebhookError) -> Answer
    ) async throws(Refusal) -> Answer {
        do throws(WebhookError) {
            return try await body()
        } catch {
            throw .webhooks(error)
        }
    }
}

extension PlatformCall {
    func endpointID() throws(Refusal) -> EndpointID {
        let text = path("endpoint")
        guard let id = EndpointID(text) else {
            throw .webhooks(.notFound(kind: "webhook endpoint", id: text))
        }
        return id
    }
}

extension WebhookEndpoint {
    var document: JSONValue {
        var document: JSONValue = [
            "id": .string(id.description), "url": .string(url),
            "description": .string(orNull: description),
            "events": .array(events.map { .string($0.text) }),
            "signature_scheme": .string(scheme.rawValue), "enabled": .bool(isEnabled),
            "retry_clock": .string(retryClock.rawValue),
            "signature_clock": .string(signatureClock.rawValue),
            "max_in_flight": .int(inFlightMax), "faults": faults.document,
            "failing_since": .string(orNull: failingSince?.description),
            "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description),
        ]
        if case .disabled(let reason, let at) = state {
            document["disabled"] = [
                "reason": .string(reason.rawValue), "at": .string(at.description),
            ]
        }
        return document
    }
}
