/// The audit log's SQL, which two roles speak: `sbx_app` for a tenant, `sbx_system` for the operator.
enum AuditStatements {
    /// What the first entry of a chain follows: 32 zero bytes.
    private static let nothing = "decode(repeat('00', 32), 'hex')"

    private static func record(sequence: String) -> String {
        "sbx.audit_record($1, \(sequence), $2, $3, $4, $5, $6, $7, $8, $9)"
    }

    /// `$1` tenant, `$2` id, `$3` time, `$4` and `$5` actor, `$6` action, `$7` subject, `$8` request,
    /// `$9` details. Moves the chain's end on and writes the entry with its place.
    static let insert = """
        WITH moved AS (
            INSERT INTO sbx.audit_heads AS h (tenant_id, sequence, sha256)
            VALUES ($1, 1, sbx.audit_sha256(\(nothing), \(record(sequence: "1"))))
            ON CONFLICT (tenant_id) DO UPDATE
            SET sequence = h.sequence + 1,
                sha256 = sbx.audit_sha256(h.sha256, \(record(sequence: "h.sequence + 1")))
            RETURNING sequence, sha256
        )
        INSERT INTO sbx.audit_log (
            tenant_id, id, created_at, actor_kind, actor_id, action, subject, request_id, details,
            sequence, sha256)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, moved.sequence, moved.sha256
        FROM moved
        """

    /// Columns of ``AuditLine``.
    private static let columns = """
        tenant_id, id, created_at, actor_kind, actor_id, action, subject, request_id, details,
            sequence, sha256
        """

    private static let ownRecord = """
        sbx.audit_record(
                tenant_id, sequence, id, created_at, actor_kind, actor_id, action, subject,
                request_id, details)
        """

    /// Newest first. `$2` the last id of the page before, `$3` action, `$4` actor's id, `$5` subject,
    /// `$6` from, `$7` until, `$8` rows; null for what does not matter.
    static func page(tenant: String) -> String {
        """
        SELECT \(columns)
        FROM sbx.audit_log
        WHERE \(tenant) AND id < $2
            AND ($3::text IS NULL OR action = $3) AND ($4::uuid IS NULL OR actor_id = $4)
            AND ($5::text IS NULL OR subject = $5)
            AND ($6::timestamptz IS NULL OR created_at >= $6)
            AND ($7::timestamptz IS NULL OR created_at < $7)
        ORDER BY id DESC
        LIMIT $8
        """
    }

    /// The chain in its order, those behind the place `$2`, at most `$3`; with what was hashed.
    static let chain = """
        SELECT \(columns), \(ownRecord)
        FROM sbx.audit_log
        WHERE tenant_id = $1 AND sequence > $2
        ORDER BY sequence
        LIMIT $3
        """

    static let head = """
        SELECT sequence, sha256
        FROM sbx.audit_heads
        WHERE tenant_id = $1
        """

    /// Holds a stretch of the chain, the `$4` entries behind the place `$2` whose hash is `$3`, against
    /// its hashes: last place, last hash, and the first place that does not fit.
    static let verify = """
        WITH stretch AS (
            SELECT
                sequence, sha256, lag(sequence, 1, $2::bigint) OVER chain AS place_before,
                sbx.audit_sha256(lag(sha256, 1, $3::bytea) OVER chain, \(ownRecord)) AS expected
            FROM (
                SELECT *
                FROM sbx.audit_log
                WHERE tenant_id = $1 AND sequence > $2
                ORDER BY sequence
                LIMIT $4
            ) AS entries
            WINDOW chain AS (ORDER BY sequence)
        )
        SELECT
            max(sequence), (array_agg(sha256 ORDER BY sequence DESC))[1],
            min(sequence) FILTER (WHERE sequence <> place_before + 1 OR sha256 <> expected)
        FROM stretch
        """
}
