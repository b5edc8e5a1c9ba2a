package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime

/// OAuth clients by their id, those that asked before from memory.
package struct ClientStore: Sendable {
    let database: TenantDatabase
    private let directory: EdgeDirectory
    private let control: AccessControl
    private let clock: any WallClock
    private let cache = ClientCache()

    package init(
        database: TenantDatabase, directory: EdgeDirectory, control: AccessControl,
        clock: any WallClock
    ) {
        self.database = database
        self.directory = directory
        self.control = control
        self.clock = clock
    }

    /// The client, or nil when nobody has this id or its sandbox has ended.
    package func client(_ id: ClientID) async throws(OAuthError) -> OAuthClient? {
        let now = MonotonicInstant.now()
        if let known = cache.client(id, at: now) { return isOpen(known.sandbox) ? known : nil }
        let generation = cache.generation
        guard let found = try await read(id) else { return nil }
        cache.keep(found, readAt: generation, now: now)
        return found
    }

    /// Reads clients of a sandbox anew: one of them, the sandbox or its clock has changed.
    func forget(_ sandbox: SandboxID) { cache.forget(sandbox) }

    func forgetAll() { cache.forgetAll() }

    private func read(_ id: ClientID) async throws(OAuthError) -> OAuthClient? {
        guard let entry = try await entry(id), isOpen(entry.sandbox) else { return nil }
        let access = control.access(authenticating: entry)
        let rows: Rows
        do throws(PostgresError) {
            rows = try await database.read(
                as: access, [Call(Self.read, .id(access.tenant), .id(id))])[0]
        } catch {
            throw .storage(error)
        }
        guard let row = rows.first else { return nil }
        return OAuthClient(
            id: id, sandbox: entry.sandbox, scopes: Scopes(text: row.text(2)),
            metadata: try ClientMetadata(Self.document(row.utf8(3))),
            secretSHA256: row.bytesOrNil(0), registrationSHA256: row.bytesOrNil(1),
            previous: row.bytesOrNil(8).flatMap { sha256 in row.instant(9).map { (sha256, $0) } },
            clock: row.virtualClock(4), access: access)
    }

    private func entry(_ id: ClientID) async throws(OAuthError) -> ClientEntry? {
        do throws(AccessError) {
            return try await directory.client(id)
        } catch {
            throw .identity(.access(error))
        }
    }

    private func isOpen(_ sandbox: SandboxLocation) -> Bool {
        if let end = sandbox.expiresAt, end <= clock.now() { return false }
        return sandbox.state == .ready
    }

    static func document(_ stored: [UInt8]) -> JSONValue {
        do {
            return try JSONParser.parse(stored)
        } catch {
            preconditionFailure("the schema holds JSON")
        }
    }

    private static let read = Statement(
        "client_read",
        """
        SELECT
            c.secret_sha256, c.registration_sha256, c.scopes, c.metadata,
            h.clock_mode, h.clock_offset_us, h.clock_frozen_at, h.clock_epoch,
            c.previous_sha256, c.previous_until
        FROM sbx.oauth_clients c
        JOIN sbx.sandbox_heads h ON h.tenant_id = c.tenant_id AND h.sandbox_id = c.sandbox_id
        WHERE c.tenant_id = $1 AND c.id = $2
        """)
}

extension Row {
    /// Columns mode, offset, frozen instant, epoch of a head row.
    func virtualClock(_ column: Int) -> VirtualClock {
        let mode: VirtualClock.Mode =
            text(column) == "frozen"
            ? .frozen(at: SandboxInstant(microseconds: microseconds(column + 2)))
            : .running(offsetMicroseconds: int(column + 1))
        return VirtualClock(mode: mode, epoch: int(column + 3))
    }
}
