import Contracts
import HTTP

/// The operations of a sandbox's contracts, each with an example to send from here.
enum ReferencePages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/reference") { turn throws(Fault) in try await list(turn) },
        Route(.get, "/s/{sandbox}/reference/{operation}") { turn throws(Fault) in
            try await one(turn)
        },
        Route(.post, "/s/{sandbox}/try/{operation}") { turn throws(Fault) in try await send(turn) },
    ]

    static func operations(
        _ turn: Turn, _ sandbox: SandboxView
    ) async throws(Fault) -> [OperationView] {
        var found: [OperationView] = []
        for contract in sandbox.contracts {
            let name = PercentEncoding.encode(contract.name)
            let document = try await turn.get(turn.sandboxAPI + "/apis/\(name)")
            found += OperationView.all(in: document, contract: contract)
        }
        return found
    }

    private static func list(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let operations = try await operations(turn, sandbox)
        return Layout(
            turn: turn, title: say("Reference", "参考"),
            facts: HTML(say("Every operation, with an example to send.", "全部操作，附可发送的示例。")),
            sandbox: sandbox.frame, section: .reference
        ).answer {
            sandbox.contracts.map { contract in
                panel("\(contract.name) \(contract.version)", id: "contract-\(contract.name)") {
                    copyableValue(contract.baseURL)
                    ul(.class("rows")) {
                        operations.filter { $0.contract == contract.name }.map { operation in
                            li {
                                link(.href("/s/\(turn["sandbox"])/reference/\(operation.id)")) {
                                    span(.class("method")) { operation.method }
                                    " "
                                    code { operation.path }
                                }
                                span(.class("muted"), .lang("en")) { operation.summary }
                            }
                        }
                    }
                }
            }
            FromCI.get(turn, turn.sandboxAPI + "/apis/payments")
        }
    }

    private static func one(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let sandbox = try await turn.sandbox()
        let all = try await operations(turn, sandbox)
        guard let operation = all.first(where: { $0.id == turn["operation"] }) else {
            throw .notFound
        }
        return page(turn, sandbox, operation, answer: nil)
    }

    private static func page(
        _ turn: Turn, _ sandbox: SandboxView, _ operation: OperationView, answer: APIAnswer?,
        fault: String? = nil
    ) -> PortalAnswer {
        let say = turn.language
        return Layout(
            turn: turn, title: operation.id.replacing("_", with: " "),
            facts: Web.span {
                span(.class("method")) { operation.method }
                " "
                code { operation.path }
                " · "
                span(.lang("en")) { operation.summary }
            }, sandbox: sandbox.frame, section: .reference
        ).answer(fault == nil ? 200 : 422) {
            if let fault { notice(.error) { fault } }
            if let answer { answerPanel(turn, answer) }
            if operation.isTryable {
                panel(say("Try it", "试一试"), id: "try") { tryForm(turn, operation) }
            }
            panel(say("From your own code", "在代码中调用"), id: "curl") {
                copyable(operation.curl, label: say("The call with curl", "curl 调用"), key: "c")
            }
            FromCI.get(turn, turn.sandboxAPI + "/apis/\(operation.contract)")
        }
    }

    // MARK: Try it

    private static func tryForm(_ turn: Turn, _ operation: OperationView) -> HTML {
        let say = turn.language
        return PostForm(turn, "/s/\(turn["sandbox"])/try/\(operation.id)", class: "stack") {
            paragraph(.class("muted")) {
                say(
                    "Sent by the server as you, to this sandbox only.",
                    "由服务器以您的身份发送，仅限此沙盒。")
            }
            operation.pathParameters.map { name in
                Field(
                    name: "path.\(name)", label: name, value: turn.form["path.\(name)"] ?? ""
                ).html
            }
            Field(
                name: "scenario", label: say("Scenario", "场景"), value: turn.form["scenario"] ?? "",
                hint: say("Optional, e.g. card_declined.", "可选，如 card_declined。"),
                isRequired: false
            ).html
            if let example = operation.example {
                div(.class("field")) {
                    label(Attribute("for", "body")) { say("Body", "请求体") }
                    textarea(
                        .id("body"), .name("body"), .class("code"), Attribute("rows", "10"),
                        Attribute("data-key", "t"),
                        Attribute("spellcheck", "false")
                    ) {
                        turn.form["body"]
                            ?? String(decoding: JSONLayout.bytes(example), as: UTF8.self)
                    }
                }
            }
            button(.type("submit"), .class("primary")) { say("Send", "发送") }
        }
    }

    /// The answer stands nowhere but here: bodies are not stored. Its decisions are, and are linked.
    private static func answerPanel(_ turn: Turn, _ answer: APIAnswer) -> HTML {
        let say = turn.language
        return panel(say("The answer", "响应"), id: "answer") {
            paragraph(.class("badges")) {
                statusBadge(Int64(answer.status))
                link(.href("/s/\(turn["sandbox"])/requests/\(answer.requestID)")) {
                    answer.isGood
                        ? say("What each step decided", "每一步的判断")
                        : say("Why did this fail?", "为什么失败？")
                }
            }
            jsonText(answer.document, label: say("The answer", "响应"))
        }
    }

    private static func send(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let all = try await operations(turn, sandbox)
        guard let operation = all.first(where: { $0.id == turn["operation"] }), operation.isTryable,
            let method = Method(operation.method)
        else { throw .notFound }
        var path = operation.path
        for name in operation.pathParameters {
            let value = PercentEncoding.encode(turn.form["path.\(name)"] ?? "")
            path = path.replacing("{\(name)}", with: value)
        }
        var body: JSONValue?
        if operation.example != nil, let text = turn.form["body"] {
            do throws(JSONError) {
                body = try JSONParser.parse(Array(text.utf8))
            } catch {
                return page(
                    turn, sandbox, operation, answer: nil,
                    fault: say("The body is not JSON. Nothing was sent.", "请求体不是 JSON，未发送。"))
            }
        }
        var call = APICall(method, path, body: body)
        call.sandbox = (sandbox.slug, operation.contract)
        if let scenario = turn.form["scenario"] {
            call.fields = [("X-Sandbox-Scenario", scenario)]
        }
        return page(turn, sandbox, operation, answer: await turn.send(call))
    }
}

/// An operation of a contract, as the reference shows it.
struct OperationView: Sendable {
    let id: String
    let contract: String
    let baseURL: String
    let method: String
    let path: String
    let summary: String
    /// A valid body, from the contract's examples; nil where the operation takes none.
    let example: JSONValue?
    let isTryable: Bool

    var pathParameters: [String] {
        path.matches(of: /\{([^}]+)\}/).map { String($0.1) }
    }

    var curl: String {
        var lines = ["curl \(method == "GET" ? "" : "-X \(method) ")\(baseURL)\(path)"]
        lines.append("  -H 'Authorization: Bearer test_sk_…'")
        if let example {
            let body = String(decoding: JSONWriter.bytes(example), as: UTF8.self)
            lines.append("  -H 'Content-Type: application/json'")
            lines.append("  -d '\(body.replacing("'", with: "'\\''"))'")
        }
        return lines.joined(separator: " \\\n")
    }

    static func all(in document: JSONValue, contract: SandboxView.Contract) -> [OperationView] {
        var found: [OperationView] = []
        for item in document["paths"]?.object?.members ?? [] {
            for entry in item.value.object?.members ?? [] {
                guard let id = entry.value["operationId"]?.string else { continue }
                found.append(
                    OperationView(
                        id: id, contract: contract.name, baseURL: contract.baseURL,
                        method: entry.name.uppercased(), path: item.name,
                        summary: entry.value["summary"]?.string ?? "",
                        example: example(of: entry.value),
                        isTryable: entry.value["x-sbx-explorer"]?.string != "hidden"))
            }
        }
        return found
    }

    private static func example(of operation: JSONValue) -> JSONValue? {
        guard let content = operation["requestBody"]?["content"]?["application/json"] else {
            return nil
        }
        if let example = content["example"] { return example }
        // The shortest: it names the fewest objects that this sandbox may not have.
        let examples = (content["examples"]?.object?.members ?? []).compactMap { $0.value["value"] }
        return examples.min { JSONWriter.bytes($0).count < JSONWriter.bytes($1).count } ?? [:]
    }
}
