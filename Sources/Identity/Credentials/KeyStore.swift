package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// The keys of a tenant: list, issue, revoke, rotate. Gateways hear of each change by NOTIFY.
package struct KeyStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock
    private let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// A key as lists show it.
    package struct Key: Sendable {
        package let id: KeyID
        package let kind: KeyEntry.Kind
        package let sandbox: SandboxID?
        package let prefix: String
        package let scopes: Scopes
        package let createdAt: WallInstant
        package let lastUsedAt: WallInstant?
        package let expiresAt: WallInstant?
        package let revokedAt: WallInstant?
        /// A management key's; an owner's of a key that was made before there were roles.
        package let role: Role
        /// The member whose key it is; nil for one of the tenant.
        package let user: UserID?
        let sha256: [UInt8]
    }

    /// All keys of the tenant, newest first, at most 100.
    package func list(as access: TenantAccess) async throws(IdentityError) -> [Key] {
        try await IdentityError.storing {
            let rows = try await database.read(as: access, [Call(KeyStatements.list, .id(access.tenant))])
            return (0..<rows[0].count).map { Self.key(rows[0][$0]) }
        }
    }

    /// A management key of the tenant, or of one of its members. Its secret is shown this once. Fails
    /// with `memberNotFound`, and with `tooMany` at ``Limits/managementKeysPerTenant``.
    package func create(
        _ role: Role, of user: UserID? = nil, lifetimeSeconds: Int64? = nil,
        as management: TenantManagement
    ) async throws(IdentityError) -> (key: Key, secret: Secret) {
        try checkLifetime(lifetimeSeconds)
        let (access, now) = (management.access, clock.now())
        let secret = Secret(.managementKey, random: random)
        let record = secret.record(
            id: KeyID(now: now, random: random), scopes: Scopes(.manage),
            expiresAt: lifetimeSeconds.map { now + .seconds($0) })
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let count = try await transaction.run(
                    Call(KeyStatements.countManagement, .id(access.tenant)))
                guard count[0].int(0) < Int64(Limits.managementKeysPerTenant) else {
                    throw IdentityError.tooMany(
                        kind: "management keys", limit: Limits.managementKeysPerTenant)
                }
                let holder =
                    if let user {
                        try await MemberRows.holder(user, transaction, access)
                    } else {
                        KeyHolder(role)
                    }
                let made = try await insert(
                    record, .management, sandbox: nil, tenant: access.tenant, of: holder, at: now,
                    transaction)
                access.trail?.note(
                    subject: record.id.description,
                    after: [
                        "role": .string(holder.role.rawValue),
                        "user": .string(orNull: user?.description),
                        "expires_at": .string(orNull: record.expiresAt?.description),
                    ])
                return (made, secret)
            }
        }
    }

    /// A further key of the sandbox, for a service of its own or in place of one that was revoked.
    /// Its secret is shown this once. Fails with `tooMany` at ``Limits/keysPerSandbox``.
    package func create(
        lifetimeSeconds: Int64?, as access: SandboxAccess
    ) async throws(IdentityError) -> (key: Key, secret: Secret) {
        try checkLifetime(lifetimeSeconds)
        let now = clock.now()
        let secret = Secret(.sandboxKey, random: random)
        let record = secret.record(
            id: KeyID(now: now, random: random), scopes: Scopes(.sandbox),
            expiresAt: lifetimeSeconds.map { now + .seconds($0) })
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let count = try await transaction.run(
                    Call(
                        KeyStatements.countOfSandbox, .id(access.tenant), .id(access.sandbox),
                        .instant(now)))
                guard count[0].int(0) < Int64(Limits.keysPerSandbox) else {
                    throw IdentityError.tooMany(kind: "sandbox keys", limit: Limits.keysPerSandbox)
                }
                let made = try await insert(
                    record, .sandbox, sandbox: access.sandbox, tenant: access.tenant, of: .owner,
                    at: now, transaction)
                access.trail?.note(
                    subject: record.id.description,
                    after: [
                        "sandbox": .string(access.sandbox.description),
                        "expires_at": .string(orNull: record.expiresAt?.description),
                    ])
                return (made, secret)
            }
        }
    }

    private func checkLifetime(_ seconds: Int64?) throws(IdentityError) {
        if let seconds, !(60...Limits.keyLifetimeSecondsMax).contains(seconds) {
            throw .invalid(member: "ttl", rule: "an ISO 8601 duration from PT1M to P366D")
        }
    }

    /// The key's two rows, and the key as lists show it.
    private func insert(
        _ record: CredentialRecord<KeyKind>, _ kind: KeyEntry.Kind, sandbox: SandboxID?,
        tenant: TenantID, of holder: KeyHolder, at now: WallInstant, _ transaction: Transaction
    ) async throws -> Key {
        for call in [
            KeyRows.insert(record, kind, sandbox: sandbox, tenant: tenant, of: holder, at: now),
            KeyRows.insertDirectory(record, kind, sandbox: sandbox, tenant: tenant, of: holder),
        ] { transaction.enqueue(call) }
        let made = try await transaction.run(
            Call(KeyStatements.read, .id(tenant), .id(record.id)))
        return Self.key(made[0])
    }

    /// Ends a key now. Revoking one that has ended already changes nothing. Another's
    /// management key is for an owner to end.
    package func revoke(_ key: KeyID, as access: TenantAccess) async throws(IdentityError) {
        let now = clock.now()
        try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let old = try await self.key(key, transaction, access)
                end(old, at: now, column: KeyStatements.revoke, transaction, access)
                access.trail?.note(
                    subject: key.description,
                    before: ["revoked_at": .string(orNull: old.revokedAt?.description)],
                    after: ["revoked_at": .string((old.revokedAt ?? now).description)])
            }
        }
    }

    /// A new key with the old one's kind, sandbox and scopes. The old one works for
    /// `overlapSeconds` more, so that both can be deployed. Another's management key is for
    /// an owner to rotate.
    package func rotate(
        _ key: KeyID, overlapSeconds: Int64, as access: TenantAccess
    ) async throws(IdentityError) -> (id: KeyID, secret: Secret) {
        guard (0...Limits.rotationOverlapSecondsMax).contains(overlapSeconds) else {
            throw .invalid(member: "overlap", rule: "PT0S to P30D")
        }
        let now = clock.now()
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let old = try await self.key(key, transaction, access)
                guard old.revokedAt == nil else { throw IdentityError.keyNotFound }
                guard old.kind != .certificate else {
                    throw IdentityError.invalid(
                        member: "key", rule: "a key; of a certificate, have another one issued")
                }
                let secret = Secret(
                    old.kind == .management ? .managementKey : .sandboxKey, random: random)
                let new = secret.record(id: KeyID(now: now, random: random), scopes: old.scopes)
                let holder =
                    if let user = old.user {
                        try await MemberRows.holder(user, transaction, access)
                    } else {
                        KeyHolder(old.role)
                    }
                transaction.enqueue(
                    KeyRows.insert(
                        new, old.kind, sandbox: old.sandbox, tenant: access.tenant, of: holder,
                        at: now))
                transaction.enqueue(
                    KeyRows.insertDirectory(
                        new, old.kind, sandbox: old.sandbox, tenant: access.tenant, of: holder))
                end(
                    old, at: now + .seconds(overlapSeconds), column: KeyStatements.expire,
                    transaction, access)
                let end = now + .seconds(overlapSeconds)
                access.trail?.note(
                    subject: key.description,
                    before: ["expires_at": .string(orNull: old.expiresAt?.description)],
                    after: [
                        "expires_at": .string(end.description),
                        "successor": .string(new.id.description),
                    ])
                return (new.id, secret)
            }
        }
    }

    /// Moves each key's last use forward, never back.
    func noteUses(
        _ uses: [(key: KeyID, at: WallInstant)], as access: TenantAccess
    ) async throws(IdentityError) {
        try await IdentityError.storing {
            for start in stride(from: 0, to: uses.count, by: Limits.usesPerTransaction) {
                try await database.transaction(as: access) { transaction in
                    for use in uses[start...].prefix(Limits.usesPerTransaction) {
                        transaction.enqueue(
                            Call(
                                KeyStatements.noteUse, .id(access.tenant), .id(use.key),
                                .instant(use.at)))
                    }
                }
            }
        }
    }

    private func key(
        _ id: KeyID, _ transaction: Transaction, _ access: TenantAccess
    ) async throws -> Key {
        let rows = try await transaction.run([Call(KeyStatements.read, .id(access.tenant), .id(id))])
        guard rows[0].count == 1 else { throw IdentityError.keyNotFound }
        let key = Self.key(rows[0][0])
        if case .managementKey(id, _)? = access.principal?.kind { return key }
        if key.kind == .management { try access.require(.manage) }
        return key
    }

    /// Both of the key's rows, and the word to the gateways.
    private func end(
        _ key: Key, at instant: WallInstant, column: KeyStatements.Ending,
        _ transaction: Transaction, _ access: TenantAccess
    ) {
        for statement in [column.key, column.directory] {
            transaction.enqueue(Call(statement, .id(access.tenant), .id(key.id), .instant(instant)))
        }
        transaction.enqueue(Invalidation.key(key.sha256).call)
    }

    static func key(_ row: Row) -> Key {
        guard let kind = KeyEntry.Kind(rawValue: row.text(1)), let role = Role(rawValue: row.text(10))
        else { preconditionFailure("the schema checks kind and role of a key") }
        return Key(
            id: row.id(0), kind: kind, sandbox: row.idIfPresent(2), prefix: row.text(3),
            scopes: Scopes(text: row.text(4)),
            createdAt: WallInstant(microseconds: row.microseconds(5)), lastUsedAt: row.instant(6),
            expiresAt: row.instant(7), revokedAt: row.instant(8), role: role,
            user: row.idIfPresent(11), sha256: row.bytes(9))
    }
}
