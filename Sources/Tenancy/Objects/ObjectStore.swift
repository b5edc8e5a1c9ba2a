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
        guard let (kind, bits) = Self.read(text) else { return nil }
        return try await storing {
            let id = ID<AnyKind>(high: bits.high, low: bits.low)
            var values: [PostgresValue] = [.id(access.tenant), .id(id)]
            if kind == .request { values += Self.moment(of: id) }
            let rows = try await database.read(
                as: access, [Call(Self.statement(kind), values: values)])[0]
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

    private static func read(_ text: String) -> (Kind, (high: UInt64, low: UInt64))? {
        let bytes = Array(text.utf8)
        guard let end = bytes.firstIndex(of: UInt8(ascii: "_")),
            bytes.count == end + 1 + ULID.characters,
            let kind = kinds[String(decoding: bytes[..<end], as: UTF8.self)],
            let bits = ULID.decode(bytes[(end + 1)...])
        else { return nil }
        return (kind, bits)
    }

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
    private static func statement(_ kind: Kind) -> Statement {
        switch kind {
        case .tenant: tenant
        case .user: user
        case .invitation: invitation
        case .key: key
        case .client: client
        case .sandbox: sandbox
        case .contract: contract
        case .checkpoint: checkpoint
        case .request: request
        case .delivery: delivery
        case .journey: journey
        case .run: run
        case .endpoint: endpoint
        case .inboxMessage: inboxMessage
        case .auditEntry: auditEntry
        }
    }

    private static let tenant = Statement(
        "object_tenant",
        "SELECT NULL::uuid FROM sbx.tenants WHERE tenant_id = $1 AND tenant_id = $2")

    private static let user = Statement(
        "object_user", "SELECT NULL::uuid FROM sbx.users WHERE tenant_id = $1 AND id = $2")

    private static let invitation = Statement(
        "object_invitation",
        "SELECT NULL::uuid FROM sbx.invitations WHERE tenant_id = $1 AND id = $2")

    private static let key = Statement(
        "object_key", "SELECT sandbox_id FROM sbx.api_keys WHERE tenant_id = $1 AND id = $2")

    private static let client = Statement(
        "object_client", "SELECT sandbox_id FROM sbx.oauth_clients WHERE tenant_id = $1 AND id = $2")

    private static let sandbox = Statement(
        "object_sandbox", "SELECT id FROM sbx.sandboxes WHERE tenant_id = $1 AND id = $2")

    private static let contract = Statement(
        "object_contract", "SELECT NULL::uuid FROM sbx.contracts WHERE tenant_id = $1 AND id = $2")

    private static let checkpoint = Statement(
        "object_checkpoint",
        "SELECT sandbox_id FROM sbx.checkpoints WHERE tenant_id = $1 AND id = $2")

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

    private static let delivery = Statement(
        "object_delivery",
        """
        SELECT d.sandbox_id
        FROM sbx.sandboxes s
        JOIN sbx.deliveries d ON d.tenant_id = s.tenant_id AND d.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND d.id = $2
        """)

    private static let journey = Statement(
        "object_journey", "SELECT sandbox_id FROM sbx.journeys WHERE tenant_id = $1 AND id = $2")

    private static let run = Statement(
        "object_run", "SELECT sandbox_id FROM sbx.journey_runs WHERE tenant_id = $1 AND id = $2")

    private static let endpoint = Statement(
        "object_endpoint",
        """
        SELECT e.sandbox_id
        FROM sbx.sandboxes s
        JOIN sbx.webhook_endpoints e ON e.tenant_id = s.tenant_id AND e.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND e.id = $2
        """)

    private static let inboxMessage = Statement(
        "object_inbox_message",
        """
        SELECT m.sandbox_id
        FROM sbx.sandboxes s
        JOIN sbx.inbox_messages m ON m.tenant_id = s.tenant_id AND m.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND m.id = $2
        """)

    private static let auditEntry = Statement(
        "object_audit_entry", "SELECT NULL::uuid FROM sbx.audit_log WHERE tenant_id = $1 AND id = $2")
}
