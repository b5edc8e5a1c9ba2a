import Contracts
package import Identifiers
package import Postgres

/// The usage figures' SQL, which two roles speak: `sbx_app` for a tenant, `sbx_system` for all.
package enum UsageStatements {
    /// Under this id stand calls of the platform API.
    static let platform = SandboxID(high: 0, low: 0)

    private static let counts = [
        "succeeded", "simulated_failures", "refused", "platform_failures", "duration_us",
        "request_bytes", "response_bytes",
    ]

    private static let key = """
        tenant_id, day, sandbox_id, contract, operation, scenario, principal_kind, principal_id
        """

    private static let sums = counts.map { "coalesce(sum(\($0)), 0)::bigint AS \($0)" }
        .joined(separator: ", ")

    private static func filter(_ tenant: String) -> String {
        """
        \(tenant) AND day >= date '1970-01-01' + $2::integer
                AND day <= date '1970-01-01' + $3::integer
                AND ($4::uuid IS NULL OR sandbox_id = $4)
        """
    }

    /// `$1` tenant, `$2` and `$3` first and last day, `$4` sandbox or null, `$5` names of what to
    /// group by, `$6` the place of the last line before, `$7` rows. A line's place is made of
    /// what it is grouped by, so that it stays where it is while figures grow.
    package static func lines(tenant: String) -> String {
        """
        SELECT place, day, tenant_id, sandbox_id, contract, operation, scenario, principal_kind,
            principal_id, \(counts.joined(separator: ", "))
        FROM (
            SELECT
                concat_ws(' ', day, tenant_id, sandbox_id, contract, operation, principal_kind,
                    principal_id, scenario) AS place, *
            FROM (
                SELECT
                    CASE WHEN 'day' = ANY ($5) THEN day::text END AS day,
                    CASE WHEN 'tenant' = ANY ($5) THEN tenant_id END AS tenant_id,
                    CASE WHEN 'sandbox' = ANY ($5) THEN sandbox_id END AS sandbox_id,
                    CASE WHEN 'operation' = ANY ($5) THEN contract END AS contract,
                    CASE WHEN 'operation' = ANY ($5) THEN operation END AS operation,
                    CASE WHEN 'scenario' = ANY ($5) THEN scenario END AS scenario,
                    CASE WHEN 'key' = ANY ($5) THEN principal_kind END AS principal_kind,
                    CASE WHEN 'key' = ANY ($5) THEN principal_id END AS principal_id, \(sums)
                FROM sbx.usage_days
                WHERE \(filter(tenant))
                GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
            ) AS grouped
        ) AS placed
        WHERE place COLLATE "C" > $6 OR $6 = ''
        ORDER BY place COLLATE "C"
        LIMIT $7
        """
    }

    /// The figures of all lines in one row; parameters as above, the first four.
    package static func totals(tenant: String) -> String {
        """
        SELECT \(sums)
        FROM sbx.usage_days
        WHERE \(filter(tenant))
        """
    }

    /// The values of ``lines(tenant:)``, one line more than a page has; the first four are those of
    /// ``totals(tenant:)``.
    package static func values(_ query: UsageQuery, of tenant: TenantID?) -> [PostgresValue] {
        [
            .id(orNull: tenant), .int(query.days.lowerBound), .int(query.days.upperBound),
            .id(orNull: query.sandbox), .textArray(query.grouping.map(\.rawValue)),
            .text(query.after), .int(Int64(query.rows + 1)),
        ]
    }

    // MARK: Writing

    /// `$1` rows as JSON, see ``document(_:)``. In the key's order, so that two gateways that add to
    /// the same rows wait for each other instead of blocking each other.
    static let add = """
        INSERT INTO sbx.usage_days AS u (\(key), \(counts.joined(separator: ", ")))
        SELECT tenant_id, date '1970-01-01' + hour / 24 AS day, sandbox_id, contract, operation,
            scenario, principal_kind, principal_id, \(sums)
        FROM json_to_recordset($1::json) AS r (
            tenant_id uuid, hour integer, sandbox_id uuid, contract text, operation text,
            scenario text, principal_kind text, principal_id uuid,
            \(counts.map { "\($0) bigint" }.joined(separator: ", ")))
        GROUP BY \(key)
        ORDER BY \(key)
        ON CONFLICT (\(key)) DO UPDATE
        SET \(additions(of: counts))
        """

    private static let ends = Array(counts.prefix(4))
    private static let hourKey = "tenant_id, sandbox_id, hour"

    /// `$1` as above. Calls of the platform API belong to no sandbox and have no hours.
    static let addHours = """
        INSERT INTO sbx.usage_hours AS u (\(hourKey), \(ends.joined(separator: ", ")))
        SELECT tenant_id, sandbox_id, to_timestamp(number * 3600.0) AS hour,
            \(ends.map { "sum(\($0))::bigint" }.joined(separator: ", "))
        FROM (
            SELECT tenant_id, sandbox_id, hour AS number, \(ends.joined(separator: ", "))
            FROM json_to_recordset($1::json) AS r (
                tenant_id uuid, hour integer, sandbox_id uuid,
                \(ends.map { "\($0) bigint" }.joined(separator: ", ")))
        ) AS counted
        WHERE sandbox_id <> '00000000-0000-0000-0000-000000000000'
        GROUP BY \(hourKey)
        ORDER BY \(hourKey)
        ON CONFLICT (\(hourKey)) DO UPDATE
        SET \(additions(of: ends))
        """

    private static func additions(of columns: [String]) -> String {
        columns.map { "\($0) = u.\($0) + excluded.\($0)" }.joined(separator: ", ")
    }

    /// `$1` tenant, `$2` sandbox, `$3` and `$4` first and last hour since 1970: the hours that had
    /// calls, in order.
    package static let hours = """
        SELECT (extract(epoch FROM hour) / 3600)::bigint, \(ends.joined(separator: ", "))
        FROM sbx.usage_hours
        WHERE tenant_id = $1 AND sandbox_id = $2
            AND hour >= to_timestamp($3::bigint * 3600.0)
            AND hour <= to_timestamp($4::bigint * 3600.0)
        ORDER BY hour
        """

    /// `$1` as above.
    static let noteFirstSuccess = """
        UPDATE sbx.tenants t
        SET first_success_at = f.at
        FROM (
            SELECT tenant_id, to_timestamp(min(first_success) / 1e6) AS at
            FROM json_to_recordset($1::json) AS r (tenant_id uuid, first_success bigint)
            WHERE first_success IS NOT NULL
            GROUP BY tenant_id
        ) AS f
        WHERE t.tenant_id = f.tenant_id
            AND (t.first_success_at IS NULL OR t.first_success_at > f.at)
        """

    static func document(_ rows: [UsageKey: UsageCounts]) -> [UInt8] {
        JSONWriter.bytes(.array(rows.map { document($0.key, $0.value) }))
    }

    private static func document(_ key: UsageKey, _ counts: UsageCounts) -> JSONValue {
        let sandbox = key.sandbox ?? platform
        return [
            "tenant_id": uuid(key.tenant.high, key.tenant.low), "hour": .int(key.hour),
            "sandbox_id": uuid(sandbox.high, sandbox.low),
            "contract": .string(key.contract ?? ""), "operation": .string(key.operation ?? ""),
            "scenario": .string(key.scenario ?? ""),
            "principal_kind": .string(key.principal?.kind ?? ""),
            "principal_id": uuid(key.principal?.high ?? 0, key.principal?.low ?? 0),
            "succeeded": .int(counts.succeeded),
            "simulated_failures": .int(counts.simulatedFailures),
            "refused": .int(counts.refused), "platform_failures": .int(counts.platformFailures),
            "duration_us": .int(counts.durationMicroseconds),
            "request_bytes": .int(counts.requestBytes),
            "response_bytes": .int(counts.responseBytes),
            "first_success": counts.firstSuccess.map { .int($0) } ?? .null,
        ]
    }

    /// 32 digits.
    private static func uuid(_ high: UInt64, _ low: UInt64) -> JSONValue {
        let digits = [high, low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return .string(digits.joined())
    }
}
