import Contracts
package import Identifiers
package import Postgres
import Runtime

/// The look-ups of the edge, as `sbx_edge`: that role has no right on any table and reaches the
/// directory through exact-match functions only. Each answers one entry or nil, in one round trip
/// on the current loop's shared connection.
package struct EdgeDirectory: Sendable {
    private let postgres: Postgres

    /// `postgres` connects as `sbx_edge`.
    package init(edgeRole postgres: Postgres) {
        self.postgres = postgres
    }

    package func sandbox(slug: String) async throws(AccessError) -> SandboxLocation? {
        try await first(Call(Self.slug, .text(slug))) { Self.location($0, from: 0) }
    }

    package func sandbox(id: SandboxID) async throws(AccessError) -> SandboxLocation? {
        try await first(Call(Self.sandbox, .id(id))) { Self.location($0, from: 0) }
    }

    /// `sha256` of the whole key as presented, 32 bytes.
    package func key(sha256: [UInt8]) async throws(AccessError) -> KeyEntry? {
        try await first(Call(Self.key, .bytes(sha256))) { row in
            let kind = KeyEntry.Kind(rawValue: row.text(2))
            guard let kind else { preconditionFailure("the schema checks the kind of a key") }
            return KeyEntry(
                tenant: row.id(0), key: row.id(1), kind: kind, scopes: Scopes(text: row.text(3)),
                expiresAt: row.instant(4), revokedAt: row.instant(5),
                sandbox: Self.location(row, from: 6), role: Self.role(row, 11),
                grants: Self.grants(row, 12))
        }
    }

    /// `sha256` of the token as presented.
    package func invitation(sha256: [UInt8]) async throws(AccessError) -> InvitationEntry? {
        try await first(Call(Self.invitation, .bytes(sha256))) {
            InvitationEntry(tenant: $0.id(0), invitation: $0.id(1))
        }
    }

    private static func role(_ row: Row, _ column: Int) -> Role {
        guard let role = Role(rawValue: row.text(column)) else {
            preconditionFailure("the schema checks the role of a key")
        }
        return role
    }

    private static func grants(_ row: Row, _ column: Int) -> SandboxGrants {
        do {
            return SandboxGrants(try JSONParser.parse(row.utf8(column)))
        } catch {
            preconditionFailure("stored grants are JSON")
        }
    }

    /// `sha256` of the lower-cased address, 32 bytes.
    package func email(sha256: [UInt8]) async throws(AccessError) -> EmailEntry? {
        try await first(Call(Self.email, .bytes(sha256))) {
            EmailEntry(tenant: $0.id(0), user: $0.id(1))
        }
    }

    package func client(_ id: ClientID) async throws(AccessError) -> ClientEntry? {
        try await first(Call(Self.client, .id(id))) { row in
            guard let sandbox = Self.location(row, from: 4) else { return nil }
            return ClientEntry(
                tenant: row.id(0), client: row.id(1), secretSHA256: row.bytesOrNil(2),
                scopes: Scopes(text: row.text(3)), sandbox: sandbox)
        }
    }

    /// `sha256` of the token that the browser holds, 32 bytes.
    package func session(sha256: [UInt8]) async throws(AccessError) -> SessionEntry? {
        try await first(Call(Self.session, .bytes(sha256))) { row in
            SessionEntry(
                tenant: row.id(0), session: row.id(1), user: row.id(2),
                expiresAt: WallInstant(microseconds: row.microseconds(3)))
        }
    }

    /// `code` in the form in which it is stored: upper case, without its hyphen.
    package func userCode(_ code: String) async throws(AccessError) -> UserCodeEntry? {
        try await first(Call(Self.userCode, .text(code))) {
            UserCodeEntry(tenant: $0.id(0), sandbox: $0.id(1))
        }
    }

    private func first<Entry>(
        _ call: Call, _ read: (Row) -> Entry?
    ) async throws(AccessError) -> Entry? {
        do throws(PostgresError) {
            let rows = try await postgres.read([call])
            return rows[0].count == 0 ? nil : read(rows[0][0])
        } catch {
            throw .storage(error)
        }
    }

    /// Columns tenant, sandbox, slug, state, end; nil when the row has no sandbox.
    private static func location(_ row: Row, from column: Int) -> SandboxLocation? {
        guard !row.isNull(column + 1) else { return nil }
        guard let state = SandboxLocation.State(rawValue: row.text(column + 3)) else {
            preconditionFailure("the schema checks the state of a sandbox")
        }
        return SandboxLocation(
            tenant: row.id(column), sandbox: row.id(column + 1), slug: row.text(column + 2),
            state: state, expiresAt: row.instant(column + 4))
    }

    private static let slug = Statement(
        "edge_slug",
        "SELECT tenant_id, sandbox_id, slug, state, expires_at FROM sbx.edge_slug($1)")

    private static let sandbox = Statement(
        "edge_sandbox",
        "SELECT tenant_id, sandbox_id, slug, state, expires_at FROM sbx.edge_sandbox($1)")

    private static let key = Statement(
        "edge_key",
        """
        SELECT
            tenant_id, key_id, kind, scopes, expires_at, revoked_at,
            tenant_id, sandbox_id, sandbox_slug, sandbox_state, sandbox_expires_at, role, grants
        FROM sbx.edge_key($1)
        CROSS JOIN sbx.edge_key_role($1)
        """)

    private static let invitation = Statement(
        "edge_invitation", "SELECT tenant_id, invitation_id FROM sbx.edge_invitation($1)")

    private static let email = Statement(
        "edge_email", "SELECT tenant_id, user_id FROM sbx.edge_email($1)")

    private static let session = Statement(
        "edge_session",
        "SELECT tenant_id, session_id, user_id, expires_at FROM sbx.edge_session($1)")

    private static let userCode = Statement(
        "edge_user_code", "SELECT tenant_id, sandbox_id FROM sbx.edge_user_code($1)")

    private static let client = Statement(
        "edge_client",
        """
        SELECT
            tenant_id, client_id, secret_sha256, scopes,
            tenant_id, sandbox_id, sandbox_slug, sandbox_state, sandbox_expires_at
        FROM sbx.edge_client($1)
        """)
}
