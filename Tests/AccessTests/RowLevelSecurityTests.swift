import Access
import Identifiers
import PlatformSupport
import Postgres
import Runtime
import Testing

/// The second lock, attacked as each role with SQL that our own code never sends: no `tenant_id`
/// in any WHERE.
@Suite struct `Row-level security` {
    private static let policy =
        "(tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)"

    /// Tables with a tenant, read from the catalogue: a new one without a lock fails here.
    private static func tenantTables() throws -> [String] {
        let rows = try TestPlatform.shared.connect(as: .owner).run(
            """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'sbx'::regnamespace AND c.relkind IN ('r', 'p')
            ORDER BY c.relname
            """)
        return rows.map { $0.text(0) }
    }

    /// Tables that the application has no rights on at all: partitions, see their test, and what
    /// belongs to no tenant.
    private static func isOutOfReach(_ table: String) -> Bool {
        table.hasPrefix("request_log_") || table.hasPrefix("spans_") || table == "usage_writers"
    }

    @Test func `every table with a tenant is locked by exactly the policy`() throws {
        let owner = try TestPlatform.shared.connect(as: .owner)
        let tables = try Self.tenantTables()
        #expect(tables.count >= 21)
        for table in tables {
            let rows = try owner.run(
                """
                SELECT c.relrowsecurity, c.relforcerowsecurity, p.polname,
                    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
                    p.polcmd = '*' AND p.polpermissive AND p.polroles = '{0}'
                FROM pg_class c
                LEFT JOIN pg_policy p ON p.polrelid = c.oid
                WHERE c.oid = ('sbx.' || $1)::regclass
                """, [table])
            #expect(rows.count == 1, "\(table)")
            #expect(rows[0].bool(0), "\(table)")
            // The directory's owner answers for every tenant through the edge functions.
            #expect(rows[0].bool(1) || table.hasPrefix("directory_"), "\(table)")
            #expect(rows[0].textOrNil(2) == "\(table)_tenant_isolation", "\(table)")
            #expect(rows[0].textOrNil(3) == Self.policy, "\(table)")
            #expect(rows[0].textOrNil(4) == Self.policy, "\(table)")
            #expect(rows[0].boolOrNil(5) == true, "\(table)")
        }
    }

    @Test func `keys, unique constraints, foreign keys and indexes begin with the tenant`() throws {
        let rows = try TestPlatform.shared.connect(as: .owner).run(
            """
            SELECT i.indexrelid::regclass::text
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relnamespace = 'sbx'::regnamespace AND c.relname NOT LIKE 'directory\\_%'
                AND a.attname <> 'tenant_id'
            UNION ALL
            SELECT f.conname
            FROM pg_constraint f
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
            WHERE f.contype = 'f' AND f.connamespace = 'sbx'::regnamespace
                AND (a.attname <> 'tenant_id' OR f.confdeltype IN ('n', 'd'))
            """)
        #expect(rows.map { $0.text(0) } == [])
    }

    /// Prepared plans outlive the empty table they were made on. A database of its own: the server
    /// analyzes the shared one when it gets to it.
    @Test func `an object is looked up by its key before the first ANALYZE`() throws {
        let plan = try TestPlatform.alone("unanalyzed").connect(as: .app).run(
            """
            EXPLAIN SELECT document FROM sbx.entities
            WHERE tenant_id = '00000000-0000-0000-0000-000000000001'
                AND layer_id = '00000000-0000-0000-0000-000000000001'
                AND contract = 'a' AND type = 'b' AND entity_id = 'c'
            """)
        #expect(
            plan.contains { $0.text(0).contains("using entities_pkey") }, "\(plan.map { $0.text(0) })")
    }

    @Test func `there are no triggers and no sequences`() throws {
        let rows = try TestPlatform.shared.connect(as: .owner).run(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'sbx'::regnamespace AND c.relkind = 'S'
            UNION ALL
            SELECT t.tgname FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'sbx'::regnamespace AND NOT t.tgisinternal
            """)
        #expect(rows.map { $0.text(0) } == [])
    }

    @Test func `without a tenant no table shows a row, with one only its own`() async throws {
        let platform = TestPlatform.shared
        let (mine, other) = try await platform.run { platform in
            let mine = try await platform.makeSandbox()
            let other = try await platform.makeSandbox()
            for access in [mine, other] { try await write(access, platform) }
            return (mine, other)
        }
        let app = try platform.connect(as: .app)
        for table in try Self.tenantTables() where !Self.isOutOfReach(table) {
            #expect(try app.run("SELECT 1 FROM sbx.\(table)").isEmpty, "\(table)")
        }
        _ = try app.run("BEGIN")
        _ = try app.run("SELECT sbx.enter($1)", [uuid(mine.tenant)])
        var seen = 0
        for table in try Self.tenantTables() where !Self.isOutOfReach(table) {
            let tenants = try app.run("SELECT DISTINCT tenant_id FROM sbx.\(table)")
            #expect(tenants.allSatisfy { $0.uuid(0) == (mine.tenant.high, mine.tenant.low) }, "\(table)")
            seen += tenants.count
        }
        // Every table that a sandbox's life has written to, so that the check above is no vacuum.
        #expect(seen >= 18)
        _ = try app.run("ROLLBACK")
        #expect(mine.tenant != other.tenant)
    }

    @Test func `a foreign row can be neither changed, deleted nor made`() async throws {
        let platform = TestPlatform.shared
        let (mine, other) = try await platform.run { platform in
            let mine = try await platform.makeSandbox()
            let other = try await platform.makeSandbox()
            try await write(other, platform)
            return (mine, other)
        }
        let app = try platform.connect(as: .app)
        for table in try Self.tenantTables() where !Self.isOutOfReach(table) {
            for attack in [
                "UPDATE sbx.\(table) SET tenant_id = tenant_id WHERE tenant_id = $2::uuid",
                "DELETE FROM sbx.\(table) WHERE tenant_id = $2::uuid",
                "UPDATE sbx.\(table) SET tenant_id = $2::uuid",
            ] {
                let touched = try attempt(app, as: mine.tenant, attack, other.tenant)
                #expect(touched == 0, "\(table): \(attack)")
            }
        }
        let forged = try attempt(
            app, as: mine.tenant,
            "INSERT INTO sbx.mounts SELECT $2::uuid, '\(uuid(other.sandbox))', 'x', '1', 'static', now()",
            other.tenant)
        #expect(forged == 0)
    }

    @Test func `partitions are refused, and COPY is no way round`() async throws {
        let platform = TestPlatform.shared
        let tenant = try await platform.run { platform in
            try await platform.systemWork.ensurePartitions(now: platform.clock.now())
            #expect(
                try await platform.systemWork.ensurePartitions(
                    now: platform.clock.now()) == 0)
            return try await platform.makeTenant().tenant
        }
        let app = try platform.connect(as: .app)
        for statement in [
            "SELECT 1 FROM sbx.request_log_20260101", "SELECT 1 FROM sbx.spans_20260101",
            "COPY sbx.spans FROM STDIN", "SELECT sbx.drop_partitions('spans', '2026-01-01')",
            "COPY sbx.request_log FROM STDIN",
            "COPY sbx.entities FROM STDIN",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT sbx.ensure_partitions('spans', '2026-01-01', 1)",
            "SET ROLE sbx_system",
            "ALTER TABLE sbx.entities DISABLE ROW LEVEL SECURITY",
            "SELECT * FROM sbx.edge_key('\\x00')",
            "TRUNCATE sbx.entities",
            "CREATE TABLE sbx.mine (id int)",
        ] {
            #expect(throws: PostgresError.self, "\(statement)") { try app.run(statement) }
        }
        // Out of COPY's reach, policies still hold: a copy out shows no row without a tenant.
        #expect(try app.run("SELECT count(*) FROM sbx.request_log")[0].int(0) == 0)
        _ = tenant
    }

    @Test func `the edge reads no table and calls only its functions`() throws {
        let edge = try TestPlatform.shared.connect(as: .edge)
        for table in try Self.tenantTables() {
            #expect(throws: PostgresError.self, "\(table)") { try edge.run("SELECT 1 FROM sbx.\(table)") }
        }
        #expect(throws: PostgresError.self) {
            try edge.run("SELECT sbx.enter('00000000-0000-0000-0000-000000000001')")
        }
        #expect(try edge.run("SELECT * FROM sbx.edge_slug('no such slug')").isEmpty)
    }

    @Test func `sbx_system says what is listed and may no more`() throws {
        #expect(
            SystemWork.statements.map(\.name).sorted()
                == [
                    "system_add_calls", "system_add_usage", "system_add_usage_hours",
                    "system_audit_chain",
                    "system_audit_head", "system_audit_page", "system_claim_clocks",
                    "system_claim_usage_batch", "system_count_gateways", "system_drop_partitions",
                    "system_due_deliveries", "system_end_signing_keys", "system_ensure_partitions",
                    "system_expired_sandboxes", "system_first_successes", "system_insert_audit",
                    "system_insert_signing_key", "system_list_tenants", "system_marked_layers",
                    "system_note_first_success", "system_notify", "system_read_signing_keys",
                    "system_read_tenant", "system_remove_gateway", "system_remove_slots",
                    "system_renew_slots", "system_see_gateway", "system_set_tenant_limits",
                    "system_sweep_authorization_codes", "system_sweep_authorization_requests",
                    "system_sweep_buckets", "system_sweep_calls", "system_sweep_device_codes",
                    "system_sweep_directory_sessions", "system_sweep_directory_user_codes",
                    "system_sweep_gateways", "system_sweep_oauth_grants",
                    "system_sweep_refresh_tokens", "system_sweep_revoked_tokens",
                    "system_sweep_sessions", "system_sweep_slots", "system_sweep_usage",
                    "system_sweep_usage_hours",
                    "system_sweep_usage_writers", "system_sweep_used_proofs", "system_usage_lines",
                    "system_usage_totals", "system_used_scenarios", "system_verify_audit",
                    "system_wake_deliveries", "system_webhook_figures",
                ])
        let system = try TestPlatform.shared.connect(as: .system)
        for statement in [
            "SELECT 1 FROM sbx.entities", "SELECT 1 FROM sbx.users", "SELECT 1 FROM sbx.api_keys",
            "DELETE FROM sbx.request_log", "DELETE FROM sbx.directory_slugs",
            "UPDATE sbx.sandbox_heads SET tick = 0", "SELECT seed FROM sbx.sandbox_heads",
            "SELECT payload FROM sbx.deliveries", "UPDATE sbx.deliveries SET state = 'delivered'",
            "SELECT sealed FROM sbx.webhook_secrets", "UPDATE sbx.audit_log SET action = 'x'",
            "DELETE FROM sbx.audit_heads", "SELECT sha256 FROM sbx.invitations",
            "UPDATE sbx.rate_buckets SET arrival_ns = 0", "SELECT email FROM sbx.users",
        ] {
            #expect(throws: PostgresError.self, "\(statement)") { try system.run(statement) }
        }
    }

    /// Rows that the attack touched; 0 when it was refused.
    private func attempt(
        _ app: BlockingConnection, as tenant: TenantID, _ sql: String, _ victim: TenantID
    ) throws -> Int {
        _ = try app.run("BEGIN")
        defer { _ = try? app.run("ROLLBACK") }
        _ = try app.run("SELECT sbx.enter($1)", [uuid(tenant)])
        let literal = sql.replacing("$2", with: "'\(uuid(victim))'")
        do throws(PostgresError) { return try app.run(literal).affected } catch { return 0 }
    }
}

private func uuid<Kind>(_ id: ID<Kind>) -> String {
    let digits = [id.high, id.low].map { word in
        let text = String(word, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
    return digits.joined()
}

/// A row in each table of the world.
private func write(_ access: SandboxAccess, _ platform: TestPlatform) async throws {
    try await platform.fillWorld(access)
}
