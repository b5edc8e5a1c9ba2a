package import Contracts
package import Identifiers
package import Postgres
package import Runtime

/// An entry of the audit log as it is read.
package struct AuditLine: Sendable {
    package let tenant: TenantID
    package let id: AuditID
    package let at: WallInstant
    package let actor: AuditActor
    package let action: String
    package let subject: String
    package let request: RequestID?
    package let details: JSONValue
    /// Its place in the tenant's chain, from 1, and its hash; nil for entries older than the chain.
    package let link: (sequence: Int64, sha256: [UInt8])?

    package init(_ row: Row) {
        tenant = row.id(0)
        id = row.id(1)
        at = WallInstant(microseconds: row.microseconds(2))
        actor = AuditActor(kind: row.text(3), id: row.isNull(4) ? nil : row.uuid(4))
        action = row.text(5)
        subject = row.text(6)
        request = row.idIfPresent(7)
        do {
            details = try JSONParser.parse(row.utf8(8))
        } catch {
            preconditionFailure("stored details are JSON")
        }
        link = row.isNull(9) ? nil : (row.int(9), row.bytes(10))
    }

    /// What was hashed; in rows of ``AuditStatements/chain``.
    package static func record(_ row: Row) -> [UInt8] { row.utf8(11) }
}

/// Which entries are meant; what is nil does not matter.
package struct AuditFilter: Sendable {
    package var action: String?
    /// The 128 bits of the acting user, key or client.
    package var actor: (high: UInt64, low: UInt64)?
    package var subject: String?
    package var from: WallInstant?
    package var until: WallInstant?
    /// The last entry of the page before.
    package var before: AuditID?
    package var rows = 20

    package init() {}

    /// `$2` to `$8` of ``AuditStatements/page(tenant:)``; one row more than asked for.
    var values: [PostgresValue] {
        [
            .id(before ?? AuditID(high: .max, low: .max)), .text(orNull: action),
            actor.map { .uuid(high: $0.high, low: $0.low) } ?? .null, .text(orNull: subject),
            .instant(orNull: from), .instant(orNull: until), .int(Int64(rows + 1)),
        ]
    }
}
