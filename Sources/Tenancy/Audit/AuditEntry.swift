package import Access
package import Contracts
import Identifiers
package import Postgres
package import Runtime

/// One line of the audit log, written in the transaction of the change it speaks of.
package struct AuditEntry: Sendable {
    package let action: String
    package let subject: String
    package let details: JSONValue

    /// `action` as in `sandbox.create`; `subject` is an id in text. `details` hold no secrets.
    package init(_ action: String, subject: String, details: JSONValue = [:]) {
        self.action = action
        self.subject = subject
        self.details = details
    }

    /// `actor` names who acted where there is no principal.
    package func call(
        as access: TenantAccess, by actor: String = "nobody", at now: WallInstant,
        random: some RandomSource
    ) -> Call {
        let id = ID<AuditKind>(now: now, random: random)
        let actorID: PostgresValue =
            access.principal.map { .uuid(high: $0.bits.high, low: $0.bits.low) } ?? .null
        return Call(
            Self.insert, .id(access.tenant), .id(id), .instant(now),
            .text(access.principal?.kindName ?? actor), actorID, .text(action), .text(subject),
            .utf8(JSONWriter.bytes(details)))
    }

    private static let insert = Statement(
        "audit_insert",
        """
        INSERT INTO sbx.audit_log (
            tenant_id, id, created_at, actor_kind, actor_id, action, subject, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
}

/// Audit lines never leave under this prefix alone; it shows in logs.
enum AuditKind: IDKind { static let prefix = "aud" }
