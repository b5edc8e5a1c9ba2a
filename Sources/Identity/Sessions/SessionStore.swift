package import Access
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// Sign-ins to the portal: a random token in the browser, its SHA-256 in the directory and in the
/// tenant's own table. A session ends by signing out, by its time, or with its user.
package struct SessionStore: Sendable {
    private let database: TenantDatabase
    private let directory: EdgeDirectory
    private let control: AccessControl
    private let clock: any WallClock
    private let random: any RandomSource

    package init(
        database: TenantDatabase, directory: EdgeDirectory, control: AccessControl,
        clock: any WallClock, random: any RandomSource
    ) {
        self.database = database
        self.directory = directory
        self.control = control
        self.clock = clock
        self.random = random
    }

    /// A session that stands, with what pages show of its user.
    package struct Session: Sendable {
        package let id: SessionID
        package let user: UserID
        package let email: String
        package let organization: String
        package let role: Role
        package let principal: Principal
        fileprivate let sha256: [UInt8]
        fileprivate let access: TenantAccess
    }

    /// Begins a session of a user who has just shown the password; answers the token, 43 characters
    /// of base64url, which is nowhere stored.
    package func begin(_ user: UserID, of tenant: TenantID) async throws(IdentityError) -> String {
        let token = OpaqueToken(random: random)
        let now = clock.now()
        let id = SessionID(now: now, random: random)
        let end = PostgresValue.instant(now + .seconds(Limits.sessionSeconds))
        let access = control.access(workingFor: tenant)
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                transaction.enqueue(
                    Call(
                        Self.insert, .id(tenant), .id(id), .id(user), .bytes(token.sha256),
                        .instant(now), end))
                transaction.enqueue(
                    Call(
                        Self.insertDirectory, .bytes(token.sha256), .id(tenant), .id(id), .id(user),
                        end))
                transaction.enqueue(
                    AuditEntry("sign_in", subject: user.description).call(
                        as: access, by: AuditActor(kind: "user", id: (user.high, user.low)),
                        at: now, random: random))
                return token.text
            }
        }
    }

    /// The session of a browser's token; nil when there is none, it has ended, or its user is gone.
    package func session(_ token: String) async throws(IdentityError) -> Session? {
        guard token.utf8.count <= Limits.sessionTokenBytesMax else { return nil }
        let sha256 = OpaqueToken(shown: token).sha256
        let found: SessionEntry?
        do throws(AccessError) {
            found = try await directory.session(sha256: sha256)
        } catch {
            throw .access(error)
        }
        guard let entry = found, entry.expiresAt > clock.now() else { return nil }
        let access = control.access(continuing: entry)
        return try await IdentityError.storing {
            let rows = try await database.read(
                as: access,
                [
                    Call(Self.read, .id(entry.tenant), .id(entry.session)),
                    Call(MemberRows.grants, .id(entry.tenant), .id(entry.user)),
                ])
            guard let row = rows[0].first, let role = Role(rawValue: row.text(1)) else { return nil }
            return Session(
                id: entry.session, user: entry.user, email: row.text(0),
                organization: row.text(2), role: role,
                principal: Principal(
                    tenant: entry.tenant, kind: .user(entry.user, role),
                    scopes: Scopes(.manage, .sandbox),
                    grants: MemberRows.grants(of: entry.user, in: rows[1])),
                sha256: sha256, access: access)
        }
    }

    /// Ends a session now; one that has ended stays so.
    package func end(_ session: Session) async throws(IdentityError) {
        let tenant = PostgresValue.id(session.access.tenant)
        try await IdentityError.storing {
            try await database.transaction(as: session.access) { transaction in
                transaction.enqueue(Call(Self.delete, tenant, .id(session.id)))
                transaction.enqueue(Call(Self.deleteDirectory, tenant, .bytes(session.sha256)))
            }
        }
    }

    /// A random text of 43 characters of base64url.
    package static func drawToken(_ random: some RandomSource) -> String {
        OpaqueToken(random: random).text
    }

    /// What the forms of a session carry: derived from its token by a hash, so that a page that
    /// leaks does not give the session away.
    package static func formToken(of token: String) -> String {
        Base64URL.text(SHA256Hasher.digest(Array("form:\(token)".utf8)).bytes)
    }

    private static let insert = Statement(
        "session_insert",
        """
        INSERT INTO sbx.sessions (tenant_id, id, user_id, sha256, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    private static let insertDirectory = Statement(
        "session_insert_directory",
        """
        INSERT INTO sbx.directory_sessions (sha256, tenant_id, session_id, user_id, expires_at)
        VALUES ($1, $2, $3, $4, $5)
        """)

    private static let read = Statement(
        "session_read",
        """
        SELECT u.email, m.role, t.name
        FROM sbx.sessions s
        JOIN sbx.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        JOIN sbx.memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
        JOIN sbx.tenants t ON t.tenant_id = s.tenant_id
        WHERE s.tenant_id = $1 AND s.id = $2
        """)

    private static let delete = Statement(
        "session_delete", "DELETE FROM sbx.sessions WHERE tenant_id = $1 AND id = $2")

    private static let deleteDirectory = Statement(
        "session_delete_directory",
        "DELETE FROM sbx.directory_sessions WHERE tenant_id = $1 AND sha256 = $2")
}
