import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Tenancy

extension PlatformAPI {
    static let adminHandlers: [String: Handler] = [
        "list_tenants": .admin { api, call, access throws(Refusal) in
            try await api.listTenants(call, access)
        },
        "get_tenant": .admin { api, call, access throws(Refusal) in
            try await api.tenant(call, access)
        },
        "set_tenant_limits": .admin { api, call, access throws(Refusal) in
            try await api.setLimits(call, access)
        },
    ]

    private func listTenants(
        _ call: PlatformCall, _ access: OperatorAccess
    ) async throws(Refusal) -> Answer {
        var after: TenantID?
        if let cursor = call.query("cursor") {
            guard let id = TenantID(cursor) else { throw .invalidCursor }
            after = id
        }
        return try await tenancy { () throws(TenancyError) in
            let page = try await services.stores.admin.tenants(
                rows: call.rows(), after: after, as: access)
            return Answer(
                200,
                [
                    "data": .array(page.tenants.map(\.document)),
                    "next": .string(orNull: page.next?.description),
                ])
        }
    }

    private func tenant(
        _ call: PlatformCall, _ access: OperatorAccess
    ) async throws(Refusal) -> Answer {
        guard let id = TenantID(call.path("tenant")) else { throw Self.noSuchTenant }
        let found: AdminStore.Tenant?
        do throws(TenancyError) {
            found = try await services.stores.admin.tenant(id, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        guard let found else { throw Self.noSuchTenant }
        return Answer(200, found.document)
    }

    private static let noSuchTenant = Refusal(
        .simulate, .notFound, "There is no such tenant.", hint: "List them at GET /admin/v1/tenants.")

    /// Members that are not named stay as they are.
    private func setLimits(
        _ call: PlatformCall, _ access: OperatorAccess
    ) async throws(Refusal) -> Answer {
        guard let id = TenantID(call.path("tenant")) else { throw Self.noSuchTenant }
        let changed: AdminStore.Tenant?
        do throws(TenancyError) {
            changed = try await services.stores.admin.setLimits(
                { limits in
                    let body = call.body
                    if let rate = body["rate_per_second"] { limits.ratePerSecond = rate.integer }
                    if let burst = body["burst"] { limits.burst = burst.integer }
                    if let flights = body["in_flight"] { limits.inFlight = flights.integer }
                    if let sandboxes = body["sandboxes"] { limits.sandboxes = sandboxes.integer }
                    if let calls = body["calls_per_day"] { limits.callsPerDay = calls.integer }
                    if let calls = body["calls_per_month"] { limits.callsPerMonth = calls.integer }
                }, of: id, as: access)
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        guard let changed else { throw Self.noSuchTenant }
        return Answer(200, changed.document)
    }
}

extension JSONValue {
    fileprivate var integer: Int? { int.map(Int.init) }
}

extension AdminStore.Tenant {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "sandboxes": .int(sandboxes),
            "created_at": .string(createdAt.description),
            "limits": limits.document,
        ]
    }
}
