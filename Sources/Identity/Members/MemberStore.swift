package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// Who belongs to a tenant and what they may do. A member's keys follow it at once: gateways hear
/// of each change by NOTIFY.
package struct MemberStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock

    package init(database: TenantDatabase, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// All members, the first one first; at most ``Limits/membersPerTenant``.
    package func list(as access: TenantAccess) async throws(IdentityError) -> [Member] {
        try await IdentityError.storing {
            let rows = try await database.read(
                as: access,
                [
                    Call(MemberRows.list, .id(access.tenant), .int(Int64(Limits.membersPerTenant))),
                    Call(MemberRows.allGrants, .id(access.tenant)),
                ])
            return rows[0].map { MemberRows.member($0, rows[1]) }
        }
    }

    /// Fails with `memberNotFound`, and with `lastOwner` when nobody would be left to manage.
    package func setRole(
        _ role: Role, of user: UserID, as management: TenantManagement
    ) async throws(IdentityError) -> Member {
        try await change(user, management) { transaction, access, old in
            if old.role == .owner, role != .owner { try await keepAnOwner(transaction, access) }
            transaction.enqueue(
                Call(MemberRows.setRole, .id(access.tenant), .id(user), .text(role.rawValue)))
        }
    }

    /// Lets a member do more with one sandbox than its role in the tenant allows. Fails with
    /// `memberNotFound` and `sandboxNotFound`.
    package func grant(
        _ role: Role, on sandbox: SandboxID, to user: UserID, as management: TenantManagement
    ) async throws(IdentityError) -> Member {
        let now = clock.now()
        return try await change(user, management) { transaction, access, _ in
            let made = try await transaction.run(
                Call(
                    MemberRows.grant, .id(access.tenant), .id(user), .id(sandbox),
                    .text(role.rawValue), .instant(now)))
            guard made.affected == 1 else { throw IdentityError.sandboxNotFound }
        }
    }

    /// Takes a grant back; one that is not there is no error.
    package func withdraw(
        _ sandbox: SandboxID, from user: UserID, as management: TenantManagement
    ) async throws(IdentityError) -> Member {
        try await change(user, management) { transaction, access, _ in
            transaction.enqueue(
                Call(MemberRows.withdraw, .id(access.tenant), .id(user), .id(sandbox)))
        }
    }

    /// Removes a member with its sign-in, its grants and its keys, which end now. Fails with
    /// `memberNotFound` and `lastOwner`.
    package func remove(
        _ user: UserID, as management: TenantManagement
    ) async throws(IdentityError) {
        let access = management.access
        try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let old = try await MemberRows.locked(user, transaction, access)
                if old.role == .owner { try await keepAnOwner(transaction, access) }
                let keys = try await transaction.run(
                    Call(KeyStatements.ofMember, .id(access.tenant), .id(user))
                ).map(KeyStore.key)
                let tenant = PostgresValue.id(access.tenant)
                transaction.enqueue(
                    Call(
                        MemberRows.deleteKeys, tenant,
                        .uuidArray(keys.map { ($0.id.high, $0.id.low) })))
                for key in keys { transaction.enqueue(Invalidation.key(key.sha256).call) }
                for statement in [MemberRows.deleteEmail, MemberRows.deleteUser] {
                    transaction.enqueue(Call(statement, tenant, .id(user)))
                }
                access.trail?.note(subject: user.description, before: old.audited)
            }
        }
    }

    /// One change of a member, after which its keys follow. Answers the member as it is then.
    private func change(
        _ user: UserID, _ management: TenantManagement,
        _ body: (Transaction, TenantAccess, Member) async throws -> Void
    ) async throws(IdentityError) -> Member {
        let access = management.access
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let old = try await MemberRows.locked(user, transaction, access)
                try await body(transaction, access, old)
                let new = try await MemberRows.locked(user, transaction, access)
                try await MemberRows.follow(new, transaction, access)
                access.trail?.note(
                    subject: user.description, before: old.audited, after: new.audited)
                return new
            }
        }
    }

    private func keepAnOwner(_ transaction: Transaction, _ access: TenantAccess) async throws {
        let owners = try await transaction.run(Call(MemberRows.owners, .id(access.tenant)))
        guard owners[0].int(0) > 1 else { throw IdentityError.lastOwner }
    }
}

extension Member {
    var audited: JSONValue {
        ["email": .string(email), "role": .string(role.rawValue), "grants": grants.document]
    }
}
