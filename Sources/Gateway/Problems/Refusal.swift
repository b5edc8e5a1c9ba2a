import Contracts
import HTTP
import Observability
import Simulators

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
    /// What is answered in place of the problem document, where a contract has a shape for it.
    private(set) var ownAnswer: OwnAnswer?

    /// Boxed, for few refusals have one and all of them are copied.
    final class OwnAnswer: Sendable {
        let answer: Answer

        init(_ answer: Answer) { self.answer = answer }
    }

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

    /// Told in the shape that the contract declares for such a fault, if it does.
    func told(by simulator: any Simulator, of operation: Operation, _ call: Call) -> Refusal {
        let faults = errors.prefix(GatewayLimits.explainedErrors).compactMap(Self.sentence)
        guard step == .validate,
            let answer = simulator.refusal(
                of: operation, status: code.status,
                faults.isEmpty ? detail : faults.joined(separator: "; "))
        else { return self }
        var copy = self
        copy.ownAnswer = OwnAnswer(Answer(answer).written(for: call, by: operation))
        return copy
    }

    private static func sentence(_ fault: JSONValue) -> String? {
        guard let location = fault["location"]?.string, let expected = fault["expected"]?.string
        else { return nil }
        let name = fault["name"]?.string.map { " \($0)" } ?? ""
        let place = fault["xpath"]?.string ?? fault["pointer"]?.string ?? ""
        return "\(location)\(name)\(place): expected \(expected)"
    }

    func listing(_ errors: [JSONValue]) -> Refusal {
        var copy = self
        copy.errors = errors
        return copy
    }
}

extension Refusal {
    /// What the decision record keeps: a JSON object, without secrets that the caller may have put
    /// where others belong.
    var evidence: [UInt8] { SecretMask.masked(utf8: unmaskedEvidence) }

    private var unmaskedEvidence: [UInt8] {
        var evidence = JSONObjectWriter()
        evidence.member("detail", detail)
        evidence.member("hint", hint)
        if let bound {
            evidence.member("rule", bound.rule)
            evidence.member("observed", bound.observed)
            evidence.member("limit", bound.limit)
        }
        if !errors.isEmpty {
            evidence.member("errors", .array(Array(errors.prefix(GatewayLimits.explainedErrors))))
        }
        return evidence.finish()
    }

    /// The problem document, RFC 9457. `explanationPath` is nil for a call that nobody can look up.
    func document(requestID: String, portalURL: String, explanationPath: String?) -> [UInt8] {
        var document = JSONObjectWriter()
        document.member("type", portalURL, "/docs/problems/", code.rawValue)
        document.member("title", code.title)
        document.member("status", code.status)
        document.member("detail", detail)
        document.member("code", code.rawValue)
        document.member("hint", hint)
        document.member("instance", "urn:sbx:request:", requestID)
        document.member("request_id", requestID)
        if let explanationPath { document.member("explain_url", portalURL, explanationPath) }
        if let bound {
            document.member("policy", bound.policy)
            document.member("rule", bound.rule)
            document.member("observed", bound.observed)
            document.member("limit", bound.limit)
        }
        if !errors.isEmpty { document.member("errors", .array(errors)) }
        return document.finish()
    }
}

typealias DecisionStep = DecisionRecord.Step
