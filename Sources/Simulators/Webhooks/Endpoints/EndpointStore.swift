package import Access
import HTTP
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// The webhook endpoints of a sandbox and their secrets. They belong to the sandbox and not to its
/// world: reset and restore leave them alone.
package struct EndpointStore: Sendable {
    let database: TenantDatabase
    let keys: MasterKeys
    let rule: EndpointURLRule
    let clock: any WallClock
    let random: any RandomSource
    let callbacks = KnownSandboxes()

    package init(
        database: TenantDatabase, keys: MasterKeys, rule: EndpointURLRule, clock: any WallClock,
        random: any RandomSource
    ) {
        self.database = database
        self.keys = keys
        self.rule = rule
        self.clock = clock
        self.random = random
    }

    /// Makes an endpoint with a secret of its own, shown here and never again. `url` and `events`
    /// must be there.
    package func create(
        _ draft: EndpointDraft, as access: SandboxAccess
    ) async throws(WebhookError) -> (endpoint: WebhookEndpoint, secret: WebhookSecret) {
        let now = clock.now()
        var endpoint = WebhookEndpoint(
            id: EndpointID(now: now, random: random), url: draft.url ?? "", description: nil,
            events: [], scheme: .standard, state: .enabled, retryClock: .wall,
            signatureClock: .wall,
            inFlightMax: WebhookLimits.inFlightDefault, faults: FaultPlan(), isInbox: false,
            failingSince: nil, createdAt: now, updatedAt: now)
        try apply(draft, to: &endpoint, denying: try await denied(access), now: now, as: access)
        let secret = WebhookSecret(random: random)
        let made = endpoint
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let counted = try await transaction.run(
                    Call(EndpointStatements.count, .id(access.tenant), .id(access.sandbox)))
                guard counted.count == 1 else { throw TenancyError.sandboxNotFound }
                guard counted[0].int(0) < Int64(WebhookLimits.endpointsPerSandbox) else {
                    throw WebhookError.tooMany(
                        kind: "webhook endpoints", limit: WebhookLimits.endpointsPerSandbox)
                }
                transaction.enqueue(EndpointStatements.insert(made, access))
                transaction.enqueue(seal(secret, number: 1, of: made.id, at: now, access))
                return (made, secret)
            }
        }
    }

    package func endpoint(
        _ id: EndpointID, as access: SandboxAccess
    ) async throws(WebhookError) -> WebhookEndpoint {
        try await webhookStoring {
            let rows = try await database.read(as: access, [EndpointStatements.read(id, access)])
            guard let row = rows[0].first else { throw Self.notFound(id) }
            return WebhookEndpoint(row)
        }
    }

    /// All of them, oldest first: there are at most ``WebhookLimits/endpointsPerSandbox``.
    package func endpoints(
        as access: SandboxAccess
    ) async throws(WebhookError) -> [WebhookEndpoint] {
        try await webhookStoring {
            let rows = try await database.read(as: access, [EndpointStatements.list(access)])
            return rows[0].map { WebhookEndpoint($0) }
        }
    }

    /// Changes what the draft names. Disabling holds what is pending, enabling lets it go on.
    package func update(
        _ id: EndpointID, _ draft: EndpointDraft, as access: SandboxAccess
    ) async throws(WebhookError) -> WebhookEndpoint {
        let now = clock.now()
        let denied = try await denied(access)
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(EndpointStatements.lock(id, access))
                guard let row = rows.first else { throw Self.notFound(id) }
                var endpoint = WebhookEndpoint(row)
                let wasEnabled = endpoint.isEnabled
                try apply(draft, to: &endpoint, denying: denied, now: now, as: access)
                let updated = try await transaction.run(
                    EndpointStatements.update(endpoint, at: now, access))
                if wasEnabled != endpoint.isEnabled {
                    let moved = DeliveryStatements.pendingMoved(
                        toHeld: wasEnabled, id, at: now, access)
                    transaction.enqueue(moved)
                }
                return WebhookEndpoint(updated[0])
            }
        }
    }

    /// Removes the endpoint and its secrets. Its deliveries stay in the log; pending ones become
    /// `abandoned`.
    package func delete(_ id: EndpointID, as access: SandboxAccess) async throws(WebhookError) {
        let now = clock.now()
        try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let removed = try await transaction.run(EndpointStatements.delete(id, access))
                guard removed.affected == 1 else { throw Self.notFound(id) }
                transaction.enqueue(DeliveryStatements.abandon(ofEndpoint: id, at: now, access))
                transaction.enqueue(LaneStatements.remove(ofEndpoint: id, access))
            }
        }
    }

    /// Gives the endpoint a new secret. The one before signs beside it for `overlap` seconds.
    package func rotateSecret(
        of id: EndpointID, overlapSeconds: Int64, as access: SandboxAccess
    ) async throws(WebhookError) -> (secret: WebhookSecret, previousUntil: WallInstant) {
        try await rotate(
            EndpointStatements.lock(id, access), of: id, overlapSeconds: overlapSeconds, as: access)
    }

    /// `lock` answers the endpoint's row, or none.
    func rotate(
        _ lock: Call, of id: EndpointID, overlapSeconds: Int64, as access: SandboxAccess
    ) async throws(WebhookError) -> (secret: WebhookSecret, previousUntil: WallInstant) {
        let now = clock.now()
        let until = now + .seconds(overlapSeconds)
        let secret = WebhookSecret(random: random)
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(lock)
                guard !rows.isEmpty else { throw Self.notFound(id) }
                let newest = try await transaction.run(EndpointStatements.newestSecret(id, access))
                let number = newest[0].int(0) + 1
                transaction.enqueue(EndpointStatements.endSecrets(id, at: until, access))
                transaction.enqueue(
                    EndpointStatements.dropSecrets(
                        id, upTo: number - Int64(WebhookLimits.secretsInUse), now: now, access))
                transaction.enqueue(seal(secret, number: number, of: id, at: now, access))
                return (secret, until)
            }
        }
    }

    static func notFound(_ id: EndpointID) -> WebhookError {
        .notFound(kind: "webhook endpoint", id: id.description)
    }

    /// The purpose that a secret is sealed for.
    static func purpose(_ id: EndpointID) -> String { "webhook_secret:\(id)" }

    func denied(_ access: SandboxAccess) async throws(WebhookError) -> DeniedHosts {
        try await webhookStoring {
            try await DeniedHostStore(database: database).hosts(as: access.tenantAccess)
        }
    }

    private func apply(
        _ draft: EndpointDraft, to endpoint: inout WebhookEndpoint, denying denied: DeniedHosts,
        now: WallInstant, as access: SandboxAccess
    ) throws(WebhookError) {
        if let url = draft.url {
            endpoint.isInbox = try rule.isInbox(url, of: access.slug, denying: denied)
            endpoint.url = url
        }
        if let description = draft.description { endpoint.description = description }
        if let events = draft.events { endpoint.events = events }
        if let scheme = draft.scheme { endpoint.scheme = scheme }
        if let clock = draft.retryClock { endpoint.retryClock = clock }
        if let clock = draft.signatureClock { endpoint.signatureClock = clock }
        if let inFlightMax = draft.inFlightMax { endpoint.inFlightMax = inFlightMax }
        if let faults = draft.faults { endpoint.faults = faults }
        if let isEnabled = draft.isEnabled, isEnabled != endpoint.isEnabled {
            endpoint.state = isEnabled ? .enabled : .disabled(.request, at: now)
        }
    }

    func seal(
        _ secret: WebhookSecret, number: Int64, of id: EndpointID, at now: WallInstant,
        _ access: SandboxAccess
    ) -> Call {
        let sealed = keys.seal(Array(secret.revealed.utf8), for: Self.purpose(id))
        return EndpointStatements.insertSecret(id, number: number, sealed: sealed, at: now, access)
    }
}
