package import Access
package import HTTP
package import Identifiers
import Postgres
package import Runtime
import Tenancy

// The endpoint that a sandbox's callbacks belong to. It has a secret and a lane like any other, but
// no address: each delivery has its own. Nobody lists, changes or deletes it; its id is the
// sandbox's, so that there is one and it is known without a look.
extension EndpointStore {
    /// What calls with callbacks need, made on the first of them.
    package func callbackDoor(
        url: String, fields: HeaderFields, as access: SandboxAccess
    ) async throws(WebhookError) -> CallbackDoor {
        let denied = try await denied(access)
        if !callbacks.contains(access.sandbox) {
            try await ensureCallbacks(as: access)
            callbacks.insert(access.sandbox)
        }
        return CallbackDoor(url: url, fields: fields, rule: rule, denied: denied, slug: access.slug)
    }

    /// Gives the sandbox's callbacks a new secret, shown here and never again. The one before signs
    /// beside it for `overlap` seconds.
    package func rotateCallbackSecret(
        overlapSeconds: Int64, as access: SandboxAccess
    ) async throws(WebhookError) -> (secret: WebhookSecret, previousUntil: WallInstant) {
        try await ensureCallbacks(as: access)
        return try await rotate(
            EndpointStatements.lockCallbacks(access), of: access.sandbox.callbacks,
            overlapSeconds: overlapSeconds, as: access)
    }

    private func ensureCallbacks(as access: SandboxAccess) async throws(WebhookError) {
        let now = clock.now()
        let endpoint = WebhookEndpoint(
            id: access.sandbox.callbacks, url: "", description: nil,
            events: [EventFilter("callback.*")].compactMap(\.self), scheme: .standard,
            state: .enabled, retryClock: .wall, signatureClock: .wall,
            inFlightMax: WebhookLimits.inFlightMax, faults: FaultPlan(), isInbox: false,
            failingSince: nil, createdAt: now, updatedAt: now)
        let secret = WebhookSecret(random: random)
        try await webhookStoring {
            try await database.transaction(as: access.withoutTrail) { transaction in
                let made = try await transaction.run(EndpointStatements.ensure(endpoint, access))
                guard made.affected == 1 else { return }
                transaction.enqueue(seal(secret, number: 1, of: endpoint.id, at: now, access))
            }
        }
    }
}

extension ID<SandboxKind> {
    /// The endpoint of the sandbox's callbacks.
    package var callbacks: EndpointID { EndpointID(high: high, low: low) }
}
