package import Access
package import Contracts
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// A plan that is kept to be run.
package struct StoredJourney: Sendable {
    package let id: JourneyID
    /// The words that were planned.
    package let text: String?
    package let planHash: String
    /// The plan as it was answered.
    package let plan: JSONValue
    package let createdAt: WallInstant
}

/// The journeys of a sandbox. They stay on reset and restore, and go with the sandbox.
package struct JourneyStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock
    private let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// Keeps a plan; the same plan again answers the journey that is there. The sandbox keeps its
    /// newest ``Limits/journeysKept``.
    package func keep(
        _ plan: JSONValue, text: String?, hash: String, as access: SandboxAccess
    ) async throws(JourneyError) -> StoredJourney {
        let now = clock.now()
        let id = JourneyID(now: now, random: random)
        return try await journeyStoring {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run(
                    Call(
                        Self.insert, .id(access.tenant), .id(id), .id(access.sandbox),
                        .text(orNull: text), .text(hash), .utf8(JSONWriter.bytes(plan)),
                        .instant(now)))
                guard let row = rows.first else {
                    throw JourneyError.tenancy(.sandboxNotFound)
                }
                transaction.enqueue(
                    Call(
                        Self.trim, .id(access.tenant), .id(access.sandbox),
                        .int(Int64(Limits.journeysKept))))
                return Self.journey(row)
            }
        }
    }

    package func journey(
        _ id: JourneyID, as access: SandboxAccess
    ) async throws(JourneyError) -> StoredJourney {
        try await one(
            Call(Self.read, .id(access.tenant), .id(access.sandbox), .id(id)), id.description, access)
    }

    /// By the hash of its plan.
    package func journey(
        planHash: String, as access: SandboxAccess
    ) async throws(JourneyError) -> StoredJourney {
        try await one(
            Call(Self.find, .id(access.tenant), .id(access.sandbox), .text(planHash)),
            "pln_\(planHash)", access)
    }

    /// Newest first; `before` is the last of the page before.
    package func journeys(
        rows: Int, before: JourneyID?, as access: SandboxAccess
    ) async throws(JourneyError) -> (journeys: [StoredJourney], next: JourneyID?) {
        let last = before ?? JourneyID(high: .max, low: .max)
        return try await journeyStoring {
            let found = try await database.read(
                as: access,
                [
                    Call(
                        Self.list, .id(access.tenant), .id(access.sandbox), .id(last),
                        .int(Int64(rows + 1)))
                ])[0]
            let page = found.prefix(rows).map(Self.journey)
            return (page, found.count > rows ? page.last?.id : nil)
        }
    }

    /// Its runs stay.
    package func delete(_ id: JourneyID, as access: SandboxAccess) async throws(JourneyError) {
        try await journeyStoring {
            let deleted = try await database.transaction(as: access) { transaction in
                try await transaction.run(
                    Call(Self.delete, .id(access.tenant), .id(access.sandbox), .id(id)))
            }
            guard deleted.count == 1 else {
                throw JourneyError.notFound(kind: "journey", id: id.description)
            }
        }
    }

    private func one(
        _ call: Call, _ name: String, _ access: SandboxAccess
    ) async throws(JourneyError) -> StoredJourney {
        try await journeyStoring {
            let rows = try await database.read(as: access, [call])[0]
            guard let row = rows.first else {
                throw JourneyError.notFound(kind: "journey", id: name)
            }
            return Self.journey(row)
        }
    }

    private static func journey(_ row: Row) -> StoredJourney {
        StoredJourney(
            id: row.id(0), text: row.textIfPresent(1), planHash: row.text(2),
            plan: storedDocument(row.utf8(3)),
            createdAt: WallInstant(microseconds: row.microseconds(4)))
    }

    private static let columns = "id, text, plan_hash, plan, created_at"

    private static let insert = Statement(
        "journey_insert",
        """
        INSERT INTO sbx.journeys (tenant_id, id, sandbox_id, text, plan_hash, plan, created_at)
        SELECT $1, $2, s.id, $4, $5, $6, $7
        FROM sbx.sandboxes s
        WHERE s.tenant_id = $1 AND s.id = $3
        ON CONFLICT (tenant_id, sandbox_id, plan_hash) DO UPDATE
        SET plan_hash = EXCLUDED.plan_hash
        RETURNING \(columns)
        """)

    private static let trim = Statement(
        "journey_trim",
        """
        DELETE FROM sbx.journeys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id <= (
            SELECT id
            FROM sbx.journeys
            WHERE tenant_id = $1 AND sandbox_id = $2
            ORDER BY id DESC
            OFFSET $3
            LIMIT 1)
        """)

    private static let read = Statement(
        "journey_read",
        """
        SELECT \(columns)
        FROM sbx.journeys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        """)

    private static let find = Statement(
        "journey_find",
        """
        SELECT \(columns)
        FROM sbx.journeys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND plan_hash = $3
        """)

    private static let list = Statement(
        "journey_list",
        """
        SELECT \(columns)
        FROM sbx.journeys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id < $3
        ORDER BY id DESC
        LIMIT $4
        """)

    private static let delete = Statement(
        "journey_delete",
        """
        DELETE FROM sbx.journeys
        WHERE tenant_id = $1 AND sandbox_id = $2 AND id = $3
        RETURNING id
        """)
}

/// What a `json` column of our own holds.
func storedDocument(_ bytes: [UInt8]) -> JSONValue {
    do {
        return try JSONParser.parse(bytes)
    } catch {
        preconditionFailure("stored documents are JSON")
    }
}
