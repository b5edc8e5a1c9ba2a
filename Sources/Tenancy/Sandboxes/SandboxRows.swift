import Access
import Identifiers
import Postgres
import Runtime

/// Statements over sandboxes, and how their rows are read.
enum SandboxRows {
    /// Name, label and mounts come along as text, so that one row is one sandbox.
    private static let columns = """
        s.id, s.slug, s.name, s.state, s.isolation, s.labels, s.expires_at, s.created_at, h.seed,
            h.revision, h.tick, h.clock_mode, h.clock_offset_us, h.clock_frozen_at, h.clock_epoch,
            coalesce((
                SELECT string_agg(
                    m.contract || ' ' || m.version || ' ' || m.fidelity || ' '
                        || coalesce(encode(uuid_send(m.contract_id), 'hex'), ''),
                    chr(10) ORDER BY m.contract)
                FROM sbx.mounts m
                WHERE m.tenant_id = $1 AND m.sandbox_id = s.id), '')
        """

    static let read = Statement(
        "sandbox_read",
        """
        SELECT \(columns)
        FROM sbx.sandboxes s
        JOIN sbx.sandbox_heads h ON h.tenant_id = s.tenant_id AND h.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND s.id = $2
        """)

    static let list = Statement(
        "sandbox_list",
        """
        SELECT \(columns)
        FROM sbx.sandboxes s
        JOIN sbx.sandbox_heads h ON h.tenant_id = s.tenant_id AND h.sandbox_id = s.id
        WHERE s.tenant_id = $1 AND s.id < $2
            AND ($3::text IS NULL OR s.labels ->> $3::text = $4::text)
        ORDER BY s.id DESC
        LIMIT $5
        """)

    static func sandbox(_ row: Row) -> Sandbox {
        guard let state = SandboxLocation.State(rawValue: row.text(3)),
            let isolation = Isolation(rawValue: row.text(4))
        else { preconditionFailure("the schema checks state and isolation") }
        return Sandbox(
            id: row.id(0), slug: row.text(1), name: row.textIfPresent(2), state: state,
            isolation: isolation, labels: Labels(stored: row.utf8(5)), seed: row.int(8),
            clock: WorldHead.clock(row, from: 11),
            stamp: WorldStamp(revision: row.int(9), tick: row.int(10)),
            mounts: mounts(row.text(15)), expiresAt: row.instant(6),
            createdAt: WallInstant(microseconds: row.microseconds(7)))
    }

    /// Lines of contract, version, fidelity and the imported contract's bits or nothing; none of
    /// them can hold a space.
    private static func mounts(_ text: String) -> [Mount] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
                .map(String.init)
            guard parts.count == 4, let fidelity = Mount.Fidelity(rawValue: parts[2]) else {
                preconditionFailure("the schema checks mounts")
            }
            return Mount(
                contract: parts[0], version: parts[1], fidelity: fidelity,
                imported: contractID(hexadecimal: parts[3]))
        }
    }

    private static func contractID(hexadecimal digits: String) -> ContractID? {
        guard let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.dropFirst(16), radix: 16)
        else { return nil }
        return ContractID(high: high, low: low)
    }

    static let takeQuota = Statement(
        "sandbox_take_quota",
        """
        UPDATE sbx.tenants
        SET sandbox_count = sandbox_count + 1
        WHERE tenant_id = $1 AND sandbox_count < coalesce(sandboxes_max, $2)
        RETURNING sandbox_count
        """)

    static let readQuota = Statement(
        "sandbox_read_quota",
        "SELECT coalesce(sandboxes_max, $2) FROM sbx.tenants WHERE tenant_id = $1")

    static let insertDirectory = Statement(
        "sandbox_insert_directory",
        """
        INSERT INTO sbx.directory_slugs (slug, tenant_id, sandbox_id, state, expires_at)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let insert = Statement(
        "sandbox_insert",
        """
        INSERT INTO sbx.sandboxes (
            tenant_id, id, slug, name, state, isolation, labels, seed, expires_at, created_at,
            updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
        """)

    static let insertHead = Statement(
        "sandbox_insert_head",
        """
        INSERT INTO sbx.sandbox_heads (
            tenant_id, sandbox_id, layer_id, ancestor_ids, ancestor_revisions, golden_name,
            golden_version, revision, layer_revision, tick, seed, time_zero, clock_mode,
            clock_offset_us, clock_frozen_at, clock_mode_at_zero, clock_epoch, owns_timers,
            wake_at)
        VALUES ($1, $2, $3, $4, $5::text[]::bigint[], $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
            $16, 0, cardinality($4::uuid[]) = 0, $17)
        """)

    static let copySettings = Statement(
        "sandbox_copy_settings",
        """
        INSERT INTO sbx.sandbox_settings (tenant_id, sandbox_id, name, document, updated_at)
        SELECT s.tenant_id, $3, s.name, s.document, $4
        FROM sbx.sandbox_settings s
        WHERE s.tenant_id = $1 AND s.sandbox_id = $2
        """)

    static let insertMount = Statement(
        "sandbox_insert_mount",
        """
        INSERT INTO sbx.mounts (
            tenant_id, sandbox_id, contract, version, fidelity, created_at, contract_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let insertClient = Statement(
        "sandbox_insert_client",
        """
        INSERT INTO sbx.oauth_clients (
            tenant_id, id, sandbox_id, secret_sha256, secret_prefix, scopes, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let insertClientDirectory = Statement(
        "sandbox_insert_client_directory",
        """
        INSERT INTO sbx.directory_clients (client_id, tenant_id, sandbox_id, secret_sha256, scopes)
        VALUES ($1, $2, $3, $4, $5)
        """)

    /// The first changes the sandbox, the second its directory entry.
    static func patch(_ patch: SandboxStore.Patch, _ access: SandboxAccess, at now: WallInstant) -> [Call] {
        let ttl = patch.ttlSeconds ?? nil
        let expiresAt = PostgresValue.instant(orNull: ttl.map { now + .seconds($0) })
        return [
            Call(
                patchStatement, .id(access.tenant), .id(access.sandbox), .bool(patch.name != nil),
                .text(orNull: patch.name ?? nil), patch.labels.map { .utf8($0.utf8) } ?? .null,
                .bool(patch.ttlSeconds != nil), expiresAt, .instant(now)),
            Call(
                patchDirectory, .id(access.tenant), .id(access.sandbox),
                .bool(patch.ttlSeconds != nil), expiresAt),
        ]
    }

    private static let patchStatement = Statement(
        "sandbox_patch",
        """
        UPDATE sbx.sandboxes
        SET name = CASE WHEN $3 THEN $4 ELSE name END,
            labels = coalesce($5, labels),
            expires_at = CASE WHEN $6 THEN $7 ELSE expires_at END,
            updated_at = $8
        WHERE tenant_id = $1 AND id = $2
        """)

    private static let patchDirectory = Statement(
        "sandbox_patch_directory",
        """
        UPDATE sbx.directory_slugs
        SET expires_at = CASE WHEN $3 THEN $4 ELSE expires_at END
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)
}
