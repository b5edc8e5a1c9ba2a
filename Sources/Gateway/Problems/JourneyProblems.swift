import Contracts
import Copilot
import Observability

// Answers to the errors of journeys and their runs.
extension Refusal {
    static func journeys(_ error: JourneyError) -> Refusal {
        switch error {
        case .notFound(let kind, let id):
            Refusal(
                .simulate, .notFound, "The sandbox has no \(kind) \"\(id.prefix(64))\".",
                hint: kind == "run"
                    ? "GET /v1/sandboxes/{id}/runs lists those there are."
                    : "GET /v1/sandboxes/{id}/journeys and GET /v1/journeys list those there are.")
        case .running:
            Refusal(
                .simulate, .runInProgress, "Another run is under way in this sandbox.",
                hint: "Wait for it, or run this journey in a fork of the sandbox."
            ).with("Retry-After", "1")
        case .notFinished(let run):
            Refusal(
                .simulate, .runInProgress, "The run \(run) is still under way.",
                hint: "Wait until its status is not running any more."
            ).with("Retry-After", "1")
        case .noCheckpoint(let step):
            Refusal(
                .simulate, .notFound,
                "There is no checkpoint to go back to from step \(step) on.",
                hint: "Run the journey anew: newer runs have made room, or the step never began.")
        case .fault(let fault): .journey(fault)
        case .cursor: .invalidCursor
        case .tenancy(let error): .tenancy(error, during: .simulate)
        case .storage(let error): .storage(error, during: .simulate)
        }
    }

    static func journey(_ fault: JourneyFault) -> Refusal {
        switch fault {
        case .noPlan:
            Refusal(
                .simulate, .nothingToRun, "There is no step that could be run.",
                hint: "Plan a text whose outcome is plan; answer the question of one that is clarify.")
        case .tooManySteps(let limit):
            Refusal(
                .policy, .nothingToRun, "A run has at most \(limit) steps, repeats written out.",
                hint: "Ask for fewer repetitions, or run the journey in parts."
            ).bounded(
                Bound(
                    policy: "sandbox", rule: "journey_steps", observed: .int(limit + 1),
                    limit: .int(limit)))
        case .notAvailable(let step, let action):
            Refusal(
                .simulate, .notAvailable,
                "Step \(step), \(action), cannot be run in this sandbox; nothing has been run.",
                hint: "Leave the step out, or mount a contract that can do it."
            ).listing([
                [
                    "location": "body", "pointer": .string("/steps/\(step)"), "rule": "available",
                    "expected": "a step that the sandbox can run",
                ]
            ])
        case .input(let pointer, let expected):
            .invalid(pointer: pointer, rule: "input", expected: expected)
        case .nothingToActOn(let step, let name):
            .invalid(
                pointer: "/steps/\(step)", rule: "bound",
                expected: "a \(name), made by an earlier step or named in its parameters")
        }
    }
}
