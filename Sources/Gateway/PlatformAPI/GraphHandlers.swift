import Access
import Contracts
import Observability
import Simulators
import Tenancy

extension PlatformAPI {
    static let graphHandlers: [String: Handler] = [
        "list_graphs": .sandbox(.read) { api, _, access throws(Refusal) in
            let graphs = try await api.graphs(access)
            return Answer(200, ["data": .array(graphs.map(\.summaryDocument)), "next": .null])
        },
        "get_graph": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.graph(call.path("graph"), access)
        },
    ]

    /// Of all contracts mounted on the sandbox.
    private func graphs(_ access: SandboxAccess) async throws(Refusal) -> [Graph] {
        try await services.sandboxCache.mounts(of: access)
            .compactMap { services.library[$0.contract] }.flatMap(\.simulator.graphs)
    }

    private func graph(_ name: String, _ access: SandboxAccess) async throws(Refusal) -> Answer {
        let known = try await graphs(access)
        guard let graph = known.first(where: { $0.name == name }) else {
            let names = known.map(\.name).joined(separator: ", ")
            throw Refusal(
                .match, .notFound, "The sandbox has no graph \"\(name)\".",
                hint: names.isEmpty ? "Its contracts have none." : "It has \(names).")
        }
        return try await tenancy { () throws(TenancyError) in
            let counts = try await services.stores.world.transitionCounts(
                contract: graph.contract, type: graph.type, as: access)
            let taken = graph.transitions.map { transition -> JSONObject.Member in
                let count = counts["\(graph.name)/\(transition.id)"] ?? 0
                return JSONObject.Member(name: transition.id, value: .int(count))
            }
            var document = graph.summaryDocument
            document["document"] = graph.document
            document["coverage"] = [
                "taken": .int(taken.count { ($0.value.int ?? 0) > 0 }), "of": .int(taken.count),
                "transitions": .object(JSONObject(taken)),
            ]
            return Answer(200, document)
        }
    }
}

extension Graph {
    fileprivate var summaryDocument: JSONValue {
        [
            "name": .string(name), "contract": .string(contract), "type": .string(type),
            "summary": .string(summary),
        ]
    }
}
