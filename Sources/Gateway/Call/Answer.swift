import Contracts
import HTTP
import Identifiers
import Simulators
import Tenancy

/// What a call is answered with, before the fields that every answer has.
struct Answer: Sendable {
    let status: Int
    var contentType = "application/json"
    var body: [UInt8]
    var fields = HeaderFields()
    /// Code of a simulated error, for the record.
    var code: String?

    init(_ status: Int, json body: [UInt8]) {
        self.status = status
        self.body = body
    }

    init(_ status: Int, _ document: JSONValue) {
        self.init(status, json: JSONWriter.bytes(document))
    }

    init(_ status: Int, contentType: String, _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

extension Answer {
    /// A simulator's answer. The header tells a simulated failure from one of the platform.
    init(_ answer: SimulatedAnswer) {
        self.init(Self.status(of: answer.outcome), answer.document)
        code = answer.code
        if let simulated = answer.simulated { fields.append("X-Sbx-Simulated", simulated) }
    }

    /// The first call's answer once more.
    init(replaying record: IdempotencyRecord) {
        self.init(record.status, json: record.response)
        fields.append("Idempotent-Replayed", "true")
        fields.append("X-Sbx-Original-Request", record.request.description)
    }

    static func status(of outcome: SimulatedAnswer.Outcome) -> Int {
        switch outcome {
        case .found, .changed, .deleted: 200
        case .created: 201
        case .declined: 402
        case .missing: 404
        case .conflicting: 409
        }
    }
}
