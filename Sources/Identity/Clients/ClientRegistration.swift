import Access
import Contracts
import Identifiers
import Postgres
import Runtime
import Tenancy

/// Registration by software (RFC 7591) and what a client may do with it afterwards (RFC 7592). The
/// initial access token is the sandbox's own key: it says for which sandbox.
struct ClientRegistration: Sendable {
    let database: TenantDatabase
    let clients: ClientStore
    let settings: IssuerSettings
    let clock: any WallClock
    let random: any RandomSource

    /// A new client of the sandbox that `access` opens. The answer shows its secrets this once.
    func register(
        _ document: JSONValue, as access: SandboxAccess
    ) async throws(OAuthError) -> JSONValue {
        let checked = try RegistrationDocument(document, offering: settings.scopes)
        let now = clock.now()
        let id = ClientID(now: now, random: random)
        let secret = checked.usesSecret ? Secret(.clientSecret, random: random) : nil
        let token = OpaqueToken(random: random)
        try await OAuthError.storing {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.count, .id(access.tenant), .id(access.sandbox)))
                guard rows[0].int(0) < Limits.clientsPerSandbox else {
                    throw OAuthError(
                        .invalidRequest, "The sandbox has \(Limits.clientsPerSandbox) clients.")
                }
                transaction.enqueue(
                    Call(
                        Self.insert, .id(access.tenant), .id(id), .id(access.sandbox),
                        secret.map { .bytes($0.sha256.bytes) } ?? .null,
                        .text(orNull: secret?.shownPrefix), .text(checked.scopes.text),
                        .utf8(JSONWriter.bytes(checked.document)), .bytes(token.sha256),
                        .instant(now)))
                transaction.enqueue(
                    Call(
                        Self.insertDirectory, .id(id), .id(access.tenant), .id(access.sandbox),
                        secret.map { .bytes($0.sha256.bytes) } ?? .null,
                        .text(checked.scopes.text)))
                let scope: JSONValue = ["scope": .string(checked.scopes.text)]
                if let trail = access.trail {
                    trail.note(subject: id.description, after: scope)
                } else {
                    transaction.enqueue(
                        AuditEntry("register_client", subject: id.description, details: scope)
                            .call(as: access.tenantAccess, at: now, random: random))
                }
            }
        }
        var answer = self.answer(checked.document, id: id)
        answer["client_id_issued_at"] = .int(now.seconds)
        answer["registration_access_token"] = .string(token.text)
        if let secret {
            answer["client_secret"] = .string(secret.revealed)
            answer["client_secret_expires_at"] = 0
        }
        return answer
    }

    /// What the client has registered.
    func read(_ id: ClientID, token: [UInt8]?) async throws(OAuthError) -> JSONValue {
        let client = try await client(id, token)
        return answer(client.metadata.document, id: id)
    }

    /// Puts another document in place of the registered one. Secret and id stay, and the document
    /// says so (RFC 7592 § 2.2).
    func replace(
        _ id: ClientID, with document: JSONValue, token: [UInt8]?
    ) async throws(OAuthError) -> JSONValue {
        let client = try await client(id, token)
        guard document["client_id"]?.string == id.description else {
            throw OAuthError(.invalidClientMetadata, "client_id is \(id), as it was registered.")
        }
        if let secret = document["client_secret"] {
            let shown = SHA256Hasher.digest(Array((secret.string ?? "").utf8)).bytes
            guard let stored = client.secretSHA256, SecretComparison.areEqual(stored, shown) else {
                throw OAuthError(
                    .invalidClientMetadata, "client_secret is left out, or the registered one.")
            }
        }
        let checked = try RegistrationDocument(document, offering: settings.scopes)
        guard checked.usesSecret == (client.secretSHA256 != nil) else {
            throw OAuthError(
                .invalidClientMetadata, "A client cannot change between having a secret and none.")
        }
        try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                transaction.enqueue(
                    Call(
                        Self.update, .id(client.tenant), .id(id), .text(checked.scopes.text),
                        .utf8(JSONWriter.bytes(checked.document))))
                transaction.enqueue(Invalidation.sandbox(client.sandbox.sandbox).call)
                transaction.enqueue(
                    AuditEntry("update_client", subject: id.description)
                        .call(as: client.access, by: AuditActor(id), at: clock.now(), random: random))
            }
        }
        clients.forget(client.sandbox.sandbox)
        return answer(checked.document, id: id)
    }

    /// Removes the client; its tokens end with it.
    func delete(_ id: ClientID, token: [UInt8]?) async throws(OAuthError) {
        let client = try await client(id, token)
        try await OAuthError.storing {
            try await database.transaction(as: client.access) { transaction in
                for statement in [Self.delete, Self.deleteDirectory] {
                    transaction.enqueue(Call(statement, .id(client.tenant), .id(id)))
                }
                transaction.enqueue(Invalidation.sandbox(client.sandbox.sandbox).call)
                transaction.enqueue(
                    AuditEntry("delete_client", subject: id.description)
                        .call(as: client.access, by: AuditActor(id), at: clock.now(), random: random))
            }
        }
        clients.forget(client.sandbox.sandbox)
    }

    private func client(_ id: ClientID, _ token: [UInt8]?) async throws(OAuthError) -> OAuthClient {
        guard let token, let client = try await clients.client(id),
            let expected = client.registrationSHA256,
            SecretComparison.areEqual(expected, SHA256Hasher.digest(token).bytes)
        else { throw OAuthError(.invalidToken, "The registration access token is wrong.") }
        return client
    }

    private func answer(_ document: JSONValue, id: ClientID) -> JSONValue {
        var answer = document
        answer["client_id"] = .string(id.description)
        answer["registration_client_uri"] = .string("\(settings.issuer)/register/\(id)")
        return answer
    }

    private static let count = Statement(
        "client_count",
        "SELECT count(*) FROM sbx.oauth_clients WHERE tenant_id = $1 AND sandbox_id = $2")

    private static let insert = Statement(
        "client_insert",
        """
        INSERT INTO sbx.oauth_clients (
            tenant_id, id, sandbox_id, secret_sha256, secret_prefix, scopes, metadata,
            registration_sha256, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    private static let insertDirectory = Statement(
        "client_insert_directory",
        """
        INSERT INTO sbx.directory_clients (client_id, tenant_id, sandbox_id, secret_sha256, scopes)
        VALUES ($1, $2, $3, $4, $5)
        """)

    private static let update = Statement(
        "client_update",
        """
        UPDATE sbx.oauth_clients
        SET scopes = $3, metadata = $4
        WHERE tenant_id = $1 AND id = $2
        """)

    private static let delete = Statement(
        "client_delete", "DELETE FROM sbx.oauth_clients WHERE tenant_id = $1 AND id = $2")

    private static let deleteDirectory = Statement(
        "client_delete_directory",
        "DELETE FROM sbx.directory_clients WHERE tenant_id = $1 AND client_id = $2")
}
