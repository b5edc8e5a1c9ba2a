import Contracts

@testable import Copilot

/// The judging rules of the request files' page: every expected parameter must be matched, more are
/// harmless, `count` is repetition, added steps do not count.
enum Judge {
    /// Differences from the nearest accepted answer; empty for an exact one.
    static func problems(_ request: Request, _ plan: Plan) -> [String] {
        let answer = JSONValue.object(plan.json)
        return request.accepted.map { compare($0, answer) }.min { $0.count < $1.count } ?? []
    }

    private static func compare(_ want: JSONValue, _ got: JSONValue) -> [String] {
        var found: [String] = []
        if want["outcome"] != got["outcome"] {
            found.append("outcome \(got["outcome"]?.string ?? "none")")
        }
        found += steps(flat(want["steps"]), flat(got["steps"]))
        guard want["outcome"]?.string == "plan" else { return found }
        if (got["webhook"]?.bool ?? false) != (want["webhook"]?.bool ?? false) {
            found.append("webhook")
        }
        if !sameClosed(want["chaos"], got["chaos"]) {
            found.append("chaos \(got["chaos"] ?? .null)")
        }
        if !sameClosed(want["time_travel"], got["time_travel"]) {
            found.append("time_travel \(got["time_travel"] ?? .null)")
        }
        if want["order"]?.string == "parallel", got["order"]?.string != "parallel" {
            found.append("order")
        }
        return found
    }

    private struct FlatStep {
        let action: String
        let scenario: String?
        let params: JSONValue
        let condition: String?
    }

    /// Steps with repeats written out and added ones left out; `if` points into the flat list.
    private static func flat(_ steps: JSONValue?) -> [FlatStep] {
        var flat: [JSONValue] = []
        var first: [Int: Int] = [:]
        for (index, step) in (steps?.array ?? []).enumerated() where step["added"]?.bool != true {
            first[index] = flat.count
            flat += Array(repeating: step, count: Int(step["count"]?.int ?? 1))
        }
        return flat.map { step in
            let condition = step["if"].map {
                "\(first[Int($0["step"]?.int ?? -1)] ?? -1) \($0["status"]?.string ?? "")"
            }
            return FlatStep(
                action: step["action"]?.string ?? "", scenario: scenario(step),
                params: step["params"] ?? .object(JSONObject()), condition: condition)
        }
    }

    private static func scenario(_ step: JSONValue) -> String? {
        let name = step["scenario"]?.string
        return ["success", "delivered", "kyc_approved", "kyb_approved"].contains(name) ? nil : name
    }

    private static func steps(_ want: [FlatStep], _ got: [FlatStep]) -> [String] {
        var found = want.count == got.count ? [] : ["\(got.count) steps, not \(want.count)"]
        for (index, (want, got)) in zip(want, got).enumerated() {
            guard want.action == got.action else {
                found.append("step \(index): \(got.action), not \(want.action)")
                continue
            }
            if want.scenario != got.scenario {
                found.append(
                    "step \(index): scenario \(got.scenario ?? "none"), not \(want.scenario ?? "none")"
                )
            }
            if want.condition != got.condition {
                found.append("step \(index): if \(got.condition ?? "none")")
            }
            for member in want.params.object?.members ?? [] where !sameParameter(member, got.params)
            {
                found.append(
                    "step \(index): \(member.name) \(got.params[member.name] ?? .null), not \(member.value)"
                )
            }
        }
        return found
    }

    private static func sameParameter(_ want: JSONObject.Member, _ got: JSONValue) -> Bool {
        if want.name == "cross_currency", got["cross_currency"] == nil {
            let pair = (got["currency"]?.string, got["settlement_currency"]?.string)
            return pair.0 != nil && pair.1 != nil && pair.0 != pair.1
        }
        return got[want.name].map { same(want.value, $0) } ?? false
    }

    /// Equal lengths of time are equal, however they are written.
    private static func same(_ want: JSONValue, _ got: JSONValue) -> Bool {
        if let a = want.string, let b = got.string, a != b {
            guard let left = Value.Span(iso8601: a), let right = Value.Span(iso8601: b) else {
                return false
            }
            return left == right
        }
        return want.means(got)
    }

    private static func sameClosed(_ want: JSONValue?, _ got: JSONValue?) -> Bool {
        let (want, got) = (want ?? .null, got ?? .null)
        guard let left = want.object, let right = got.object else { return same(want, got) }
        return left.members.count == right.members.count
            && left.members.allSatisfy { sameClosed($0.value, right[$0.name]) }
    }
}
