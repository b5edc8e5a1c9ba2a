import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

extension PlatformAPI {
    static let deliveryHandlers: [String: Handler] = [
        "list_deliveries": .sandbox(.read) { api, call, access throws(Refusal) in
            let filter = try call.deliveryFilter()
            return try await api.listDeliveries(filter, call, access)
        },
        "get_delivery": .sandbox(.read) { api, call, access throws(Refusal) in
            let id = try call.deliveryID()
            return try await api.webhooks { () throws(WebhookError) in
                let found = try await api.services.stores.webhooks.deliveries.delivery(
                    id, as: access)
                var document = found.delivery.document(in: access)
                document["payload"] = found.payload.isEmpty ? .null : storedJSON(found.payload)
                document["log"] = .array(found.attempts.map(\.document))
                return Answer(200, document)
            }
        },
        "redeliver": .sandbox(.repair) { api, call, access throws(Refusal) in
            let id = try call.deliveryID()
            return try await api.webhooks { () throws(WebhookError) in
                let again = try await api.services.stores.webhooks.deliveries.redeliver(
                    id, as: access)
                api.services.stores.webhooks.nudge()
                return Answer(202, again.document(in: access))
            }
        },
        "redeliver_many": .sandbox(.repair) { api, call, access throws(Refusal) in
            try await api.redeliver(try call.deliveryFilterOfBody(), access)
        },
        "list_dead_letters": .sandbox(.read) { api, call, access throws(Refusal) in
            var filter = try call.deliveryFilter()
            filter.state = .dead
            return try await api.listDeliveries(filter, call, access)
        },
        "requeue_dead_letters": .sandbox(.repair) { api, call, access throws(Refusal) in
            var filter = try call.deliveryFilterOfBody()
            filter.state = .dead
            return try await api.redeliver(filter, access)
        },
    ]

    private func listDeliveries(
        _ filter: DeliveryFilter, _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let before = try call.query("cursor").map { text throws(Refusal) in
            guard let id = DeliveryID(text) else { throw .invalidCursor }
            return id
        }
        return try await webhooks { () throws(WebhookError) in
            let page = try await services.stores.webhooks.deliveries.deliveries(
                filter, rows: call.rows(), before: before, as: access)
            return Answer(
                200,
                [
                    "data": .array(page.deliveries.map { $0.document(in: access) }),
                    "next": .string(orNull: page.next?.description),
                ])
        }
    }

    private func redeliver(
        _ filter: DeliveryFilter, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await webhooks { () throws(WebhookError) in
            let moved = try await services.stores.webhooks.deliveries.redeliver(filter, as: access)
            services.stores.webhooks.nudge()
            return Answer(202, ["deliveries": .int(moved.count), "partial": .bool(moved.partial)])
        }
    }
}

extension PlatformCall {
    fileprivate func deliveryID() throws(Refusal) -> DeliveryID {
        let text = path("delivery")
        guard let id = DeliveryID(text) else {
            throw .webhooks(.notFound(kind: "delivery", id: text))
        }
        return id
    }

    fileprivate func deliveryFilter() throws(Refusal) -> DeliveryFilter {
        try deliveryFilter { query($0).map { .string($0) } }
    }

    fileprivate func deliveryFilterOfBody() throws(Refusal) -> DeliveryFilter {
        var filter = try deliveryFilter { body[$0] }
        if let texts = body["deliveries"]?.array {
            filter.ids = try texts.map { text throws(Refusal) in
                guard let id = DeliveryID(text.string ?? "") else {
                    throw .webhooks(.notFound(kind: "delivery", id: text.string ?? ""))
                }
                return id
            }
        }
        return filter
    }

    /// The members that queries and bodies share. The contract has checked their form.
    private func deliveryFilter(
        _ member: (String) -> JSONValue?
    ) throws(Refusal) -> DeliveryFilter {
        var filter = DeliveryFilter()
        filter.state = member("status")?.string.flatMap(Delivery.State.init)
        if let endpoint = member("endpoint")?.string {
            guard let id = EndpointID(endpoint) else {
                throw .webhooks(.notFound(kind: "webhook endpoint", id: endpoint))
            }
            filter.endpoint = id
        }
        filter.event = member("event")?.string
        filter.eventType = member("type")?.string
        filter.from = member("from")?.string.flatMap { WallInstant(rfc3339: $0) }
        filter.until = member("until")?.string.flatMap { WallInstant(rfc3339: $0) }
        return filter
    }
}

extension Delivery {
    func document(in access: SandboxAccess) -> JSONValue {
        var document: JSONValue = [
            "id": .string(id.description), "endpoint": .string(endpoint.description),
            "event": .string(event), "type": .string(eventType),
            "webhook_id": .string(
                MessageID.text(sandbox: access.sandbox, branch: branch, event: event)),
            "status": .string(state.rawValue), "attempts": .int(attempts),
            "next_attempt_at": .string(orNull: nextAttemptAt?.description),
            "next_attempt_virtual": .string(orNull: nextAttemptVirtual?.description),
            "last_status": lastStatus.map { .int($0) } ?? .null,
            "last_error": .string(orNull: lastError), "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description),
        ]
        if let target, !target.isForEndpoints {
            document["callback"] = ["method": .string(target.method), "url": .string(target.url)]
        }
        return document
    }
}

extension LoggedAttempt {
    var document: JSONValue {
        [
            "delivery": .string(delivery.description), "number": .int(number),
            "at": .string(startedAt.description), "succeeded": .bool(succeeded),
            "status": status.map { .int($0) } ?? .null, "error": .string(orNull: error),
            "timings": [
                "connect_us": connectDuration.map { .int($0.microseconds) } ?? .null,
                "total_us": .int(duration.microseconds),
            ],
            "request": storedJSON(request), "response": response.map(storedJSON) ?? .null,
        ]
    }
}

/// Documents were checked or written by us before they were stored.
func storedJSON(_ bytes: [UInt8]) -> JSONValue {
    do {
        return try JSONParser.parse(bytes)
    } catch {
        preconditionFailure("stored documents are JSON")
    }
}
