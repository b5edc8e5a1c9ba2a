import Access
import Contracts
import Identifiers
import Postgres
import Runtime
import Tenancy

/// The OAuth clients of a sandbox as its tenant keeps them, without their registration tokens.
struct ClientKeeper: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    /// Newest first; at most ``Limits/clientsPerSandbox``.
    func list(as access: SandboxAccess) async throws(IdentityError) -> [JSONValue] {
        try await IdentityError.storing {
            let rows = try await database.read(
                as: access, [Call(Self.list, .id(access.tenant), .id(access.sandbox))])
            return rows[0].map(Self.document)
        }
    }

    /// A new secret; the one before works for `overlapSeconds` more. Fails with `clientNotFound`, also
    /// for a client that has no secret.
    func rotate(
        _ id: ClientID, overlapSeconds: Int64, as access: SandboxAccess
    ) async throws(IdentityError) -> (secret: Secret, previousUntil: WallInstant) {
        guard (0...Limits.rotationOverlapSecondsMax).contains(overlapSeconds) else {
            throw .invalid(member: "overlap", rule: "PT0S to P30D")
        }
        let until = clock.now() + .seconds(overlapSeconds)
        let secret = Secret(.clientSecret, random: random)
        try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let changed = try await transaction.run(
                    Call(
                        Self.rotate, .id(access.tenant), .id(access.sandbox), .id(id),
                        .bytes(secret.sha256.bytes), .text(secret.shownPrefix), .instant(until)))
                guard changed.affected == 1 else { throw IdentityError.clientNotFound }
                transaction.enqueue(
                    Call(
                        Self.rotateDirectory, .id(access.tenant), .id(id),
                        .bytes(secret.sha256.bytes)))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(
                    subject: id.description,
                    after: ["previous_until": .string(until.description)])
            }
        }
        return (secret, until)
    }

    /// Removes a client; its grants and tokens end now.
    func revoke(_ id: ClientID, as access: SandboxAccess) async throws(IdentityError) {
        try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let removed = try await transaction.run(
                    Call(Self.delete, .id(access.tenant), .id(access.sandbox), .id(id)))
                guard let row = removed.first else { throw IdentityError.clientNotFound }
                transaction.enqueue(Call(Self.deleteDirectory, .id(access.tenant), .id(id)))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(
                    subject: id.description, before: ["scope": .string(row.text(0))])
            }
        }
    }

    private static func document(_ row: Row) -> JSONValue {
        let metadata = ClientStore.document(row.utf8(3))
        let id: ClientID = row.id(0)
        return [
            "id": .string(id.description), "name": metadata["client_name"] ?? .null,
            "scope": .string(row.text(1)), "secret_prefix": .string(orNull: row.textIfPresent(2)),
            "grant_types": metadata["grant_types"] ?? ["client_credentials"],
            "authentication": metadata["token_endpoint_auth_method"] ?? "client_secret_basic",
            "created_at": .string(WallInstant(microseconds: row.microseconds(4)).description),
            "previous_until": .string(orNull: row.instant(5)?.description),
        ]
    }

    private static let list = Statement(
        "clients_list",
        """
        SELECT id, scopes, secret_prefix, metadata, created_at, previous_until
        FROM sbx.oauth_clients
        WHERE tenant_id = $1 AND sandbox_id = $2
        ORDER BY id DESC
        """)

    private static let rotate = Statement(
        "client_rotate",
        """
        UPDATE sbx.oauth_clients
        SET previous_sha256 = secret_sha256, previous_until = $6, secret_sha256 = $4,
            secret_prefix = $5
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3 AND secret_sha256 IS NOT NULL
        """)

    private static let rotateDirectory = Statement(
        "client_rotate_directory",
        "UPDATE sbx.directory_clients SET secret_sha256 = $3 WHERE tenant_id = $1 AND client_id = $2")

    private static let delete = Statement(
        "client_revoke",
        """
        DELETE FROM sbx.oauth_clients
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        RETURNING scopes
        """)

    private static let deleteDirectory = Statement(
        "client_revoke_directory",
        "DELETE FROM sbx.directory_clients WHERE tenant_id = $1 AND client_id = $2")
}
