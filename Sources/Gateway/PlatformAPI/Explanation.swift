import Contracts
import Observability

/// Why a call ended as it did: the one cause, and what would change it.
struct Explanation {
    let document: JSONValue

    init(_ request: LoggedRequest) {
        self.init(
            status: request.status, code: request.code, storedDecisions: request.storedDecisions)
    }

    /// `storedDecisions` as ``DecisionRecord/stored`` writes them.
    init(status: Int, code: String?, storedDecisions: JSONValue) {
        let decisions = DecisionRecord.published(storedDecisions)
        let last = decisions.array?.last { decision in
            let verdict = decision["verdict"]?.string
            return verdict == "refused" || (verdict == "decided" && code != nil)
        }
        let isRefused = last?["verdict"]?.string == "refused"
        let verdict =
            if !isRefused {
                code == nil ? "succeeded" : "simulated_failure"
            } else {
                status >= 500 ? "platform_failure" : "refused"
            }
        document = [
            "verdict": .string(verdict), "cause": Self.cause(last), "decisions": decisions,
            "to_change": .array(Self.changes(last)),
        ]
    }

    private static func cause(_ decision: JSONValue?) -> JSONValue {
        guard let decision else { return .null }
        var cause: JSONValue = ["step": decision["step"] ?? .null, "code": decision["code"] ?? .null]
        if let evidence = decision["evidence"] { cause["evidence"] = evidence }
        return cause
    }

    /// Each step that ends a call says with its evidence what would have let it pass: for faults of
    /// the request, each of them; else its hint.
    private static func changes(_ cause: JSONValue?) -> [JSONValue] {
        let evidence = cause?["evidence"]
        if let errors = evidence?["errors"]?.array {
            return errors.map { .string(change($0)) }
        }
        return evidence?["hint"].map { [$0] } ?? []
    }

    /// `body /amount: expected integer, got string "12.50".`
    private static func change(_ error: JSONValue) -> String {
        func text(_ member: String) -> String? {
            error[member]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        let place = ["location", "name", "pointer"].compactMap(text).joined(separator: " ")
        let got = text("got").map { ", got \($0)" } ?? ""
        let nearest = text("did_you_mean").map { " Did you mean \($0)?" } ?? ""
        return "\(place): expected \(text("expected") ?? "something else")\(got).\(nearest)"
    }
}
