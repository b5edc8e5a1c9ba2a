import Contracts

/// Any bytes as a request: the planner answers, the same again, and every step hangs on earlier ones
/// and names the places and rules that made it. libFuzzer's own time limit bounds each answer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPlanner(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let plan = Planner.plan(text)
    precondition(plan.hash == Planner.plan(text).hash)
    precondition(plan.steps.count <= Limits.stepsMax)
    precondition(plan.outcome == .plan || plan.steps.isEmpty)
    for (place, step) in plan.steps.enumerated() {
        precondition(step.after.allSatisfy { $0 < place } && step.condition?.step ?? -1 < place)
        precondition(!step.spans.isEmpty && !step.rules.isEmpty)
        precondition((1...Limits.countMax).contains(step.count))
        precondition(step.params["amount"]?.int ?? 0 >= 0)
    }
    return 0
}
