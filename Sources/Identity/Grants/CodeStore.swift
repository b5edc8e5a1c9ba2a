import Access
import Contracts
import Identifiers
import Postgres
import Runtime

/// Authorization codes: each is redeemed once, by the client that it was made for, with the verifier
/// of its PKCE challenge (RFC 7636).
struct CodeStore: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    private enum Outcome {
        case redeemed(Grant)
        case refused(String)
    }

    /// The rows of a new code over a new grant.
    func issue(
        _ grant: Grant, _ request: AuthorizationParameters, for client: OAuthClient
    ) -> (code: String, rows: [Call]) {
        let now = clock.now()
        let code = OpaqueToken(random: random)
        return (
            code.text,
            [
                GrantRows.insert(grant, for: client, at: now),
                Call(
                    Self.insert, .id(client.tenant), .id(client.sandbox.sandbox),
                    .bytes(code.sha256), .id(client.id), .id(grant.id),
                    .utf8(JSONWriter.bytes(request.document)),
                    .instant(now + .seconds(Limits.codeSeconds))),
            ]
        )
    }

    /// Any attempt uses the code up. A second one revokes what the first was given (RFC 6749 § 4.1.2).
    func redeem(
        _ code: String, redirectURI: String?, verifier: String, keyThumbprint: String?,
        for client: OAuthClient
    ) async throws(OAuthError) -> Grant {
        let token = OpaqueToken(shown: code)
        let now = clock.now()
        let outcome = try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.read, .id(client.tenant), .bytes(token.sha256), .id(client.id)))
                guard let row = rows.first else { return Outcome.refused("is not known") }
                let grant: GrantID = row.id(0)
                guard row.isNull(3) else {
                    for call in GrantRows.revoke(grant, for: client, at: now) {
                        transaction.enqueue(call)
                    }
                    return .refused("was used before; what it gave is revoked")
                }
                transaction.enqueue(
                    Call(Self.use, .id(client.tenant), .bytes(token.sha256), .instant(now)))
                guard row.microseconds(2) > now.microseconds else { return .refused("has expired") }
                let request = AuthorizationParameters(ClientStore.document(row.utf8(1)))
                if let fault = request.fault(
                    redirectURI: redirectURI, verifier: verifier, keyThumbprint: keyThumbprint)
                {
                    return .refused(fault)
                }
                return .redeemed(
                    Grant(id: grant, subject: row.text(4), scopes: Scopes(text: row.text(5))))
            }
        }
        switch outcome {
        case .redeemed(let grant): return grant
        case .refused(let reason): throw OAuthError(.invalidGrant, "The code \(reason).")
        }
    }

    private static let insert = Statement(
        "code_insert",
        """
        INSERT INTO sbx.authorization_codes (
            tenant_id, sandbox_id, sha256, client_id, grant_id, parameters, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let read = Statement(
        "code_read",
        """
        SELECT c.grant_id, c.parameters, c.expires_at, c.used_at, g.subject, g.scopes
        FROM sbx.authorization_codes c
        JOIN sbx.oauth_grants g ON g.tenant_id = c.tenant_id AND g.id = c.grant_id
        WHERE c.tenant_id = $1 AND c.sha256 = $2 AND c.client_id = $3
        FOR UPDATE OF c
        """)

    private static let use = Statement(
        "code_use",
        """
        UPDATE sbx.authorization_codes
        SET used_at = $3
        WHERE tenant_id = $1 AND sha256 = $2
        """)
}
