import Contracts
import HTTP
import Observability

/// Why the platform ends a request itself: the step that did, the problem, and everything that a
/// reader needs to understand it without a second look-up.
package struct Refusal: Error, Sendable {
    let step: DecisionRecord.Step
    let code: ProblemCode
    /// What happened this time, for the client: no SQL, paths, secrets or others' ids.
    let detail: String
    /// What to do next.
    let hint: String
    /// For limits and guards: whose rule it is, which one, what it saw and what it allows.
    var bound: Bound?
    /// Faults of the request, each with a pointer to the member.
    var errors: [JSONValue] = []
    var fields = HeaderFields()

    struct Bound: Sendable {
        let policy: String
        let rule: String
        let observed: JSONValue
        let limit: JSONValue
    }

    init(_ step: DecisionRecord.Step, _ code: ProblemCode, _ detail: String, hint: String) {
        self.step = step
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    func with(_ name: String, _ value: String) -> Refusal {
        var copy = self
        copy.fields.append(name, value)
        return copy
    }

    func bounded(_ bound: Bound) -> Refusal {
        var copy = self
        copy.bound = bound
        return copy
    }

    func listing(_ errors: [JSONValue]) -> Refusal {
        var copy = self
        copy.errors = errors
        return copy
    }
}

extension Refusal {
    /// What the decision record keeps.
    var evidence: JSONValue {
        var evidence: JSONValue = ["detail": .string(detail), "hint": .string(hint)]
        if let bound {
            evidence["rule"] = .string(bound.rule)
            evidence["observed"] = bound.observed
            evidence["limit"] = bound.limit
        }
        if let first = errors.first { evidence["first_error"] = first }
        return evidence
    }

    /// The problem document, RFC 9457.
    func document(requestID: String, portalURL: String, explainURL: String?) -> JSONValue {
        var document: JSONValue = [
            "type": "\(portalURL)/docs/problems/\(code.rawValue)",
            "title": .string(code.title),
            "status": .int(code.status),
            "detail": .string(detail),
            "code": .string(code.rawValue),
            "hint": .string(hint),
            "instance": "urn:sbx:request:\(requestID)",
            "request_id": .string(requestID),
        ]
        if let explainURL { document["explain_url"] = .string(explainURL) }
        if let bound {
            document["policy"] = .string(bound.policy)
            document["rule"] = .string(bound.rule)
            document["observed"] = bound.observed
            document["limit"] = bound.limit
        }
        if !errors.isEmpty { document["errors"] = .array(errors) }
        return document
    }
}

typealias DecisionStep = DecisionRecord.Step
