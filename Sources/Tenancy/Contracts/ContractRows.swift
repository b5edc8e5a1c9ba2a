import Access
import Contracts
import Identifiers
import Postgres
import Runtime

/// Statements over imported contracts and their mounts.
enum ContractRows {
    private static let columns =
        "id, name, revision, version, kind, title, operations, warnings, created_at, overlay IS NOT NULL"

    static func contract(_ row: Row) -> ImportedContract {
        guard let warnings = try? JSONParser.parse(row.utf8(7)) else {
            preconditionFailure("the column's type lets only JSON in")
        }
        return ImportedContract(
            id: row.id(0), name: row.text(1), revision: Int(row.int(2)), version: row.text(3),
            kind: row.text(4), title: row.text(5), operations: Int(row.int(6)),
            warnings: warnings, isOverlaid: row.bool(9),
            createdAt: WallInstant(microseconds: row.microseconds(8)))
    }

    static let lockTenant = Statement(
        "contract_lock_tenant",
        "SELECT 1 FROM sbx.tenants WHERE tenant_id = $1 FOR NO KEY UPDATE")

    static let count = Statement(
        "contract_count", "SELECT count(*) FROM sbx.contracts WHERE tenant_id = $1")

    /// The newest revision of the name, if it is this very document with this very overlay.
    static let same = Statement(
        "contract_same",
        """
        SELECT \(columns)
        FROM (
            SELECT *
            FROM sbx.contracts
            WHERE tenant_id = $1 AND name = $2
            ORDER BY revision DESC
            LIMIT 1) newest
        WHERE version = $3 AND source_sha256 = $4 AND overlay IS NOT DISTINCT FROM $5
        """)

    static func insert(
        _ draft: ContractDraft, _ id: ContractID, _ access: TenantAccess, at now: WallInstant
    ) -> Call {
        Call(
            insertStatement, .id(access.tenant), .id(id), .text(draft.name), .text(draft.version),
            .text(draft.kind), .text(draft.title), .int(Int64(draft.operations)),
            .bytes(draft.source), .bytes(draft.sourceSHA256),
            .utf8(JSONWriter.bytes(draft.warnings)), .instant(now), .bytes(orNull: draft.overlay))
    }

    private static let insertStatement = Statement(
        "contract_insert",
        """
        INSERT INTO sbx.contracts (
            tenant_id, id, name, revision, version, kind, title, operations, source, source_sha256,
            warnings, created_at, overlay)
        SELECT $1, $2, $3, coalesce(max(c.revision), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12
        FROM sbx.contracts c
        WHERE c.tenant_id = $1 AND c.name = $3
        RETURNING \(columns)
        """)

    static let newest = Statement(
        "contract_newest",
        """
        SELECT revision, overlay
        FROM sbx.contracts
        WHERE tenant_id = $1 AND name = $2
        ORDER BY revision DESC
        LIMIT 1
        """)

    static let readByID = Statement(
        "contract_read", "SELECT \(columns) FROM sbx.contracts WHERE tenant_id = $1 AND id = $2")

    static let readByName = Statement(
        "contract_read_by_name",
        """
        SELECT \(columns)
        FROM sbx.contracts
        WHERE tenant_id = $1 AND name = $2
        ORDER BY revision DESC
        LIMIT 1
        """)

    static let source = Statement(
        "contract_source", "SELECT source, overlay FROM sbx.contracts WHERE tenant_id = $1 AND id = $2")

    static let list = Statement(
        "contract_list",
        """
        SELECT \(columns)
        FROM sbx.contracts
        WHERE tenant_id = $1 AND id < $2
        ORDER BY id DESC
        LIMIT $3
        """)

    static let lock = Statement(
        "contract_lock",
        "SELECT 1 FROM sbx.contracts WHERE tenant_id = $1 AND id = $2 FOR UPDATE")

    static let keep = Statement(
        "contract_keep",
        "SELECT 1 FROM sbx.contracts WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE")

    static let mountedOn = Statement(
        "contract_mounted_on",
        """
        SELECT s.slug
        FROM sbx.mounts m
        JOIN sbx.sandboxes s ON s.tenant_id = m.tenant_id AND s.id = m.sandbox_id
        WHERE m.tenant_id = $1 AND m.contract_id = $2
        ORDER BY s.slug
        """)

    static let delete = Statement(
        "contract_delete", "DELETE FROM sbx.contracts WHERE tenant_id = $1 AND id = $2")

    static let lockSandbox = Statement(
        "contract_lock_sandbox",
        "SELECT 1 FROM sbx.sandboxes WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE")

    static let otherMounts = Statement(
        "contract_other_mounts",
        """
        SELECT count(*)
        FROM sbx.mounts
        WHERE tenant_id = $1 AND sandbox_id = $2 AND contract <> $3
        """)

    static func mount(_ mount: Mount, _ access: SandboxAccess, at now: WallInstant) -> Call {
        Call(
            mountStatement, .id(access.tenant), .id(access.sandbox), .text(mount.contract),
            .text(mount.version), .text(mount.fidelity.rawValue), .id(orNull: mount.imported),
            .instant(now))
    }

    private static let mountStatement = Statement(
        "contract_mount",
        """
        INSERT INTO sbx.mounts (
            tenant_id, sandbox_id, contract, version, fidelity, contract_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant_id, sandbox_id, contract) DO UPDATE
        SET version = EXCLUDED.version, fidelity = EXCLUDED.fidelity,
            contract_id = EXCLUDED.contract_id
        """)

    static let unmount = Statement(
        "contract_unmount",
        "DELETE FROM sbx.mounts WHERE tenant_id = $1 AND sandbox_id = $2 AND contract = $3")
}
