package import Access
package import Identifiers
import Postgres

/// Finds a platform object by its id alone: what it is, and which sandbox has it. What a sandbox
/// simulates is not looked for, because its ids are the contracts'.
package struct ObjectStore: Sendable {
    /// What an id's prefix says.
    package enum Kind: String, Sendable, CaseIterable {
        case tenant, user, invitation, key, client, sandbox, contract, checkpoint, request, delivery
        case journey, run
        case endpoint = "webhook_endpoint"
        case inboxMessage = "inbox_message"
        case auditEntry = "audit_entry"
    }

    package struct Found: Sendable {
        package let kind: Kind
        /// Nil for what is the tenant's.
        package let sandbox: SandboxID?
    }

    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// Nil for what is no id of a kind, and for what the tenant has not or no longer.
    package func object(
        _ text: String, as access: TenantAccess
    ) async throws(TenancyError) -> Found? {
        guard let (kind, statement, bits) = Self.read(text) else { return nil }
        return try await storing {
            let id = ID<AnyKind>(high: bits.high, low: bits.low)
            var values: [PostgresValue] = [.id(access.tenant), .id(id)]
            if kind == .request { values += Self.moment(of: id) }
            let rows = try await database.read(
                as: access, [Call(statement, values: values)])[0]
            return rows.first.map { Found(kind: kind, sandbox: $0.isNull(0) ? nil : $0.id(0)) }
        }
    }

    /// The bits are the same for all kinds; only the text names one.
    private enum AnyKind: IDKind { static let prefix = "any" }

    /// A call's id holds the milliseconds of `started_at`, which picks the partition.
    private static func moment(of id: ID<AnyKind>) -> [PostgresValue] {
        let milliseconds = Int64(id.high >> 16)
        return [
            .timestamp(microsecondsSince1970: milliseconds * 1_000),
            .timestamp(microsecondsSince1970: (milliseconds + 1) * 1_000),
        ]
    }

    private static func read(_ text: String) -> (Kind, Statement, (high: UInt64, low: UInt64))? {
        let bytes = Array(text.utf8)
        guard let end = bytes.firstIndex(of: UInt8(ascii: "_")),
            bytes.count == end + 1 + ULID.characters,
            let known = known[String(decoding: bytes[..<end], as: UTF8.self)],
            let bits = ULID.decode(bytes[(end + 1)...])
        else { return nil }
        return (known.kind, known.statement, bits)
    }

    /// By prefix.
    private static let known = kinds.mapValues { (kind: $0, statement: statement($0)) }

    private static let kinds: [String: Kind] = [
        TenantKind.prefix: .tenant, UserKind.prefix: .user, InvitationKind.prefix: .invitation,
        KeyKind.prefix: .key, ClientKind.prefix: .client, SandboxKind.prefix: .sandbox,
        ContractKind.prefix: .contract, CheckpointKind.prefix: .checkpoint,
        RequestKind.prefix: .request, DeliveryKind.prefix: .delivery,
        JourneyKind.prefix: .journey, JourneyRunKind.prefix: .run, EndpointKind.prefix: .endpoint,
        InboxMessageKind.prefix: .inboxMessage, AuditKind.prefix: .auditEntry,
    ]
}

// MARK: Statements

extension ObjectStore {
    /// Each begins with what an index begins with.
    private static func statement(_ kind: Kind) -> Statement {
        switch kind {
        case .tenant: tenant
        case .request: request
        case .user: find(kind, in: "users")
        case .invitation: find(kind, in: "invitations")
        case .contract: find(kind, in: "contracts")
        case .auditEntry: find(kind, in: "audit_log")
        case .sandbox: find(kind, in: "sandboxes", sandbox: "id")
        case .key: find(kind, in: "api_keys", sandbox: "sandbox_id")
        case .client: find(kind, in: "oauth_clients", sandbox: "sandbox_id")
        case .checkpoint: find(kind, in: "checkpoints", sandbox: "sandbox_id")
        case .journey: find(kind, in: "journeys", sandbox: "sandbox_id")
        case .run: find(kind, in: "journey_runs", sandbox: "sandbox_id")
        case .delivery: find(kind, bySandboxIn: "deliveries")
        case .endpoint: find(kind, bySandboxIn: "webhook_endpoints")
        case .inboxMessage: find(kind, bySandboxIn: "inbox_messages")
        }
    }

    private static func find(
        _ kind: Kind, in table: StaticString, sandbox: StaticString = "NULL::uuid"
    ) -> Statement {
        Statement(
            "object_\(kind.rawValue)",
            "SELECT \(sandbox) FROM sbx.\(table) WHERE tenant_id = $1 AND id = $2")
    }

    /// Of a table whose indexes begin with the sandbox.
    private static func find(_ kind: Kind, bySandboxIn table: StaticString) -> Statement {
        Statement(
            "object_\(kind.rawValue)",
            """
            SELECT o.sandbox_id
            FROM sbx.sandboxes s
            JOIN sbx.\(table) o ON o.tenant_id = s.tenant_id AND o.sandbox_id = s.id
            WHERE s.tenant_id = $1 AND o.id = $2
            """)
    }

    private static let tenant = Statement(
        "object_tenant",
        "SELECT NULL::uuid FROM sbx.tenants WHERE tenant_id = $1 AND tenant_id = $2")

    /// By way of the sandboxes, because the log's index begins with them.
    private static let request = Statement(
        "object_request",
        """
        SELECT sandbox_id
        FROM (
            SELECT sandbox_id, id, started_at
            FROM sbx.request_log
            WHERE tenant_id = $1 AND sandbox_id IS NULL
            UNION ALL
            SELECT l.sandbox_id, l.id, l.started_at
            FROM sbx.sandboxes s
            JOIN sbx.request_log l ON l.tenant_id = s.tenant_id AND l.sandbox_id = s.id
            WHERE s.tenant_id = $1
        ) AS of_tenant
        WHERE id = $2 AND started_at >= $3 AND started_at < $4
        """)
}
