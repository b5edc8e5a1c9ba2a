package import Access
import Postgres

extension WorldStore {
    /// How often each transition of one type's objects was taken in this world, by
    /// `graph/transition`. What a restore has undone does not count. Reads the type's whole log.
    package func transitionCounts(
        contract: String, type: String, as access: SandboxAccess
    ) async throws(TenancyError) -> [String: Int] {
        let address = self.address(access)
        return try await storing {
            let rows = try await database.transaction(as: access, on: .search) { transaction in
                try await transaction.run(CoverageRows.counts(address, contract, type))
            }
            var counts: [String: Int] = [:]
            for index in 0..<rows.count { counts[rows[index].text(0)] = Int(rows[index].int(1)) }
            return counts
        }
    }
}

private enum CoverageRows {
    static func counts(_ address: WorldAddress, _ contract: String, _ type: String) -> Call {
        address.call(countsStatement, .text(contract), .text(type))
    }

    private static let countsStatement = HeadStatement("world_coverage") { heads in
        """
        SELECT taken.transition, count(*)
        FROM \(heads.table) h
        CROSS JOIN LATERAL (
            SELECT h.layer_id, h.revision
            UNION ALL
            SELECT a.layer_id, a.revision
            FROM unnest(h.ancestor_ids, h.ancestor_revisions) AS a (layer_id, revision)
        ) seen
        JOIN sbx.changes c
            ON c.tenant_id = h.tenant_id AND c.layer_id = seen.layer_id
                AND c.revision <= seen.revision
        CROSS JOIN LATERAL unnest(c.transitions) AS taken (transition)
        WHERE h.tenant_id = $1 AND h.\(heads.key) = $2 AND c.tenant_id = $1
            AND c.contract = $3 AND c.type = $4
        GROUP BY taken.transition
        """
    }
}
