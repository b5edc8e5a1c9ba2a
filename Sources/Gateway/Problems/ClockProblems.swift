import Access
import Contracts
import Observability
import Simulators
import Tenancy

// Answers to what a clock refuses.
extension Refusal {
    /// `pointer` is the member that says where to.
    static func clock(_ error: ClockError, pointer: String) -> Refusal {
        switch error {
        case .backwards(let now):
            .invalid(
                pointer: pointer, rule: "minimum",
                expected: "\(now.rfc3339) or later; to go back, restore a checkpoint")
        case .tooFar:
            .invalid(
                pointer: pointer, rule: "maximum",
                expected: "at most a hundred years ahead; go on with another call")
        case .nothingScheduled(let kind):
            .invalid(
                pointer: pointer, rule: "scheduled", expected: "a sandbox where a \(kind) is scheduled")
        case .tenancy(let error): .tenancy(error, during: .simulate)
        case .simulation(let error): .simulation(error)
        }
    }
}
