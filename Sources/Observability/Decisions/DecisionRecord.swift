package import Contracts

/// What each step of the pipeline decided about one request, and why.
///
/// A step that lets a request pass without anything to say leaves no entry: the steps have a fixed
/// order, so a record whose last entry belongs to step n tells that all before it passed.
package struct DecisionRecord: Sendable {
    /// The pipeline's steps, DESIGN § 6, in order.
    package enum Step: String, Sendable, CaseIterable {
        case accept
        case identifySandbox = "identify_sandbox"
        case authenticate
        case authorise
        case limit = "quota_and_rate_limit"
        case policy
        case match
        case validate
        case idempotency
        case scenario
        case chaosBefore = "chaos_before"
        case simulate
        case validateAnswer = "validate_answer"
        case commit
        case chaosAfter = "chaos_after"
        case render
        case record
    }

    package enum Verdict: String, Sendable {
        /// The request went on.
        case passed
        /// The step chose the outcome, as a scenario does.
        case decided
        /// The request ended here.
        case refused

        /// As it stands between two other members of an entry.
        fileprivate var quoted: String {
            switch self {
            case .passed: "\",\"passed\",\""
            case .decided: "\",\"decided\",\""
            case .refused: "\",\"refused\",\""
            }
        }
    }

    package struct Decision: Sendable {
        package let step: Step
        package let verdict: Verdict
        /// Which rule spoke: a stable snake_case name.
        package let code: String
        /// What it saw, a JSON text: small, and never a secret.
        let evidence: [UInt8]?
    }

    package private(set) var decisions: [Decision] = []

    package init() {
        decisions.reserveCapacity(8)
    }

    package mutating func note(
        _ step: Step, _ verdict: Verdict, _ code: String, evidence: JSONValue? = nil
    ) {
        note(step, verdict, code, encodedEvidence: evidence.map { JSONWriter.bytes($0) })
    }

    /// `encodedEvidence` is a JSON text.
    package mutating func note(
        _ step: Step, _ verdict: Verdict, _ code: String, encodedEvidence: [UInt8]?
    ) {
        decisions.append(
            Decision(step: step, verdict: verdict, code: code, evidence: encodedEvidence))
    }

    /// The refusal that ended the request, nil when none did.
    package var refusal: Decision? {
        decisions.last { $0.verdict == .refused }
    }
}

extension DecisionRecord {
    /// The stored form, an array of `[step, verdict, code, evidence?]`, at most
    /// `Limits.decisionBytes` long: when evidence would make it longer, evidence is left out.
    package var stored: [UInt8] {
        let full = encoded(withEvidence: true)
        return full.count <= Limits.decisionBytes ? full : encoded(withEvidence: false)
    }

    private func encoded(withEvidence: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64 * decisions.count + 2)
        bytes.append(UInt8(ascii: "["))
        for decision in decisions {
            bytes.append(contentsOf: bytes.count > 1 ? ",[\"".utf8 : "[\"".utf8)
            // Steps, verdicts and codes are our own names and need no escaping.
            bytes.append(contentsOf: decision.step.rawValue.utf8)
            bytes.append(contentsOf: decision.verdict.quoted.utf8)
            bytes.append(contentsOf: decision.code.utf8)
            bytes.append(UInt8(ascii: "\""))
            if withEvidence, let evidence = decision.evidence {
                bytes.append(UInt8(ascii: ","))
                bytes.append(contentsOf: evidence)
            }
            bytes.append(UInt8(ascii: "]"))
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// The public form of a stored record: objects with `step`, `verdict`, `code`, `evidence`.
    package static func published(_ stored: JSONValue) -> JSONValue {
        let entries = stored.array ?? []
        return .array(
            entries.map { entry in
                var decision: JSONValue = [
                    "step": entry[0] ?? .null, "verdict": entry[1] ?? .null, "code": entry[2] ?? .null,
                ]
                if let evidence = entry[3] { decision["evidence"] = evidence }
                return decision
            })
    }
}
