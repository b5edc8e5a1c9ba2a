import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

extension PlatformAPI {
    static let worldHandlers: [String: Handler] = [
        "get_clock": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let head = try await api.services.stores.world.head(as: access)
                return Answer(200, api.clock(head.clock))
            }
        },
        "list_scenarios": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.scenarios(access)
        },
        "find_operations": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.foundOperations(call, access)
        },
        "get_catalogue": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.catalogue(access)
        },
        "get_entity": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.entity(call, access)
        },
    ]

    private func scenarios(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        var documents: [JSONValue] = []
        for mount in try await services.sandboxCache.mounts(of: access) {
            let mounted = try await services.mountable(mount, access)
            documents += (mounted?.simulator.scenarios ?? []).map { $0.document(mount.contract) }
        }
        return Answer(200, ["data": .array(documents), "next": .null])
    }

    /// From what each mounted contract keeps to be looked through: no document is read again.
    private func foundOperations(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let words = (call.query("q") ?? "").split(whereSeparator: { " _-".contains($0) }).map(String.init)
        var found: [JSONValue] = []
        for mount in try await services.sandboxCache.mounts(of: access) where found.count < call.rows() {
            guard let mounted = try await services.mountable(mount, access) else { continue }
            found += mounted.operationIndex.found(words).prefix(call.rows() - found.count).map {
                [
                    "contract": .string(mount.contract), "id": .string($0.id),
                    "method": .string($0.method), "path": .string($0.path),
                    "summary": .string($0.summary),
                ]
            }
        }
        return Answer(200, ["data": .array(found)])
    }

    private func catalogue(_ access: SandboxAccess) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            let head = try await services.stores.world.head(as: access)
            let entries = GoldenWorld.current.all.map { golden -> JSONValue in
                let entity = golden.entity(timeZero: head.timeZero)
                return [
                    "contract": .string(entity.key.contract), "type": .string(entity.key.type),
                    "id": .string(entity.key.id), "description": .string(golden.purpose),
                    "document": Self.json(entity.document),
                ]
            }
            return Answer(200, ["data": .array(entries), "next": .null])
        }
    }

    private func entity(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let key = call.entityKey
        let found: Entity?
        do throws(TenancyError) {
            found = try await services.stores.world.entity(key, as: access).entity
        } catch {
            throw .tenancy(error, during: .simulate)
        }
        guard let found else { throw .entityNotFound(key) }
        return Answer(
            200,
            [
                "contract": .string(key.contract), "type": .string(key.type),
                "id": .string(key.id), "version": .int(found.version),
                "document": Self.json(found.document),
            ])
    }

    /// Documents were checked before they were stored.
    private static func json(_ document: [UInt8]) -> JSONValue {
        do {
            return try JSONParser.parse(document)
        } catch {
            preconditionFailure("stored documents are JSON")
        }
    }
}

extension Scenario {
    fileprivate func document(_ contract: String) -> JSONValue {
        var outcome: JSONValue = [:]
        if let errorCode { outcome["error_code"] = .string(errorCode) }
        if let declineCode { outcome["decline_code"] = .string(declineCode) }
        return [
            "contract": .string(contract), "name": .string(name), "description": .string(summary),
            "operations": .array(operations.map { .string($0) }), "outcome": outcome,
            "header": .string("X-Sandbox-Scenario: \(name)"),
        ]
    }
}
