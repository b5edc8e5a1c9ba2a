import Contracts

/// What one sandbox can do today, as far as plans need to know it. Steps beyond it are planned in
/// the vocabulary's words and marked `not_available`.
package struct SandboxWorld: Sendable {
    /// Operations by ``ActionOperation/name``: those of the mounted contracts and the platform's own.
    package var operations: Set<String>
    /// Names of the scenarios that each operation knows.
    package var scenarios: [String: Set<String>]

    package init(operations: Set<String>, scenarios: [String: Set<String>] = [:]) {
        (self.operations, self.scenarios) = (operations, scenarios)
    }

    func canRun(_ step: Plan.Step) -> Bool {
        canRun(ActionOperation.of(step.action), step.scenario)
    }

    func canRun(_ operation: ActionOperation?, _ scenario: String?) -> Bool {
        guard let name = operation?.name, operations.contains(name) else { return false }
        return scenario.map { scenarios[name]?.contains($0) ?? false } ?? true
    }
}

/// What the planner may know beside the text.
package struct PlannerContext: Sendable {
    /// Nil: everything is available.
    package var world: SandboxWorld?
    /// What "it" may mean, by `ask` name: `["payment": "pay_3"]`.
    package var known: [String: String]

    package init(world: SandboxWorld? = nil, known: [String: String] = [:]) {
        (self.world, self.known) = (world, known)
    }

    /// Names what a follow-up points at, if the text creates nothing that it could mean.
    func named(in draft: Draft) -> Draft {
        for (place, frame) in draft.frames.enumerated() {
            guard let name = frame.entry.follows, let id = known[name],
                frame.entry.params.contains(name), frame.params[name] == nil,
                !draft.frames[..<place].contains(where: {
                    PlanWriter.makes(name, $0.action) && !$0.pointsBack
                })
            else { continue }
            frame.params[name] = .string(id)
            frame.rules.append("context.\(name)")
        }
        return draft
    }
}
