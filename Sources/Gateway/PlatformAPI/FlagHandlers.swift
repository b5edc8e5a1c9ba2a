import Access
import Contracts
import Observability
import Tenancy

// Flags of simulated objects: what an object shall provoke.
extension PlatformAPI {
    static let flagHandlers: [String: Handler] = [
        "set_flags": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.setFlags(call, access)
        }
    ]

    private func setFlags(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let key = call.entityKey
        guard let patch = call.body.object else {
            preconditionFailure("the schema asks for an object")
        }
        do throws(TenancyError) {
            let flags = try await services.stores.world.setFlags(patch, of: key, as: access)
            return Answer(
                200,
                [
                    "contract": .string(key.contract), "type": .string(key.type),
                    "id": .string(key.id), "flags": .object(flags),
                ])
        } catch {
            if case .entityNotFound = error { throw .entityNotFound(key) }
            throw .tenancy(error, during: .simulate)
        }
    }
}

extension PlatformCall {
    /// The object that the path names.
    var entityKey: EntityKey {
        EntityKey(
            contract: query("contract") ?? "payments", type: path("type"), id: path("entity"))
    }
}

extension Refusal {
    static func entityNotFound(_ key: EntityKey) -> Refusal {
        Refusal(
            .simulate, .notFound, "The sandbox has no \(key.type) \"\(key.id)\".",
            hint: "See the catalogue for the objects that every sandbox has.")
    }
}
