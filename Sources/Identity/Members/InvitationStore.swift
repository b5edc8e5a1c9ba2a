package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime
package import Tenancy

/// Invitations into a tenant. The platform sends no mail: whoever invites hands the token over.
package struct InvitationStore: Sendable {
    private let database: TenantDatabase
    private let directory: EdgeDirectory
    private let control: AccessControl
    private let passwords: PasswordHasher
    private let clock: any WallClock
    private let random: any RandomSource

    package init(
        database: TenantDatabase, directory: EdgeDirectory, control: AccessControl,
        passwords: PasswordHasher, clock: any WallClock, random: any RandomSource
    ) {
        self.database = database
        self.directory = directory
        self.control = control
        self.passwords = passwords
        self.clock = clock
        self.random = random
    }

    /// Newest first; the newest hundred, ended ones included.
    package func list(as access: TenantAccess) async throws(IdentityError) -> [Invitation] {
        try await IdentityError.storing {
            let rows = try await database.read(
                as: access, [Call(InvitationRows.list, .id(access.tenant))])
            return rows[0].map(InvitationRows.invitation)
        }
    }

    /// An invitation that holds for `lifetimeSeconds`. Its token is shown this once. Fails with
    /// `tooMany` at ``Limits/openInvitationsPerTenant``.
    package func create(
        for email: Email, as role: Role, lifetimeSeconds: Int64?, by management: TenantManagement
    ) async throws(IdentityError) -> (invitation: Invitation, token: Secret) {
        let seconds = lifetimeSeconds ?? Limits.invitationSecondsDefault
        guard (60...Limits.invitationSecondsMax).contains(seconds) else {
            throw .invalid(member: "ttl", rule: "an ISO 8601 duration from PT1M to P30D")
        }
        let (access, now) = (management.access, clock.now())
        let id = InvitationID(now: now, random: random)
        let token = Secret(.invitation, random: random)
        let made = Invitation(
            id: id, email: email.text, role: role, createdAt: now, expiresAt: now + .seconds(seconds),
            acceptedAt: nil, revokedAt: nil)
        try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let open = try await transaction.run(
                    Call(InvitationRows.countOpen, .id(access.tenant), .instant(now)))
                guard open[0].int(0) < Int64(Limits.openInvitationsPerTenant) else {
                    throw IdentityError.tooMany(
                        kind: "open invitations", limit: Limits.openInvitationsPerTenant)
                }
                for call in InvitationRows.insert(made, token.sha256.bytes, access.tenant) {
                    transaction.enqueue(call)
                }
                access.trail?.note(
                    subject: id.description,
                    after: [
                        "email": .string(email.text), "role": .string(role.rawValue),
                        "expires_at": .string(made.expiresAt.description),
                    ])
            }
        }
        return (made, token)
    }

    /// Ends an invitation that is open. Fails with `invitationNotFound` and `invitationEnded`.
    package func revoke(
        _ id: InvitationID, as management: TenantManagement
    ) async throws(IdentityError) -> Invitation {
        let (access, now) = (management.access, clock.now())
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let open = try await locked(id, transaction, access, at: now)
                let revoked = try await transaction.run(
                    Call(InvitationRows.revoke, .id(access.tenant), .id(id), .instant(now)))
                access.trail?.note(
                    subject: id.description,
                    before: ["email": .string(open.email), "role": .string(open.role.rawValue)])
                return InvitationRows.invitation(revoked[0])
            }
        }
    }

    /// What an accepted invitation has made.
    package struct Accepted: Sendable {
        package let tenant: TenantID
        package let member: Member
        /// The member's own management key. Its secret is shown this once.
        package let key: KeyID
        package let secret: Secret
    }

    /// Takes an invitation up: a user with this password, its membership and a key of its own. Of two
    /// at the same moment one succeeds. Fails with `invitationNotFound`, `invitationEnded`,
    /// `tenancy(.emailTaken)`, and as ``PasswordHasher/check(_:)`` does.
    package func accept(
        token: String, password: String
    ) async throws(IdentityError) -> Accepted {
        try PasswordHasher.check(password)
        let sha256 = SHA256Hasher.digest(Array(token.utf8)).bytes
        let entry: InvitationEntry?
        do throws(AccessError) {
            entry = try await directory.invitation(sha256: sha256)
        } catch {
            throw .access(error)
        }
        guard let entry else { throw .invitationNotFound }
        let hash = try await passwords.hash(password)
        let access = control.access(accepting: entry)
        do throws(IdentityError) {
            return try await IdentityError.storing {
                try await database.transaction(as: access) { transaction in
                    try await accept(entry.invitation, hash, transaction, access)
                }
            }
        } catch {
            if case .tenancy(.storage(.server(let server))) = error,
                server.constraint == "directory_emails_pkey"
            {
                throw .tenancy(.emailTaken)
            }
            throw error
        }
    }

    private func accept(
        _ id: InvitationID, _ passwordHash: String, _ transaction: Transaction,
        _ access: TenantAccess
    ) async throws -> Accepted {
        let (now, tenant) = (clock.now(), access.tenant)
        let invitation = try await locked(id, transaction, access, at: now)
        let count = try await transaction.run(Call(MemberRows.count, .id(tenant)))
        guard count[0].int(0) < Int64(Limits.membersPerTenant) else {
            throw IdentityError.tooMany(kind: "members", limit: Limits.membersPerTenant)
        }
        let member = Member(
            user: UserID(now: now, random: random), email: invitation.email, role: invitation.role,
            grants: SandboxGrants(), since: now)
        let secret = Secret(.managementKey, random: random)
        let key = secret.record(id: KeyID(now: now, random: random), scopes: Scopes(.manage))
        let holder = KeyHolder(member.role, user: member.user)
        let email = SHA256Hasher.digest(Array(invitation.email.lowercased().utf8)).bytes
        for call in [
            Call(MemberRows.insertEmail, .bytes(email), .id(tenant), .id(member.user)),
            Call(
                MemberRows.insertUser, .id(tenant), .id(member.user), .text(member.email),
                .text(passwordHash), .instant(now)),
            Call(
                MemberRows.insert, .id(tenant), .id(member.user), .text(member.role.rawValue),
                .instant(now)),
            KeyRows.insert(key, .management, sandbox: nil, tenant: tenant, of: holder, at: now),
            KeyRows.insertDirectory(key, .management, sandbox: nil, tenant: tenant, of: holder),
            Call(InvitationRows.accept, .id(tenant), .id(id), .instant(now)),
            AuditEntry(
                "accept_invitation", subject: id.description, details: ["after": member.audited]
            ).call(
                as: access,
                by: AuditActor(kind: "user", id: (member.user.high, member.user.low)), at: now,
                random: random),
        ] { transaction.enqueue(call) }
        return Accepted(tenant: tenant, member: member, key: key.id, secret: secret)
    }

    /// The invitation, open and held to the end of the transaction.
    private func locked(
        _ id: InvitationID, _ transaction: Transaction, _ access: TenantAccess, at now: WallInstant
    ) async throws -> Invitation {
        let rows = try await transaction.run(
            Call(InvitationRows.lock, .id(access.tenant), .id(id)))
        guard let row = rows.first else { throw IdentityError.invitationNotFound }
        let invitation = InvitationRows.invitation(row)
        switch invitation.state(at: now) {
        case .open: return invitation
        case .accepted: throw IdentityError.invitationEnded(.accepted)
        case .revoked: throw IdentityError.invitationEnded(.revoked)
        case .expired: throw IdentityError.invitationEnded(.expired)
        }
    }
}
