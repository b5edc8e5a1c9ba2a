import Access
import Contracts
import Postgres
import Runtime

/// What stands between the pages of a sign-in: the request, the browser that shows it, and who has
/// signed in. Held by a random handle that the pages carry; the browser's own cookie must fit, so
/// that a handle seen elsewhere is of no use.
struct InteractionStore: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    struct Interaction: Sendable {
        let parameters: JSONValue
        let subject: String?
    }

    /// A new one; with `browser` when a page is shown at once, without it for a pushed request.
    func begin(
        _ parameters: JSONValue, browser: OpaqueToken?, seconds: Int64, for client: OAuthClient
    ) async throws(OAuthError) -> String {
        let handle = OpaqueToken(random: random)
        let end = clock.now() + .seconds(seconds)
        return try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                transaction.enqueue(
                    Call(
                        Self.insert, .id(client.tenant), .id(client.sandbox.sandbox),
                        .bytes(handle.sha256), .id(client.id),
                        .utf8(JSONWriter.bytes(parameters)),
                        browser.map { .bytes($0.sha256) } ?? .null, .instant(end)))
                return handle.text
            }
        }
    }

    /// A pushed request, which is gone with this (RFC 9126 § 7.3); nil when there is none.
    func take(pushed handle: String, for client: OAuthClient) async throws(OAuthError) -> JSONValue?
    {
        try await consume(handle, browser: nil, for: client)?.parameters
    }

    /// As it stands, if `browser` is the one that shows it.
    func read(
        _ handle: String, browser: OpaqueToken, for client: OAuthClient
    ) async throws(OAuthError) -> Interaction? {
        try await one(Self.readStatement, handle, .bytes(browser.sha256), for: client)
    }

    /// Remembers who has signed in.
    func signIn(
        _ handle: String, browser: OpaqueToken, subject: String, for client: OAuthClient
    ) async throws(OAuthError) -> Interaction? {
        try await one(
            Self.signInStatement, handle, .bytes(browser.sha256), .text(subject), for: client)
    }

    /// As it stands, and never again.
    func consume(
        _ handle: String, browser: OpaqueToken?, for client: OAuthClient
    ) async throws(OAuthError) -> Interaction? {
        try await one(
            Self.consumeStatement, handle, browser.map { .bytes($0.sha256) } ?? .null, for: client)
    }

    private func one(
        _ statement: Statement, _ handle: String, _ values: PostgresValue...,
        for client: OAuthClient
    ) async throws(OAuthError) -> Interaction? {
        let call = Call(
            statement,
            values: [
                .id(client.tenant), .bytes(OpaqueToken(shown: handle).sha256), .id(client.id),
                .instant(clock.now()),
            ] + values)
        return try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                let rows = try await transaction.run(call)
                return rows.first.map {
                    Interaction(
                        parameters: ClientStore.document($0.utf8(0)), subject: $0.textIfPresent(1))
                }
            }
        }
    }

    private static let insert = Statement(
        "interaction_insert",
        """
        INSERT INTO sbx.authorization_requests (
            tenant_id, sandbox_id, sha256, client_id, parameters, browser_sha256, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let readStatement = Statement(
        "interaction_read",
        """
        SELECT parameters, subject
        FROM sbx.authorization_requests
        WHERE tenant_id = $1 AND sha256 = $2 AND client_id = $3 AND expires_at > $4
            AND browser_sha256 = $5
        """)

    private static let signInStatement = Statement(
        "interaction_sign_in",
        """
        UPDATE sbx.authorization_requests
        SET subject = $6
        WHERE tenant_id = $1 AND sha256 = $2 AND client_id = $3 AND expires_at > $4
            AND browser_sha256 = $5
        RETURNING parameters, subject
        """)

    private static let consumeStatement = Statement(
        "interaction_consume",
        """
        DELETE FROM sbx.authorization_requests
        WHERE tenant_id = $1 AND sha256 = $2 AND client_id = $3 AND expires_at > $4
            AND browser_sha256 IS NOT DISTINCT FROM $5
        RETURNING parameters, subject
        """)
}
