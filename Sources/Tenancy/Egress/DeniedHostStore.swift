package import Access
import Contracts
package import HTTP
package import Identifiers
package import Postgres

/// The hosts that a tenant lets nothing go to: one list for webhooks, upstreams and conformance
/// runs alike.
package struct DeniedHostStore: Sendable {
    private let database: TenantDatabase

    package init(database: TenantDatabase) {
        self.database = database
    }

    /// The entries as they were written, in their order.
    package func entries(as access: TenantAccess) async throws(TenancyError) -> [String] {
        try await storing {
            Self.entries(try await database.read(as: access, [Self.call(access.tenant)])[0])
        }
    }

    package func hosts(as access: TenantAccess) async throws(TenancyError) -> DeniedHosts {
        DeniedHosts(try await entries(as: access))
    }

    /// Replaces the list; it counts from the next call on. At most ``Limits/deniedHosts`` entries,
    /// each as ``DeniedHosts/entry(_:)`` gives it.
    package func replace(
        with entries: [String], as management: TenantManagement
    ) async throws(TenancyError) {
        guard entries.count <= Limits.deniedHosts else {
            throw .invalid(member: "hosts", rule: "at most \(Limits.deniedHosts) entries")
        }
        let access = management.access
        try await storing {
            try await database.transaction(as: access) { transaction in
                let old = try await transaction.run(Self.call(access.tenant))
                transaction.enqueue(Call(Self.write, .id(access.tenant), .textArray(entries)))
                access.trail?.note(
                    before: .array(Self.entries(old).map { .string($0) }),
                    after: .array(entries.map { .string($0) }))
            }
        }
    }

    /// The statement by itself, for a worker's batch that reads more than this.
    package static func call(_ tenant: TenantID) -> Call { Call(read, .id(tenant)) }

    package static func hosts(_ rows: Rows) -> DeniedHosts { DeniedHosts(entries(rows)) }

    private static func entries(_ rows: Rows) -> [String] { rows.first?.textArray(0) ?? [] }

    private static let read = Statement(
        "denied_hosts_read", "SELECT hosts FROM sbx.denied_hosts WHERE tenant_id = $1")

    private static let write = Statement(
        "denied_hosts_write",
        """
        INSERT INTO sbx.denied_hosts (tenant_id, hosts)
        VALUES ($1, $2)
        ON CONFLICT (tenant_id) DO UPDATE SET hosts = EXCLUDED.hosts
        """)
}
