package import Contracts
package import Identifiers
package import Postgres
package import Runtime

/// Who acted, as the audit log names it.
package struct AuditActor: Sendable {
    /// E.g. `management_key`, `operator` or `sweeper`.
    package let kind: String
    /// The 128 bits of the user, key or client; nil where there is none.
    package let id: (high: UInt64, low: UInt64)?

    package init(kind: String, id: (high: UInt64, low: UInt64)? = nil) {
        self.kind = kind
        self.id = id
    }

    package init(_ principal: Principal) {
        self.init(kind: principal.kindName, id: principal.bits)
    }

    /// A client that registers, changes or removes itself.
    package init(_ client: ClientID) {
        self.init(kind: "client", id: (client.high, client.low))
    }

    /// The holder of the installation's admin key.
    package static let `operator` = AuditActor(kind: "operator")
}

/// One line of the audit log, written in the transaction of the change it speaks of.
///
/// The entries of a tenant are a chain: each is numbered and carries the SHA-256 over the entry
/// before and itself. The chain's end is a row that the entry's statement moves on; so that it is
/// held no longer than the commit takes, the entry is the last statement of its transaction.
package struct AuditEntry: Sendable {
    /// E.g. `create_sandbox`: of the platform API the operation's id.
    package let action: String
    /// What was acted on: an id in text.
    package let subject: String
    /// Before and after where they are known. No secrets.
    package let details: JSONValue
    package var request: RequestID?

    package init(_ action: String, subject: String, details: JSONValue = [:]) {
        self.action = action
        self.subject = subject
        self.details = details
    }

    /// As `sbx_app`. Without an `actor` the one whose access it is; there has to be one then.
    package func call(
        as access: TenantAccess, by actor: AuditActor? = nil, at now: WallInstant,
        random: any RandomSource
    ) -> Call {
        guard let actor = actor ?? access.principal.map({ AuditActor($0) }) else {
            preconditionFailure("an entry of the audit log names who acted")
        }
        let id = AuditID(microseconds: UInt64(max(0, now.microseconds)), random: random.next)
        return call(in: access.tenant, id: id, by: actor, at: now)
    }

    func call(
        in tenant: TenantID, id: AuditID, by actor: AuditActor, at now: WallInstant
    ) -> Call {
        Call(Self.insert, values: values(in: tenant, id: id, by: actor, at: now))
    }

    /// The parameters of ``AuditStatements/insert``.
    func values(
        in tenant: TenantID, id: AuditID, by actor: AuditActor, at now: WallInstant
    ) -> [PostgresValue] {
        [
            .id(tenant), .id(id), .instant(now), .text(actor.kind),
            actor.id.map { .uuid(high: $0.high, low: $0.low) } ?? .null,
            .text(action), .text(subject), .id(orNull: request), .utf8(JSONWriter.bytes(details)),
        ]
    }

    private static let insert = Statement("audit_insert", AuditStatements.insert)
}
