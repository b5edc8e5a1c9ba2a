package import Access
package import Contracts
import Identifiers
import Postgres
package import Runtime

/// Settings of a sandbox: one JSON document a name, e.g. `chaos`. They stay when the world goes
/// back to an earlier state, and go with the sandbox.
package struct SettingsStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock
    private let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// The document as it was written, UTF-8; nil when that name was never written.
    package func read(
        _ name: String, as access: SandboxAccess
    ) async throws(TenancyError) -> [UInt8]? {
        try await storing {
            let rows = try await database.read(
                as: access, [Call(Self.read, .id(access.tenant), .id(access.sandbox), .text(name))])
            return rows[0].first?.utf8(0)
        }
    }

    /// Every document of the sandbox by its name. One round trip.
    package func all(as access: SandboxAccess) async throws(TenancyError) -> [String: [UInt8]] {
        try await storing {
            let rows = try await database.read(
                as: access, [Call(Self.readAll, .id(access.tenant), .id(access.sandbox))])
            return (0..<rows[0].count).reduce(into: [:]) { documents, index in
                documents[rows[0][index].text(0)] = rows[0][index].utf8(1)
            }
        }
    }

    /// Writes `document`, UTF-8 JSON of at most ``Limits/settingBytes``; nil takes the setting
    /// away. Gateways are told to forget the sandbox.
    package func write(
        _ name: String, _ document: [UInt8]?, as access: SandboxAccess
    ) async throws(TenancyError) {
        if let document, document.count > Limits.settingBytes {
            throw .invalid(member: name, rule: "at most \(Limits.settingBytes) bytes")
        }
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                // The lock keeps the sandbox from being deleted beneath the new row.
                let found = try await transaction.run(
                    Call(Self.lock, .id(access.tenant), .id(access.sandbox)))
                guard found.count == 1 else { throw TenancyError.sandboxNotFound }
                let old = try await transaction.run(
                    Call(Self.read, .id(access.tenant), .id(access.sandbox), .text(name)))
                transaction.enqueue(Self.call(name, document, access, at: now))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(
                    before: Self.json(old.first?.utf8(0)), after: Self.json(document))
            }
        }
    }

    /// Writes `document`, of at most `bytesMax` bytes, where the setting is still `old`; false, and
    /// nothing written, where somebody else was faster. `told` is what the audit log says of it.
    package func replace(
        _ name: String, _ old: [UInt8]?, with document: [UInt8]?, bytesMax: Int,
        told: (before: JSONValue, after: JSONValue), as access: SandboxAccess
    ) async throws(TenancyError) -> Bool {
        if let document, document.count > bytesMax {
            throw .invalid(member: name, rule: "at most \(bytesMax) bytes")
        }
        let now = clock.now()
        return try await storing {
            try await database.transaction(as: access) { transaction in
                // Writers of one sandbox's settings wait for each other here.
                let found = try await transaction.run(
                    Call(Self.lockAgainstWriters, .id(access.tenant), .id(access.sandbox)))
                guard found.count == 1 else { throw TenancyError.sandboxNotFound }
                let stored = try await transaction.run(
                    Call(Self.read, .id(access.tenant), .id(access.sandbox), .text(name)))
                guard stored.first?.utf8(0) == old else { return false }
                transaction.enqueue(Self.call(name, document, access, at: now))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(before: told.before, after: told.after)
                return true
            }
        }
    }

    private static func json(_ document: [UInt8]?) -> JSONValue {
        guard let document, let value = try? JSONParser.parse(document) else { return .null }
        return value
    }

    private static func call(
        _ name: String, _ document: [UInt8]?, _ access: SandboxAccess, at now: WallInstant
    ) -> Call {
        guard let document else {
            return Call(delete, .id(access.tenant), .id(access.sandbox), .text(name))
        }
        return Call(
            upsert, .id(access.tenant), .id(access.sandbox), .text(name), .utf8(document),
            .instant(now))
    }

    private static let lock = Statement(
        "settings_lock",
        """
        SELECT 1
        FROM sbx.sandboxes
        WHERE tenant_id = $1 AND id = $2
        FOR KEY SHARE
        """)

    private static let lockAgainstWriters = Statement(
        "settings_lock_writers",
        """
        SELECT 1
        FROM sbx.sandboxes
        WHERE tenant_id = $1 AND id = $2
        FOR NO KEY UPDATE
        """)

    private static let read = Statement(
        "settings_read",
        """
        SELECT document
        FROM sbx.sandbox_settings
        WHERE tenant_id = $1 AND sandbox_id = $2 AND name = $3
        """)

    private static let readAll = Statement(
        "settings_read_all",
        """
        SELECT name, document
        FROM sbx.sandbox_settings
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)

    private static let upsert = Statement(
        "settings_upsert",
        """
        INSERT INTO sbx.sandbox_settings (tenant_id, sandbox_id, name, document, updated_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, sandbox_id, name) DO UPDATE
        SET document = EXCLUDED.document, updated_at = EXCLUDED.updated_at
        """)

    private static let delete = Statement(
        "settings_delete",
        "DELETE FROM sbx.sandbox_settings WHERE tenant_id = $1 AND sandbox_id = $2 AND name = $3")
}
