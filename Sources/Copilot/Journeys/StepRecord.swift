package import Contracts

/// What a step of a run has done.
package struct StepRecord: Sendable {
    package enum Status: String, Sendable {
        case pending, running
        /// Ended as the journey wants it; a decline that it asks for is a success.
        case succeeded
        case failed
        /// Its condition was not met.
        case skipped
        /// The process went away in its middle.
        case interrupted
    }

    package var status: Status
    /// `succeeded`, `declined`, `failed`, `refused`, `pending`, or an end that the object has come
    /// to: `won`, `lost`, `expired`. What conditions look at.
    package var outcome: String?
    /// The point before the step, to go back to.
    package var checkpoint: String?
    package var requestID: String?
    package var durationMilliseconds: Int64?
    /// Status of the answer.
    package var httpStatus: Int?
    package var code: String?
    /// What was simulated on purpose, as `X-Sbx-Simulated` says it.
    package var simulated: String?
    /// Why it was declined or refused; nil for a step that went well.
    package var explanation: JSONValue?
    /// `{id, type}` of the events that it led to, oldest first.
    package var events: [JSONValue] = []
    /// The answer's body; of the platform's own operations only what names things.
    package var outputs: JSONValue = .null

    package static let pending = StepRecord(status: .pending)

    init(status: Status) { self.status = status }
}

extension StepRecord {
    package var document: JSONObject {
        var document = JSONObject()
        document["status"] = .string(status.rawValue)
        document["outcome"] = .string(orNull: outcome)
        document["checkpoint"] = .string(orNull: checkpoint)
        document["request_id"] = .string(orNull: requestID)
        document["duration_ms"] = durationMilliseconds.map { .int($0) } ?? .null
        document["http_status"] = httpStatus.map { .int($0) } ?? .null
        document["code"] = .string(orNull: code)
        document["simulated"] = .string(orNull: simulated)
        document["explanation"] = explanation ?? .null
        document["events"] = .array(events)
        document["outputs"] = outputs
        return document
    }

    /// Reads what ``document`` writes.
    package init(stored: JSONValue) {
        status = stored["status"]?.string.flatMap(Status.init(rawValue:)) ?? .pending
        outcome = stored["outcome"]?.string
        checkpoint = stored["checkpoint"]?.string
        requestID = stored["request_id"]?.string
        durationMilliseconds = stored["duration_ms"]?.int
        httpStatus = stored["http_status"]?.int.map { Int($0) }
        code = stored["code"]?.string
        simulated = stored["simulated"]?.string
        explanation = stored["explanation"].flatMap { $0.isNull ? nil : $0 }
        events = stored["events"]?.array ?? []
        outputs = stored["outputs"] ?? .null
    }
}

/// What came back for a step's call.
package struct StepAnswer: Sendable {
    package let requestID: String
    package let status: Int
    package let code: String?
    package let simulated: String?
    package let body: JSONValue
    package let explanation: JSONValue
    package let durationMilliseconds: Int64

    package init(
        requestID: String, status: Int, code: String?, simulated: String?, body: JSONValue,
        explanation: JSONValue, durationMilliseconds: Int64
    ) {
        self.requestID = requestID
        self.status = status
        self.code = code
        self.simulated = simulated
        self.body = body
        self.explanation = explanation
        self.durationMilliseconds = durationMilliseconds
    }

    /// Says how the call ended, in the words of conditions.
    package var outcome: String {
        guard (200..<300).contains(status) else {
            if status == 402 { return "declined" }
            return simulated == nil ? "refused" : "failed"
        }
        return Self.outcome(ofObject: body)
    }

    /// What an object's own status says of it.
    package static func outcome(ofObject object: JSONValue) -> String {
        switch object["status"]?.string {
        case "failed", "returned", "canceled": "failed"
        case "won": "won"
        case "lost": "lost"
        case "expired": "expired"
        case "pending", "requires_action", "in_review", "requires_payment_method", "needs_response",
            "under_review":
            "pending"
        default: "succeeded"
        }
    }
}
