package import Access
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
        fileprivate let sha256: [UInt8]
    }

    /// All keys of the tenant, newest first, at most 100.
    package func list(as access: TenantAccess) async throws(IdentityError) -> [Key] {
        try await storing {
            let rows = try await database.read(as: access, [Call(KeyStatements.list, .id(access.tenant))])
            return (0..<rows[0].count).map { Self.key(rows[0][$0]) }
        }
    }

    /// Ends a key now. Revoking one that has ended already changes nothing.
    package func revoke(_ key: KeyID, as access: TenantAccess) async throws(IdentityError) {
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                let old = try await self.key(key, transaction, access)
                end(old, at: now, column: KeyStatements.revoke, transaction, access)
                transaction.enqueue(
                    AuditEntry("key.revoke", subject: key.description)
                        .call(as: access, at: now, random: random))
            }
        }
    }

    /// A new key with the old one's kind, sandbox and scopes. The old one works for
    /// `overlapSeconds` more, so that both can be deployed.
    package func rotate(
        _ key: KeyID, overlapSeconds: Int64, as access: TenantAccess
    ) async throws(IdentityError) -> (id: KeyID, secret: Secret) {
        guard (0...Limits.rotationOverlapSecondsMax).contains(overlapSeconds) else {
            throw .invalid(member: "overlap", rule: "PT0S to P30D")
        }
        let now = clock.now()
        return try await storing {
            try await database.transaction(as: access) { transaction in
                let old = try await self.key(key, transaction, access)
                guard old.revokedAt == nil else { throw IdentityError.keyNotFound }
                let secret = Secret(
                    old.kind == .management ? .managementKey : .sandboxKey, random: random)
                let new = secret.record(id: KeyID(now: now, random: random), scopes: old.scopes)
                transaction.enqueue(
                    KeyRows.insert(new, old.kind, sandbox: old.sandbox, tenant: access.tenant, at: now))
                transaction.enqueue(
                    KeyRows.insertDirectory(
                        new, old.kind, sandbox: old.sandbox, tenant: access.tenant))
                end(
                    old, at: now + .seconds(overlapSeconds), column: KeyStatements.expire,
                    transaction, access)
                transaction.enqueue(
                    AuditEntry("key.rotate", subject: key.description)
                        .call(as: access, at: now, random: random))
                return (new.id, secret)
            }
        }
    }

    /// Moves each key's last use forward, never back.
    func noteUses(
        _ uses: [(key: KeyID, at: WallInstant)], as access: TenantAccess
    ) async throws(IdentityError) {
        try await storing {
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
        return Self.key(rows[0][0])
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

    private static func key(_ row: Row) -> Key {
        guard let kind = KeyEntry.Kind(rawValue: row.text(1)) else {
            preconditionFailure("the schema checks the kind of a key")
        }
        return Key(
            id: row.id(0), kind: kind, sandbox: row.idIfPresent(2), prefix: row.text(3),
            scopes: Scopes(text: row.text(4)),
            createdAt: WallInstant(microseconds: row.microseconds(5)), lastUsedAt: row.instant(6),
            expiresAt: row.instant(7), revokedAt: row.instant(8), sha256: row.bytes(9))
    }

    private func storing<Value>(_ body: () async throws -> Value) async throws(IdentityError) -> Value {
        do {
            return try await body()
        } catch let error as IdentityError {
            throw error
        } catch let error as PostgresError {
            throw .tenancy(.storage(error))
        } catch {
            preconditionFailure("only our own and the storage's errors are thrown here")
        }
    }
}
