package import Access
import Contracts
package import HTTP
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// The built-in receiver of a sandbox: takes what is sent to it, checks the signature if it was
/// told the secret, and shows it. It keeps the newest messages only.
package struct InboxStore: Sendable {
    /// A request to the inbox.
    package struct Incoming: Sendable {
        package let method: String
        package let path: String
        package let fields: HeaderFields
        /// At most ``WebhookLimits/inboxBodyBytes``.
        package let body: [UInt8]

        package init(method: String, path: String, fields: HeaderFields, body: [UInt8]) {
            self.method = method
            self.path = path
            self.fields = fields
            self.body = body
        }
    }

    package struct Message: Sendable {
        package let id: InboxMessageID
        package let receivedAt: WallInstant
        package let method: String
        package let path: String
        /// JSON, a member a field.
        package let headers: [UInt8]
        package let body: [UInt8]
        /// `unchecked` without a secret, else a ``WebhookSignature/Verdict``.
        package let verification: String
    }

    package struct Settings: Sendable {
        package var hasSecret: Bool
        /// What it answers.
        package var status: Int
    }

    private static let unchecked = "unchecked"
    private static let statusDefault = 200

    private let database: TenantDatabase
    private let control: AccessControl
    private let keys: MasterKeys
    private let clock: any WallClock
    private let random: any RandomSource

    package init(
        database: TenantDatabase, control: AccessControl, keys: MasterKeys, clock: any WallClock,
        random: any RandomSource
    ) {
        self.database = database
        self.control = control
        self.keys = keys
        self.clock = clock
        self.random = random
    }

    /// Stores a message of a platform's own delivery; answers the status the inbox was told to give.
    package func receive(
        _ incoming: Incoming, sandbox: SandboxID, tenant: TenantID
    ) async throws(WebhookError) -> Int {
        try await receive(incoming, sandbox: sandbox, as: control.access(workingFor: tenant))
    }

    /// The same for a message from outside.
    package func receive(
        _ incoming: Incoming, sandbox: SandboxID, as access: TenantAccess
    ) async throws(WebhookError) -> Int {
        let now = clock.now()
        let id = InboxMessageID(now: now, random: random)
        return try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.readSettings, .id(access.tenant), .id(sandbox)))
                let verification = try verify(incoming, rows.first, sandbox, now)
                transaction.enqueue(
                    Call(
                        Self.insert, .id(access.tenant), .id(sandbox), .id(id), .instant(now),
                        .text(incoming.method), .text(incoming.path),
                        .utf8(JSONWriter.bytes(incoming.fields.withoutCredentials)),
                        .bytes(incoming.body), .text(verification)))
                transaction.enqueue(
                    Call(
                        Self.trim, .id(access.tenant), .id(sandbox),
                        .int(Int64(WebhookLimits.inboxMessages))))
                return rows.first.map { Int($0.int(1)) } ?? Self.statusDefault
            }
        }
    }

    /// Newest first; `cursor` is the `next` of the page before.
    package func messages(
        rows: Int, cursor: String?, as access: SandboxAccess
    ) async throws(WebhookError) -> (messages: [Message], next: InboxMessageID?) {
        let before = try cursor.map { text throws(WebhookError) in
            guard let id = InboxMessageID(text) else { throw .cursor }
            return id
        }
        return try await webhookStoring {
            let found = try await database.read(
                as: access,
                [
                    Call(
                        Self.list, .id(access.tenant), .id(access.sandbox), .id(orNull: before),
                        .int(Int64(rows + 1)))
                ])[0]
            let messages = found.prefix(rows).map(Self.message)
            return (messages, found.count > rows ? messages.last?.id : nil)
        }
    }

    package func clear(as access: SandboxAccess) async throws(WebhookError) -> Int {
        try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                try await transaction.run(
                    Call(Self.clear, .id(access.tenant), .id(access.sandbox))
                ).affected
            }
        }
    }

    /// Nil leaves the secret as it is; an inner nil forgets it.
    package func configure(
        secret: WebhookSecret??, status: Int?, as access: SandboxAccess
    ) async throws(WebhookError) -> Settings {
        try await webhookStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(Self.readSettings, .id(access.tenant), .id(access.sandbox)))
                var sealed = rows.first?.bytesOrNil(0)
                if let secret {
                    sealed = secret.map {
                        keys.seal(Array($0.revealed.utf8), for: Self.purpose(access.sandbox))
                    }
                }
                let answer = status ?? rows.first.map { Int($0.int(1)) } ?? Self.statusDefault
                transaction.enqueue(
                    Call(
                        Self.writeSettings, .id(access.tenant), .id(access.sandbox),
                        sealed.map { .bytes($0) } ?? .null, .int(Int64(answer))))
                return Settings(hasSecret: sealed != nil, status: answer)
            }
        }
    }

    private func verify(
        _ incoming: Incoming, _ settings: Row?, _ sandbox: SandboxID, _ now: WallInstant
    ) throws(WebhookError) -> String {
        guard let sealed = settings?.bytesOrNil(0) else { return Self.unchecked }
        guard let opened = try? keys.open(sealed, for: Self.purpose(sandbox)),
            let secret = WebhookSecret(String(decoding: opened, as: UTF8.self))
        else {
            // A key that is gone makes nothing invalid: it cannot be checked.
            return Self.unchecked
        }
        return WebhookSignature.verify(
            incoming.fields, body: incoming.body, secret: secret, now: now.seconds
        ).rawValue
    }

    private static func purpose(_ sandbox: SandboxID) -> String { "inbox_secret:\(sandbox)" }

    private static func message(_ row: Row) -> Message {
        Message(
            id: row.id(0), receivedAt: WallInstant(microseconds: row.microseconds(1)),
            method: row.text(2), path: row.text(3), headers: row.utf8(4), body: row.bytes(5),
            verification: row.text(6))
    }
}

extension InboxStore {
    private static let readSettings = Statement(
        "inbox_settings_read",
        """
        SELECT sealed_secret, status
        FROM sbx.inbox_settings
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)

    private static let writeSettings = Statement(
        "inbox_settings_write",
        """
        INSERT INTO sbx.inbox_settings (tenant_id, sandbox_id, sealed_secret, status)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, sandbox_id) DO UPDATE
        SET sealed_secret = EXCLUDED.sealed_secret, status = EXCLUDED.status
        """)

    private static let insert = Statement(
        "inbox_insert",
        """
        INSERT INTO sbx.inbox_messages (
            tenant_id, sandbox_id, id, received_at, method, path, headers, body, verification)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    /// By the key's own index: the offset skips what stays.
    private static let trim = Statement(
        "inbox_trim",
        """
        DELETE FROM sbx.inbox_messages
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id <= (
            SELECT id
            FROM sbx.inbox_messages
            WHERE tenant_id = $1 AND sandbox_id = $2
            ORDER BY id DESC
            OFFSET $3
            LIMIT 1)
        """)

    private static let list = Statement(
        "inbox_list",
        """
        SELECT id, received_at, method, path, headers, body, verification
        FROM sbx.inbox_messages
        WHERE tenant_id = $1 AND sandbox_id = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4
        """)

    private static let clear = Statement(
        "inbox_clear", "DELETE FROM sbx.inbox_messages WHERE tenant_id = $1 AND sandbox_id = $2")
}

extension HeaderFields {
    /// What may be kept: a credential that somebody sent along may not.
    fileprivate var withoutCredentials: JSONValue {
        var kept = self
        for name in ["authorization", "cookie", "proxy-authorization"] { kept.remove(name) }
        return kept.document
    }
}
