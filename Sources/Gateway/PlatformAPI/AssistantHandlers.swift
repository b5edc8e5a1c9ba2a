import Access
import Contracts
import Copilot
import Identifiers
import Observability
import Simulators
import Tenancy

// The assistant: plain words into plans. Planning changes nothing in the sandbox, so reading rights
// suffice; the plan is kept, to be run.
extension PlatformAPI {
    static let assistantHandlers: [String: Handler] = [
        "plan_from_text": .sandbox(.read) { api, call, access throws(Refusal) in
            let plan = try await api.plan(call.body, access)
            var document = JSONObject([.init(name: "plan_id", value: .string("pln_" + plan.hash))])
            if plan.outcome == .plan {
                let kept = try await api.keep(plan, text: call.body["text"]?.string, access)
                document["journey"] = .string(kept.id.description)
            }
            for member in plan.json.members { document[member.name] = member.value }
            return Answer(200, .object(document))
        }
    ]

    func plan(_ body: JSONValue, _ access: SandboxAccess) async throws(Refusal) -> Plan {
        let context = PlannerContext(
            world: try await world(access), known: body["context"]?.strings ?? [:])
        return Planner.plan(body["text"]?.string ?? "", context: context)
    }

    /// The operations and scenarios of the mounted contracts, and the platform's own operations.
    func world(_ access: SandboxAccess) async throws(Refusal) -> SandboxWorld {
        var world = SandboxWorld(
            operations: Set(
                services.platform.operations.map {
                    ActionOperation(contract: ActionOperation.platform, operation: $0.id).name
                }))
        for mount in try await services.sandboxCache.mounts(of: access) {
            guard let mounted = services.library[mount.contract] else { continue }
            let name = { ActionOperation(contract: mount.contract, operation: $0).name }
            world.operations.formUnion(mounted.contract.operations.map { name($0.id) })
            for scenario in mounted.simulator.scenarios {
                for operation in scenario.operations {
                    world.scenarios[name(operation), default: []].insert(scenario.name)
                }
            }
        }
        return world
    }
}

extension JSONValue {
    /// The members that are text.
    fileprivate var strings: [String: String] {
        var texts: [String: String] = [:]
        for member in object?.members ?? [] { texts[member.name] = member.value.string }
        return texts
    }
}
