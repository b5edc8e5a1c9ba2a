import Access
import Contracts
import Simulators
import Tenancy

// Webhooks that the mounted contracts declare, as types of event.
extension PlatformAPI {
    func declaredTypes(_ access: SandboxAccess) async throws(Refusal) -> [DeclaredEventType] {
        var types: [DeclaredEventType] = []
        for mount in try await services.sandboxCache.mounts(of: access) where mount.imported != nil {
            types += try await declaredTypes(of: mount, access)
        }
        return types
    }

    /// The one of that name; nil for a type of another kind, and for one that is not declared.
    func declaredType(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> DeclaredEventType? {
        for mount in try await services.sandboxCache.mounts(of: access)
        where mount.imported != nil && DeclaredEventType.isType(name, of: mount.contract) {
            let types = try await declaredTypes(of: mount, access)
            if let found = types.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    private func declaredTypes(
        of mount: Mount, _ access: SandboxAccess
    ) async throws(Refusal) -> [DeclaredEventType] {
        guard let mounted = try await services.mountable(mount, access) else { return [] }
        return try await services.contractCache.reading {
            DeclaredEventType.types(of: mounted.contract, named: mounted.name)
        }
    }

    /// Lets the event have happened: a declared webhook, or something to an object.
    func emit(_ call: PlatformCall, _ access: SandboxAccess) async throws(Refusal) -> Answer {
        let name = call.path("event")
        let (object, overrides) = (call.body["object"]?.string, call.body["overrides"])
        guard let declared = try await declaredType(name, access) else {
            return try await webhooks { () throws(WebhookError) in
                let event = try await services.stores.webhooks.events.emit(
                    name, object: object, overrides: overrides, as: access)
                return Answer(201, json: event.document)
            }
        }
        guard object == nil else {
            throw .invalid(
                pointer: "/object", rule: "event_type",
                expected: "nothing: the event of a webhook that a contract declares is about no "
                    + "object; say in overrides what its body is to hold")
        }
        return try await webhooks { () throws(WebhookError) in
            let event = try await services.stores.webhooks.events.emit(
                declared, overrides: overrides, as: access)
            return Answer(201, json: event.document)
        }
    }
}

extension DeclaredEventType {
    /// As in the list of types.
    var document: JSONValue {
        [
            "type": .string(name), "contract": .string(contract), "object": .null,
            "webhook": .string(webhook.name), "summary": .string(orNull: webhook.summary),
        ]
    }
}
