import Access
import Identifiers
import Postgres
import Runtime

/// What may be shown once only, such as the `jti` of an assertion or of a DPoP proof. One row each,
/// until it would be refused for its age anyway, so that it holds across gateways.
struct ReplayStore: Sendable {
    let database: TenantDatabase

    /// Whether this is the first time. `owner` is who signed it: two may choose the same `jti`.
    func isFirst(
        _ id: String, of owner: String, in sandbox: SandboxID, until end: WallInstant,
        as access: TenantAccess
    ) async throws(OAuthError) -> Bool {
        let digest = SHA256Hasher.digest(Array("\(owner)\n\(id)".utf8))
        return try await OAuthError.storing {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(
                        Self.insert, .id(access.tenant), .id(sandbox), .bytes(digest.bytes),
                        .instant(end)))
                return rows.affected == 1
            }
        }
    }

    private static let insert = Statement(
        "used_proof_insert",
        """
        INSERT INTO sbx.used_proofs (tenant_id, sandbox_id, sha256, expires_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING
        """)
}
