import Contracts
import HTTP

/// The calls of a sandbox, and one of them with the reason for its end.
enum RequestPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/requests") { turn throws(Fault) in try await list(turn) },
        Route(.get, "/s/{sandbox}/stream") { turn throws(Fault) in try await LiveTail.stream(turn) },
        Route(.get, "/s/{sandbox}/requests/{request}") { turn throws(Fault) in
            try await one(turn)
        },
    ]

    // MARK: The list

    private static func list(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let filter = RequestFilter(turn)
        let place: [(name: String, value: String)] =
            turn.query["cursor"].map { [("cursor", $0)] } ?? []
        let answer = try await turn.get(
            turn.sandboxAPI + "/requests"
                + Form(filter.search.parameters + place + [("limit", "\(Limits.rows)")]).asQuery)
        let rows = (answer["data"]?.array ?? []).map(CallRow.init)
        let hours = try await turn.get(turn.sandboxAPI + "/usage/hours")
        return Layout(
            turn: turn, title: say("Requests", "请求"),
            facts: HTML(say("Every call to this sandbox, newest first.", "此沙盒的全部调用，最新在前。")),
            sandbox: sandbox.frame, section: .requests
        ).answer {
            HourChart(turn, hours).html
            filter.html
            LiveTail(turn: turn, slug: sandbox.slug).html {
                if rows.isEmpty {
                    noCalls(turn, sandbox, isFiltered: !filter.search.isEmpty)
                } else {
                    callTable(turn, rows, slug: sandbox.slug)
                    pager(turn, next: answer["next"]?.string)
                }
            }
            FromCI.get(turn, turn.sandboxAPI + "/requests" + Form(filter.search.parameters).asQuery)
        }
    }

    private static func noCalls(_ turn: Turn, _ sandbox: SandboxView, isFiltered: Bool) -> HTML {
        let say = turn.language
        guard !isFiltered else {
            return emptyState(say("No call fits the filter.", "没有符合条件的调用。")) {
                link(.class("button"), .href(turn.head.path)) { say("All requests", "全部请求") }
            }
        }
        return emptyState(say("No call has arrived yet.", "尚无调用。")) {
            copyable(
                FirstCall.curl(turn, slug: sandbox.slug, key: "test_sk_…"),
                label: say("First call with curl", "用 curl 进行第一次调用"))
        }
    }

    static func callTable(_ turn: Turn, _ rows: [CallRow], slug: String) -> HTML {
        let say = turn.language
        return dataTable(
            say("Requests", "请求"),
            [
                say("Time", "时间"), say("Call", "调用"), say("Status", "状态码"),
                say("Code", "代码"), say("Operation", "操作"), "ms",
            ],
            rows.map { row in
                tr(Attribute("data-call", row.id)) {
                    td(.class("nowrap")) { Moment.element(row.at) }
                    th(Attribute("scope", "row")) {
                        link(.href("/s/\(slug)/requests/\(row.id)")) {
                            span(.class("method")) { row.method }
                            " "
                            code { row.path }
                        }
                    }
                    td { statusBadge(row.status) }
                    td { row.code.map { text in code { text } } }
                    td { row.operation ?? "–" }
                    td(.class("number")) { row.durationMilliseconds }
                }
            })
    }

    // MARK: One call

    private static func one(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        // The tenant's log: steps of a run also call the platform, whose log no sandbox has.
        let target = "/v1/requests/" + PercentEncoding.encode(turn["request"])
        let document = try await turn.get(target)
        let explanation = Explanation(try await turn.get(target + "/explain"))
        let row = CallRow(document)
        return Layout(
            turn: turn, title: "\(row.method) \(row.path)",
            facts: Web.span {
                statusBadge(row.status)
                " "
                Moment.element(row.at)
                " · \(row.durationMilliseconds) ms · "
                copyableValue(row.id)
            }, sandbox: sandbox.frame, section: .requests
        ).answer {
            explanation.html(turn)
            if let operation = row.operation, !operation.contains(" "),
                sandbox.contracts.contains(where: { $0.name == row.contract })
            {
                paragraph(.class("actions")) {
                    link(
                        .class("button"), Attribute("data-key", "t"),
                        .href("/s/\(sandbox.slug)/reference/\(PercentEncoding.encode(operation))")
                    ) { say("Open in Try it", "在“试一试”中打开") }
                }
            }
            panel(say("What each step decided", "每一步的判断"), id: "steps") {
                DecisionTrace(explanation.decisions, failedStep: explanation.step).html(say)
            }
            panel(say("Facts", "详情"), id: "facts") { factList(turn, document, row) }
            FromCI.get(turn, target + "/explain")
        }
    }

    private static func factList(_ turn: Turn, _ document: JSONValue, _ row: CallRow) -> HTML {
        let say = turn.language
        var pairs: [(String, HTML)] = [
            (say("Operation", "操作"), HTML([row.contract, row.operation].compactMap(\.self).joined(separator: "."))),
            (say("Caller", "调用者"), HTML(document["principal"]?["kind"]?.string ?? say("nobody", "匿名"))),
        ]
        if let trace = document["trace_id"]?.string {
            let page = link(.href("/s/\(turn["sandbox"])/traces/\(trace)")) { say("as a tree", "查看跨度树") }
            pairs.append((say("Trace", "追踪"), copyableValue(trace) + HTML(" ") + page))
        }
        for (name, member) in [
            (say("Bytes in", "请求字节"), "request_bytes"), (say("Bytes out", "响应字节"), "response_bytes"),
            (say("Revision", "修订号"), "revision"),
        ] {
            if let number = document[member]?.number { pairs.append((name, HTML(number.text))) }
        }
        return Web.facts(pairs)
    }
}

/// Why a call ended as it did, as the API explains it.
struct Explanation: Sendable {
    let verdict: String
    let step: String?
    let code: String?
    let evidence: JSONValue?
    let toChange: [String]
    let decisions: [JSONValue]

    init(_ document: JSONValue) {
        verdict = document["verdict"]?.string ?? ""
        let cause = document["cause"] ?? .null
        step = cause["step"]?.string
        code = cause["code"]?.string
        evidence = cause["evidence"]
        toChange = (document["to_change"]?.array ?? []).compactMap(\.string)
        decisions = document["decisions"]?.array ?? []
    }

    func html(_ turn: Turn) -> HTML {
        let say = turn.language
        let isGood = verdict == "succeeded"
        return section(
            .class("panel why " + (isGood ? "ok" : verdict)), .labelledBy("why")
        ) {
            h2(.id("why")) {
                isGood ? say("It succeeded", "调用成功") : say("Why did this fail?", "为什么失败？")
            }
            paragraph(.class("verdict")) { sentence(say) }
            if let detail = evidence?["detail"]?.string { paragraph { detail } }
            if !toChange.isEmpty {
                h3 { say("What to change", "如何改变") }
                ul { toChange.map { text in li { text } } }
            }
            if let evidence, evidence["detail"] == nil {
                details {
                    summary { say("Evidence", "依据") }
                    jsonText(evidence, label: say("Evidence", "依据"))
                }
            }
        }
    }

    /// One sentence: who ended the call, at which step, by which rule.
    func sentence(_ say: Language) -> String {
        let place = step.map { StepNames.name($0, say) } ?? ""
        let rule = code ?? ""
        return switch verdict {
        case "succeeded":
            say("Every step passed; the answer fits the contract.", "所有步骤通过，响应符合契约。")
        case "simulated_failure" where evidence?["by"] == "domain":
            say(
                "The simulated API said no, as the real one would: “\(rule)”. The platform itself worked.",
                "被模拟的 API 拒绝了调用，真实的 API 也会如此：“\(rule)”。平台本身运行正常。")
        case "simulated_failure":
            say(
                "The sandbox was asked for this outcome: the step “\(place)” chose “\(rule)”. The platform itself worked.",
                "该结果是按要求模拟的：步骤“\(place)”选择了“\(rule)”，平台本身运行正常。")
        case "refused":
            say(
                "The platform refused the call at the step “\(place)”: \(rule).",
                "平台在步骤“\(place)”拒绝了该调用：\(rule)。")
        default:
            say(
                "The platform failed at the step “\(place)”: \(rule). This is not your fault.",
                "平台在步骤“\(place)”出错：\(rule)，并非您的问题。")
        }
    }
}

/// A call that does the same from outside, on every page that shows or does something.
enum FromCI {
    static func get(_ turn: Turn, _ target: String) -> HTML {
        let key = target.hasPrefix("/admin/") ? "\"Authorization: Bearer $SBX_ADMIN_KEY\"" : "'Authorization: Bearer test_mk_…'"
        return html(turn, "curl '\(turn.addresses.portal)\(target)' \\\n  -H \(key)")
    }

    static func post(_ turn: Turn, _ target: String, _ body: JSONValue) -> HTML {
        html(
            turn,
            """
            curl -X POST \(turn.addresses.portal)\(target) \\
              -H 'Authorization: Bearer test_mk_…' \\
              -H 'Content-Type: application/json' \\
              -d '\(String(decoding: JSONWriter.bytes(body), as: UTF8.self).replacing("'", with: "'\\''"))'
            """)
    }

    private static func html(_ turn: Turn, _ command: String) -> HTML {
        let title = turn.language("Do this from CI", "在 CI 中执行")
        return details(.class("from-ci")) {
            summary { title }
            copyable(command, label: title, key: "c")
        }
    }
}
