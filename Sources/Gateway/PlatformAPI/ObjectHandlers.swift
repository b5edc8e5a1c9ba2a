import Access
import Contracts
import HTTP
import Observability
import Tenancy

extension PlatformAPI {
    static let objectHandlers: [String: Handler] = [
        "find_object": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.object(call.path("object"), access)
        }
    ]

    /// What an id names, and where that is.
    private func object(_ id: String, _ access: TenantAccess) async throws(Refusal) -> Answer {
        let found = try await tenancy { () throws(TenancyError) in
            try await services.stores.objects.object(id, as: access)
        }
        guard let found else {
            throw Refusal(
                .simulate, .notFound, "Your tenant has no platform object \"\(id.prefix(40))\".",
                hint: "What a sandbox simulates has ids of its contracts: look for it in that sandbox.")
        }
        var slug: String?
        if let sandbox = found.sandbox {
            do throws(AccessError) {
                slug = try await services.stores.directory.sandbox(id: sandbox)?.slug
            } catch {
                throw .access(error)
            }
        }
        return Answer(
            200,
            [
                "id": .string(id), "kind": .string(found.kind.rawValue),
                "sandbox": .string(orNull: slug),
            ])
    }
}
