package import Access
package import Contracts
package import Identifiers
package import Tenancy

/// The card-payments domain behind the contract `payments`, all in the sandbox's own world and
/// ledger. Lifecycles are the documents in `graphs/`; what they call by name stands in `Lifecycle`,
/// what a call does around them in `Operations`, what is decided by tables in the other folders.
package struct PaymentsSimulator: Simulator {
    package let contract = "payments"
    package let scenarios: [Scenario]
    package private(set) var world: WorldStore
    let currencies: Set<String>
    let lifecycles: PaymentsGraphs

    /// `document` is the contract, whose list of currencies is the domain's too; `graph` gives the
    /// document of a lifecycle by its name. Fails with the faults of the first graph that has any.
    package init(
        world: WorldStore, contract: Contract, graph: (String) -> JSONValue
    ) throws(GraphFaults) {
        self.world = world
        let listed = contract.operation(id: "list_currencies")?.example(status: 200)?["data"]?.array
        currencies = Set((listed ?? []).compactMap { $0["code"]?.string })
        scenarios = PaymentsScenarios.all
        lifecycles = try PaymentsGraphs(contract: contract, graph)
    }

    package var graphs: [Graph] { lifecycles.all.map(\.graph) }

    package func inDryRun(_ session: DryRunID) -> PaymentsSimulator {
        var simulator = self
        simulator.world = world.inDryRun(session)
        return simulator
    }

    package func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated {
        try await world.answer(
            call, as: access, sealing: seal, by: change(for: call.operation.id),
            preloading: preload(call)
        ) {
            try await read(call, as: access)
        }
    }

    /// Everything that the call names, so that it is read in the first round trip.
    private func preload(_ call: SimulatedCall) -> Preload {
        var keys: [EntityKey] = []
        for type in PaymentsType.allCases {
            if let id = call.path(type.rawValue) { keys.append(type.key(id)) }
            if let id = call.body?[type.rawValue]?.string { keys.append(type.key(id)) }
        }
        // What a charge looks at besides the objects themselves.
        if PaymentsScenarios.charging.contains(call.operation.id) {
            keys += keys.map { EntityFlags.key(of: $0) }
        }
        guard let currency = call.body?["currency"]?.string, currencies.contains(currency) else {
            return Preload(entities: keys)
        }
        return Preload(entities: keys, accounts: [.cardholders(currency), .pending(currency)])
    }
}
