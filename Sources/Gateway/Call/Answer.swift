import Contracts
import HTTP
import Identifiers
import Simulators
import Tenancy

/// What a call is answered with, before the fields that every answer has.
struct Answer: Sendable {
    private(set) var status: Int
    var contentType = "application/json"
    var body: [UInt8]
    var fields = HeaderFields()
    /// Sent behind the head instead of `body`; see `Response.Body.stream`.
    var stream: (@Sendable (any ResponseWriter) async throws -> Void)?
    /// Code of a simulated error, for the record.
    var code: String?
    /// Whether a browser is to treat it as data: all but pages, which bring a policy of their own.
    var isSandboxed = true
    /// What goes wrong on the wire.
    var fault: WireFault?

    init(_ status: Int, json body: [UInt8]) {
        self.status = status
        self.body = body
    }

    init(_ status: Int, _ document: JSONValue) {
        self.init(status, json: JSONWriter.bytes(document))
    }

    func withStatus(_ status: Int) -> Answer {
        var copy = self
        copy.status = status
        return copy
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
        if let page = answer.page {
            self.init(
                Self.status(of: answer), contentType: "text/html; charset=utf-8",
                Array(page.utf8))
            // Its forms go back to where it came from; nothing else runs or loads.
            isSandboxed = false
            fields.append(
                "Content-Security-Policy",
                "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
        } else if let text = answer.text {
            self.init(Self.status(of: answer), contentType: text.type, text.bytes)
        } else {
            let body = answer.storedDocument ?? JSONWriter.bytes(answer.document)
            self.init(Self.status(of: answer), json: body)
            if let type = answer.documentType { contentType = type }
        }
        code = answer.code
        if let seconds = answer.retryAfterSeconds { fields.append("Retry-After", String(seconds)) }
        if let simulated = answer.simulated { fields.append("X-Sbx-Simulated", simulated) }
        for header in answer.headers { fields.append(header.name, header.value) }
    }

    /// The first call's answer once more.
    init(replaying record: IdempotencyRecord) {
        self.init(record.status, json: record.response)
        for (name, value) in Self.fields(stored: record.headers) { fields.append(name, value) }
        code = record.status < 400 ? nil : Self.errorCode(record.response)
        fields.append("Idempotent-Replayed", "true")
        fields.append("X-Sbx-Original-Request", record.request.description)
    }

    /// The first call's own fields, for its idempotency record: an array of pairs.
    var storedFields: [UInt8] {
        JSONWriter.bytes(.array(fields.map { [.string($0.name), .string($0.value)] }))
    }

    private static func fields(stored: [UInt8]) -> [(name: String, value: String)] {
        let pairs = storedJSON(stored).array ?? []
        return pairs.compactMap { pair in
            guard let name = pair[0]?.string, let value = pair[1]?.string else { return nil }
            return (name, value)
        }
    }

    private static func errorCode(_ document: [UInt8]) -> String? {
        storedJSON(document)["error"]?["code"]?.string
    }

    private static func storedJSON(_ bytes: [UInt8]) -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            preconditionFailure("idempotency records hold JSON")
        }
    }

    /// The contract's own status, else what is usual for the outcome.
    static func status(of answer: SimulatedAnswer) -> Int {
        answer.status ?? status(of: answer.outcome)
    }

    private static func status(of outcome: SimulatedAnswer.Outcome) -> Int {
        switch outcome {
        case .found, .changed, .deleted: 200
        case .created: 201
        case .declined: 402
        case .missing: 404
        case .conflicting: 409
        }
    }
}
