import Access
import Contracts
import HTTP
import Identity
import Observability
import Runtime
import Simulators
import Tenancy

// What an upstream has answered, kept as a rule of the sandbox: the same call is answered so when
// the operation is simulated again.
extension Pipeline {
    /// What became of it, for the decision record: the rule, or why there is none.
    func record(
        _ received: UpstreamAnswer, _ path: String, _ matched: MatchedCall, _ host: String,
        _ access: SandboxAccess, _ call: Call
    ) async throws(Refusal) -> JSONValue {
        guard !Recording.passing.contains(received.status), received.status < 500 else {
            return ["left_out": "the status tells of this moment and not of the call"]
        }
        let recording = Recording(received, path, matched, host, method: call.head.method.description)
        let made = try await services.contractCache.reading { recording.rule(for: matched.mounted) }
        guard case .rule(let id, var document) = made else {
            guard case .none(let reason) = made else { return .null }
            return ["left_out": .string(reason)]
        }
        do throws(Refusal) {
            try await services.change(rulesOf: matched.mounted.name, access.withoutTrail) { rules in
                document["version"] = .int((rules.rule(id)?["version"]?.int ?? 0) + 1)
                rules.put(document, as: id)
                return (.null, .null)
            }
        } catch where error.code == .tooManyObjects {
            // The upstream has done what it was asked for; that is what the caller is told.
            return ["left_out": .string(error.detail)]
        }
        return ["rule": .string(id)]
    }
}

/// One exchange with an upstream as an HTTP archive of one entry, which is read as a rule like any
/// other archive.
private struct Recording: Sendable {
    enum Made: Sendable {
        case rule(id: String, JSONValue)
        /// Why there is none.
        case none(String)
    }

    /// Statuses about the caller's credential or pace, which say nothing of the call.
    static let passing: Set<Int> = [401, 403, 407, 408, 421, 425, 429]

    private let isText: Bool
    private let archive: JSONValue
    private let operation: String
    private let host: String

    init(
        _ received: UpstreamAnswer, _ path: String, _ matched: MatchedCall, _ host: String,
        method: String
    ) {
        let query = matched.query.map {
            "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))"
        }
        isText = String(validating: received.body, as: UTF8.self) != nil
        var request: JSONValue = [
            "method": .string(method == "HEAD" ? "GET" : method),
            "url": .string(query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"),
        ]
        if let body = matched.body {
            request["postData"] = ["text": .string(JSONWriter.text(body))]
        }
        archive = [
            "log": [
                "entries": [["request": request, "response": Self.response(received)]]
            ]
        ]
        operation = matched.operation.id
        self.host = host
    }

    /// Personal data is made up anew; keys and card numbers are masked when the archive is read.
    private static func response(_ received: UpstreamAnswer) -> JSONValue {
        let headers = received.fields.map { field -> JSONValue in
            ["name": .string(field.name), "value": .string(field.value)]
        }
        let text = String(decoding: received.body, as: UTF8.self)
        return [
            "status": .int(received.status), "headers": .array(headers),
            "content": [
                "mimeType": .string(received.contentType ?? ""),
                "text": .string(withoutPersonalData(text)),
            ],
        ]
    }

    private static func withoutPersonalData(_ text: String) -> String {
        do throws(JSONError) {
            let value = try JSONParser.parse(text)
            return JSONWriter.text(
                TextWalk.replacing(value) { _, text in PersonalData(text)?.masked(text) })
        } catch {
            return text
        }
    }

    func rule(for mounted: MountableContract) -> Made {
        guard isText else { return .none("the answer is no text") }
        let carried: CarriedRules
        do throws(RuleFault) {
            carried = try CarriedRules(JSONWriter.bytes(archive), for: mounted)
        } catch {
            return .none(error.expected)
        }
        guard
            var document = carried.rules.first(where: {
                $0.document["operation"]?.string == operation
            })?.document
        else { return .none(carried.reasons.first ?? "no rule can say it") }
        let conditions = document["when"] ?? .array([])
        guard !TextWalk.texts(of: conditions).contains(where: { PersonalData($0.text) != nil })
        else { return .none("a condition would hold somebody's data") }
        let id = Self.id(operation, conditions)
        document["id"] = .string(id)
        document["summary"] = .string("Recorded from \(host.prefix(180)).")
        // Behind rules that somebody has written, and special ones before general ones.
        document["priority"] = .int(Self.priority - Int64(conditions.array?.count ?? 0))
        return .rule(id: id, document)
    }

    private static let priority: Int64 = 1_000

    /// The same for the same call, so that a later answer takes the place of the earlier.
    private static func id(_ operation: String, _ conditions: JSONValue) -> String {
        let words = operation.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let digest = SHA256Hasher.digest(JSONWriter.bytes([.string(operation), conditions])).bytes
        let key = Base64URL.text(digest.prefix(9)).lowercased()
        return "recorded-\(words.joined(separator: "-").prefix(36))-\(key)"
    }
}
