import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

extension PlatformAPI {
    static let eventHandlers: [String: Handler] = [
        "list_event_types": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.eventTypes(access)
        },
        "list_events": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.listEvents(call, access)
        },
        "get_event": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.webhooks { () throws(WebhookError) in
                let event = try await api.services.stores.webhooks.events.event(
                    call.path("event"), as: access)
                return Answer(200, json: event.document)
            }
        },
        "emit_event": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.emit(call, access)
        },
        "list_inbox": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.listInbox(call, access)
        },
        "clear_inbox": .sandbox(.write) { api, _, access throws(Refusal) in
            try await api.webhooks { () throws(WebhookError) in
                let count = try await api.services.stores.webhooks.inbox.clear(as: access)
                return Answer(200, ["deleted": .int(count)])
            }
        },
        "configure_inbox": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.configureInbox(call, access)
        },
    ]

    private func eventTypes(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        let mounts = try await services.sandboxCache.mounts(of: access)
        let types = services.stores.webhooks.events.types.filter { type in
            mounts.contains { $0.contract == type.contract }
        }
        let documents = types.map { type -> JSONValue in
            [
                "type": .string(type.name), "contract": .string(type.contract),
                "object": .string(type.entity),
            ]
        }
        let declared = try await declaredTypes(access).map(\.document)
        return Answer(200, ["data": .array(documents + declared), "next": .null])
    }

    private func listEvents(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let filter = try call.query("type").map { text throws(Refusal) in
            guard let filter = EventFilter(text) else {
                throw .invalid(
                    pointer: "/type", rule: "event_filter",
                    expected: "a type such as payment.captured, payment.* or *")
            }
            return filter
        }
        return try await webhooks { () throws(WebhookError) in
            let page = try await services.stores.webhooks.events.events(
                filter, rows: call.rows(), cursor: call.query("cursor"), as: access)
            return Answer(
                200,
                [
                    "data": .array(page.events.map { storedJSON($0.document) }),
                    "next": .string(orNull: page.next),
                ])
        }
    }

    private func listInbox(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await webhooks { () throws(WebhookError) in
            let page = try await services.stores.webhooks.inbox.messages(
                rows: call.rows(), cursor: call.query("cursor"), as: access)
            return Answer(
                200,
                [
                    "data": .array(page.messages.map(\.document)),
                    "next": .string(orNull: page.next?.description),
                ])
        }
    }

    private func configureInbox(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        var secret: WebhookSecret??
        if let value = call.body["secret"] {
            if let text = value.string {
                guard let read = WebhookSecret(text) else {
                    throw .invalid(
                        pointer: "/secret", rule: "secret",
                        expected: "whsec_ and base64, as shown when the endpoint was made")
                }
                secret = .some(read)
            } else {
                secret = .some(nil)
            }
        }
        let given = secret
        return try await webhooks { () throws(WebhookError) in
            let settings = try await services.stores.webhooks.inbox.configure(
                secret: given, status: call.body["status"]?.int.map(Int.init), as: access)
            return Answer(
                200,
                [
                    "url": .string(services.configuration.inboxURL(slug: access.slug)),
                    "verifies": .bool(settings.hasSecret), "status": .int(settings.status),
                ])
        }
    }
}

extension InboxStore.Message {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "received_at": .string(receivedAt.description),
            "method": .string(method), "path": .string(path), "headers": storedJSON(headers),
            "body": .string(String(decoding: body, as: UTF8.self)),
            "verification": .string(verification),
        ]
    }
}

extension GatewayConfiguration {
    /// The address of a sandbox's built-in webhook receiver.
    func inboxURL(slug: String) -> String { sandboxURL(slug: slug) + "/_inbox" }
}
