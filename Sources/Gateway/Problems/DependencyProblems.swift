import Observability
import Simulators

// Refusals of dependencies.
extension Refusal {
    static func dependencyNotFound(_ name: String) -> Refusal {
        let known = Dependency.allCases.map(\.rawValue).joined(separator: ", ")
        return Refusal(
            .simulate, .notFound, "There is no dependency \"\(name.prefix(64))\".",
            hint: "Those there are: \(known).")
    }
}
