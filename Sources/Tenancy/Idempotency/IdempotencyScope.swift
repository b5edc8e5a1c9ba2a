import Access
import Identifiers
import Postgres

/// What one idempotency key stands for: the sandbox and its branch, the dry-run session, the
/// principal, the method, the path and the key itself; and what the request said.
package struct IdempotencyScope: Sendable {
    package let key: String
    package let method: String
    package let path: String
    /// SHA-256 of the canonical request.
    package let fingerprint: [UInt8]
    /// Empty outside dry runs.
    package let dryRunSession: String

    /// `key` has 1 to 255 bytes, which the caller has checked.
    package init(
        key: String, method: String, path: String, fingerprint: [UInt8], dryRunSession: String = ""
    ) {
        self.key = key
        self.method = method
        self.path = path
        self.fingerprint = fingerprint
        self.dryRunSession = dryRunSession
    }

    /// SQLSTATE of `sbx.claim_idempotency` when the lock is taken.
    static let inUseState = "SB409"

    /// Takes the lock or fails at once. The branch is not part of the lock: two branches that use
    /// one key at the same moment are told to try again, which is harmless.
    func claim(_ access: SandboxAccess) -> Call {
        Call(Self.claimStatement, .int(lockHash(access)))
    }

    func lockHash(_ access: SandboxAccess) -> Int64 {
        var text = Array("\(access.sandbox) \(access.principal.bits) \(method) \(path) ".utf8)
        text.append(contentsOf: "\(dryRunSession) \(key)".utf8)
        return Int64(bitPattern: StableHash.of(text))
    }

    func read(_ address: WorldAddress) -> Call {
        let principal = address.access.principal.bits
        return address.call(
            Self.readStatement, .text(dryRunSession),
            .uuid(high: principal.high, low: principal.low), .text(method), .text(path), .text(key))
    }

    /// The earlier answer; nil when there is none or its time is over.
    func record(_ rows: Rows, now: SandboxInstant) throws(TenancyError) -> IdempotencyRecord? {
        guard rows.count == 1, rows[0].microseconds(5) > now.microseconds else { return nil }
        let row = rows[0]
        guard row.bytes(0) == fingerprint else { throw .idempotencyKeyReused }
        return IdempotencyRecord(
            status: Int(row.int(1)), headers: row.utf8(2), response: row.bytes(3),
            request: row.id(4))
    }

    func store(
        _ record: IdempotencyRecord, _ access: SandboxAccess, _ head: WorldHead,
        createdAt: SandboxInstant, expiresAt: SandboxInstant
    ) -> Call {
        let principal = access.principal.bits
        return Call(
            Self.storeStatement, .id(access.tenant), .id(access.sandbox), .id(head.layer),
            .text(dryRunSession), .uuid(high: principal.high, low: principal.low), .text(method),
            .text(path), .text(key), .bytes(fingerprint), .int(Int64(record.status)),
            .utf8(record.headers), .bytes(record.response), .id(record.request),
            .instant(createdAt), .instant(expiresAt), .int(head.stamp.revision))
    }

    private static let claimStatement = Statement(
        "idempotency_claim", "SELECT sbx.claim_idempotency($1)")

    /// The newest in the own layer or, where that has none, in the nearest ancestor: what was
    /// answered before a branch began is answered again in it.
    private static let readStatement = HeadStatement("idempotency_read") { heads in
        """
        SELECT found.fingerprint, found.status, found.headers, found.response, found.request_id,
            found.expires_at
        FROM \(heads.table) h
        CROSS JOIN LATERAL (
            SELECT 0::bigint AS depth, r.*
            FROM sbx.idempotency_records r
            WHERE r.tenant_id = $1 AND r.sandbox_id = h.sandbox_id AND r.layer_id = h.layer_id
                AND r.dry_run_session = $3 AND r.principal_id = $4 AND r.method = $5
                AND r.path = $6 AND r.key = $7
            UNION ALL
            SELECT a.depth, r.*
            FROM unnest(h.ancestor_ids, h.ancestor_revisions)
                WITH ORDINALITY AS a (layer_id, revision, depth)
            JOIN sbx.idempotency_records r
                ON r.tenant_id = $1 AND r.sandbox_id = h.sandbox_id AND r.layer_id = a.layer_id
                AND r.dry_run_session = $3 AND r.principal_id = $4 AND r.method = $5
                AND r.path = $6 AND r.key = $7 AND r.revision <= a.revision
            ORDER BY depth, revision DESC
            LIMIT 1
        ) found
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2
        """
    }

    /// A record whose time is over stays beside the new one: branches from before may see it.
    private static let storeStatement = Statement(
        "idempotency_store",
        """
        INSERT INTO sbx.idempotency_records (
            tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key,
            fingerprint, status, headers, response, request_id, created_at, expires_at, revision)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """)
}
