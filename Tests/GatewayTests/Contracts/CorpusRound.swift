import Contracts
import HTTP
import Testing

@testable import Simulators

/// A round through every operation of a contract: objects are made first, then whatever works on
/// them, then they are deleted, from the innermost out.
struct CorpusRound {
    struct Outcome: Sendable {
        var right = 0
        var wrong: [String] = []
        /// Operations and their answers, one JSON object each, for another validator to judge.
        var exchanges: [JSONValue] = []

        var all: Int { right + wrong.count }
    }

    let sandbox: TestSandbox
    let name: String
    let contract: Contract
    private let resources: ResourceMap
    /// What names the object that was made last, by the form of its path.
    private var ids: [String: String] = [:]

    init(_ sandbox: TestSandbox, _ name: String, _ contract: Contract) {
        self.sandbox = sandbox
        self.name = name
        self.contract = contract
        resources = ResourceMap(contract)
    }

    mutating func run() async throws -> Outcome {
        var outcome = Outcome()
        for operation in inOrder {
            let request = MadeRequest(
                operation,
                MakingContext(
                    seed: 1, now: "2031-03-03T12:00:00Z", seconds: 1_930_392_000, direction: .request),
                known: { [ids] in Self.known($0, operation, ids) })
            let answer = try await sandbox.gateway.send(call(operation, request))
            let fault = fault(operation, answer)
            outcome.exchanges.append(exchange(operation, answer, isRight: fault == nil))
            if let fault {
                outcome.wrong.append("\(operation.method) \(operation.path): \(fault)")
            } else {
                outcome.right += 1
                remember(operation, answer)
            }
        }
        return outcome
    }

    private var inOrder: [Contracts.Operation] {
        let depth = { (operation: Contracts.Operation) in PathTemplate(operation.path).parts.count }
        let isCreate = { [resources] (operation: Contracts.Operation) in
            if case .create = resources.role(of: operation) { true } else { false }
        }
        let all = contract.operations
        return all.filter(isCreate).sorted { depth($0) < depth($1) }
            + all.filter { !isCreate($0) && $0.method != "DELETE" }
            + all.filter { $0.method == "DELETE" }.sorted { depth($0) > depth($1) }
    }

    private static func known(
        _ parameter: String, _ operation: Contracts.Operation, _ ids: [String: String]
    ) -> String? {
        let template = PathTemplate(operation.path)
        let place = template.parts.firstIndex { part in
            if case .parameter(parameter) = part { true } else { false }
        }
        return place.flatMap { ids[template.prefix($0 + 1).form] }
    }

    private mutating func remember(_ operation: Contracts.Operation, _ answer: TestAnswer) {
        guard case .create(let resource) = resources.role(of: operation) else { return }
        let plan = AnswerPlan(operation, of: resource, preferring: 201)
        var value: JSONValue? = answer.body.isEmpty ? nil : answer.json
        for step in plan.way {
            switch step {
            case .member(let name): value = value?[name]
            case .element: value = value?[0]
            }
        }
        guard let member = plan.idMember, let id = value?[member]?.plainText else { return }
        ids[PathTemplate(operation.path).form + "/{}"] = id
    }

    private func call(_ operation: Contracts.Operation, _ request: MadeRequest) -> TestCall {
        let query = request.query.map { "\(Form.escaped($0.name))=\(Form.escaped($0.value))" }
        var call = TestCall(
            operation.method,
            request.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
        call.host = "\(name)--\(sandbox.host)"
        call.key = sandbox.key
        call.fields = request.headers.filter { $0.name.lowercased() != "authorization" }
        guard let type = request.contentType, let body = request.body else { return call }
        call.contentType = type.hasPrefix("multipart/") ? type + "; boundary=b" : type
        call.body = Form.bytes(body, type)
        return call
    }

    /// What is wrong with the answer to a request that was right.
    private func fault(_ operation: Contracts.Operation, _ answer: TestAnswer) -> String? {
        guard (200..<400).contains(answer.status) else {
            let faults = answer.at("/errors/0").map { JSONWriter.text($0) }
            return "\(answer.status) \(faults ?? String(decoding: answer.body.prefix(300), as: UTF8.self))"
        }
        let isJSON = answer["Content-Type"]?.contains("json") ?? false
        let faults = operation.validateAnswer(
            status: answer.status, body: isJSON ? answer.json : nil)
        return faults.first?.description
    }

    private func exchange(
        _ operation: Contracts.Operation, _ answer: TestAnswer, isRight: Bool
    ) -> JSONValue {
        [
            "path": .string(operation.path), "method": .string(operation.method.lowercased()),
            "status": .int(answer.status), "type": .string(answer["Content-Type"] ?? ""),
            "body": .string(String(decoding: answer.body, as: UTF8.self)),
            "taken_as_right": .bool(isRight),
        ]
    }
}

/// Bodies as clients write them.
enum Form {
    static func bytes(_ body: JSONValue, _ type: String) -> [UInt8] {
        if type.contains("json") { return JSONWriter.bytes(body) }
        if type.contains("urlencoded") {
            return Array(
                pairs(body).map { "\(escaped($0.name))=\(escaped($0.value))" }
                    .joined(separator: "&").utf8)
        }
        if type.hasPrefix("multipart/") {
            let parts = pairs(body).map { pair in
                "--b\r\nContent-Disposition: form-data; name=\"\(pair.name)\"\r\n\r\n\(pair.value)\r\n"
            }
            return Array((parts.joined() + "--b--\r\n").utf8)
        }
        return Array((body.string ?? JSONWriter.text(body)).utf8)
    }

    private static func pairs(
        _ value: JSONValue, _ name: String = ""
    ) -> [(name: String, value: String)] {
        switch value {
        case .object(let object):
            object.members.flatMap { pairs($0.value, name.isEmpty ? $0.name : "\(name)[\($0.name)]") }
        case .array(let items): items.enumerated().flatMap { pairs($1, "\(name)[\($0)]") }
        case .string(let text): [(name, text)]
        case .null: [(name, "")]
        case .bool, .number: [(name, JSONWriter.text(value))]
        }
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
            return isPlain
                ? String(Unicode.Scalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
