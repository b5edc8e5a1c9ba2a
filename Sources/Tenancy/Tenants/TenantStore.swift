package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime

/// Tenants and their first user.
package struct TenantStore: Sendable {
    let database: TenantDatabase
    private let clock: any WallClock
    private let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// What a sign-up stores. The password has been hashed, the key's secret has been drawn.
    package struct Founding: Sendable {
        package let tenant: TenantID
        package let user: UserID
        package let organization: String
        package let email: Email
        /// SHA-256 of the lower-cased address.
        package let emailSHA256: [UInt8]
        package let passwordHash: String
        package let key: CredentialRecord<KeyKind>

        package init(
            tenant: TenantID, user: UserID, organization: String, email: Email,
            emailSHA256: [UInt8], passwordHash: String, key: CredentialRecord<KeyKind>
        ) {
            self.tenant = tenant
            self.user = user
            self.organization = organization
            self.email = email
            self.emailSHA256 = emailSHA256
            self.passwordHash = passwordHash
            self.key = key
        }
    }

    package static func checkOrganization(_ name: String) throws(TenancyError) {
        guard (1...Limits.nameCharacters).contains(name.unicodeScalars.count),
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw .invalid(
                member: "organization",
                rule: "1 to \(Limits.nameCharacters) characters, none of them control characters")
        }
    }

    /// Tenant, user, membership, management key and their directory entries in one transaction.
    /// Fails with `emailTaken`; of two at the same moment one succeeds.
    package func found(_ founding: Founding, as access: TenantAccess) async throws(TenancyError) {
        precondition(access.tenant == founding.tenant, "access to another tenant")
        let now = clock.now()
        do {
            try await database.transaction(as: access) { transaction in
                // The directory first: its unique e-mail decides, so that nothing else is tried.
                _ = try await transaction.run(Self.calls(founding, at: now))
                let founder = AuditActor(kind: "user", id: (founding.user.high, founding.user.low))
                transaction.enqueue(
                    AuditEntry(
                        "sign_up", subject: founding.tenant.description,
                        details: ["after": ["name": .string(founding.organization)]]
                    ).call(as: access, by: founder, at: now, random: random))
            }
        } catch let error as PostgresError {
            if case .server(let server) = error, server.constraint == "directory_emails_pkey" {
                throw .emailTaken
            }
            throw .storage(error)
        } catch {
            preconditionFailure("only the storage fails here")
        }
    }

    /// Who signs in: the stored hash of the password and the role, or nil when the user is gone.
    package func credentials(
        of user: UserID, as access: TenantAccess
    ) async throws(TenancyError) -> (passwordHash: String, role: Role)? {
        try await storing {
            let rows = try await database.read(
                as: access, [Call(Self.readCredentials, .id(access.tenant), .id(user))])
            guard rows[0].count == 1, let role = Role(rawValue: rows[0][0].text(1)) else { return nil }
            return (rows[0][0].text(0), role)
        }
    }

    private static func calls(_ founding: Founding, at now: WallInstant) -> [Call] {
        let tenant = PostgresValue.id(founding.tenant)
        let key = founding.key
        return [
            Call(insertEmail, .bytes(founding.emailSHA256), tenant, .id(founding.user)),
            Call(insertTenant, tenant, .text(founding.organization), .instant(now)),
            Call(
                insertUser, tenant, .id(founding.user), .text(founding.email.text),
                .text(founding.passwordHash), .instant(now)),
            Call(insertMembership, tenant, .id(founding.user), .text(Role.owner.rawValue), .instant(now)),
            KeyRows.insert(key, .management, sandbox: nil, tenant: founding.tenant, at: now),
            KeyRows.insertDirectory(key, .management, sandbox: nil, tenant: founding.tenant),
        ]
    }

    private static let insertEmail = Statement(
        "tenant_insert_email",
        "INSERT INTO sbx.directory_emails (sha256, tenant_id, user_id) VALUES ($1, $2, $3)")

    private static let insertTenant = Statement(
        "tenant_insert",
        "INSERT INTO sbx.tenants (tenant_id, name, created_at) VALUES ($1, $2, $3)")

    private static let insertUser = Statement(
        "tenant_insert_user",
        """
        INSERT INTO sbx.users (tenant_id, id, email, password, created_at)
        VALUES ($1, $2, $3, $4, $5)
        """)

    private static let insertMembership = Statement(
        "tenant_insert_membership",
        """
        INSERT INTO sbx.memberships (tenant_id, user_id, role, created_at)
        VALUES ($1, $2, $3, $4)
        """)

    private static let readCredentials = Statement(
        "tenant_read_credentials",
        """
        SELECT u.password, m.role
        FROM sbx.users u
        JOIN sbx.memberships m ON m.tenant_id = u.tenant_id AND m.user_id = u.id
        WHERE u.tenant_id = $1 AND u.id = $2
        """)
}
