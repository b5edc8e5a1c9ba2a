import Contracts
import HTTP

/// Runs of journeys: the list, and one with what each step did.
enum RunPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/runs") { turn throws(Fault) in try await all(turn) },
        Route(.get, "/s/{sandbox}/runs/{run}") { turn throws(Fault) in
            try await one(turn, problem: nil)
        },
        Route(.post, "/s/{sandbox}/runs/{run}/rerun") { turn throws(Fault) in
            try await rerun(turn)
        },
    ]

    // MARK: The list

    private static func all(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let cursor = turn.query["cursor"].map { [("cursor", $0)] } ?? []
        let answer = try await turn.get(
            turn.sandboxAPI + "/runs" + Form([("limit", "\(Limits.rows)")] + cursor).asQuery)
        return Layout(
            turn: turn, title: say("Runs", "运行"),
            facts: HTML(say("What plans and journeys have done here.", "计划与旅程在此执行的记录。")),
            sandbox: sandbox.frame, section: .runs
        ).answer {
            list(turn, answer["data"]?.array ?? [])
            pager(turn, next: answer["next"]?.string)
            FromCI.get(turn, turn.sandboxAPI + "/runs")
        }
    }

    static func list(_ turn: Turn, _ runs: [JSONValue]) -> HTML {
        let say = turn.language
        guard !runs.isEmpty else {
            return emptyState(say("Nothing has run yet.", "尚无运行。")) {
                link(.class("button"), .href("/s/\(turn["sandbox"])/assistant")) {
                    say("Ask the assistant", "询问助手")
                }
            }
        }
        return dataTable(
            say("Runs", "运行"),
            [say("Run", "运行"), say("State", "状态"), say("Steps", "步骤"), say("Begun", "开始")],
            runs.map { run in
                let id = run["id"]?.string ?? ""
                return tr {
                    th(Attribute("scope", "row")) {
                        link(.href("/s/\(turn["sandbox"])/runs/\(id)")) { title(of: run, say) }
                    }
                    td { RunStatus.badge(run["status"]?.string ?? "", say) }
                    td(.class("number")) { "\(run["steps"]?.array?.count ?? 0)" }
                    td(.class("nowrap")) { Moment.element(run["created_at"]?.string) }
                }
            })
    }

    private static func title(of run: JSONValue, _ say: Language) -> String {
        let journey = run["journey"]?.string ?? ""
        guard journey.hasPrefix("jrn_") else { return journey.replacing("_", with: " ") }
        let first = run["steps"]?[0]?["action"]?.string ?? ""
        return ActionNames.name(first, say) + " …"
    }

    // MARK: One run

    private static func one(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let target = turn.sandboxAPI + "/runs/" + PercentEncoding.encode(turn["run"])
        let run = try await turn.get(target)
        let state = run["status"]?.string ?? ""
        let steps = (run["steps"]?.array ?? []).map(RunStep.init)
        return Layout(
            turn: turn, title: say("Run", "运行"),
            facts: Web.span {
                RunStatus.badge(state, say)
                " "
                Moment.element(run["created_at"]?.string)
                " · "
                copyableValue(run["id"]?.string ?? "")
            }, sandbox: sandbox.frame, section: .runs
        ).answer(status) {
            if let problem { problem.html(say) }
            if let old = run["rerun_of"]?.string { rerunLine(turn, old, run) }
            Element("live-run")(
                .id("run"), Attribute("data-status", state), Attribute("aria-live", "polite")
            ) {
                if state == "running" {
                    notice(.info) {
                        say("Under way. ", "正在运行。")
                        link(.href(turn.head.path)) { say("Look again", "刷新") }
                    }
                }
                ol(.class("run-steps")) {
                    steps.map { $0.html(turn, mayRerun: state != "running") }
                }
            }
            FromCI.get(turn, target)
        }
    }

    private static func rerunLine(_ turn: Turn, _ old: String, _ run: JSONValue) -> HTML {
        let say = turn.language
        let from = (run["from_step"]?.int ?? 0) + 1
        return paragraph(.class("muted")) {
            say("Rerun from step \(from) of ", "自第 \(from) 步重新运行：")
            link(.href("/s/\(turn["sandbox"])/runs/\(old)")) { code { old } }
        }
    }

    private static func rerun(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let target = turn.sandboxAPI + "/runs/" + PercentEncoding.encode(turn["run"])
        let step = turn.form["step"] ?? "0"
        var body: JSONValue = ["from_step": .int(Int64(step) ?? 0)]
        if let amount = turn.form["amount"].flatMap(Int64.init) {
            body["inputs"] = .object(
                JSONObject([.init(name: step, value: ["amount": .int(amount)])]))
        }
        let answer = await turn.send(
            APICall(.post, target + "/rerun?wait=\(Limits.runWaitSeconds)", body: body))
        guard answer.isGood, let run = answer.document["id"]?.string else {
            return try await one(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/runs/\(run)")
    }
}

/// A step of a run: what was called, how it ended, and why.
struct RunStep {
    private let document: JSONValue
    private let number: Int64
    private let status: String
    private let explanation: Explanation?

    init(_ document: JSONValue) {
        self.document = document
        number = document["n"]?.int ?? 0
        status = document["status"]?.string ?? ""
        let told = document["explanation"] ?? .null
        explanation = told.isNull ? nil : Explanation(told)
    }

    func html(_ turn: Turn, mayRerun: Bool) -> HTML {
        let say = turn.language
        return li(.id("step-\(number)"), .class("card step \(status)")) {
            h2 {
                span(.class("step-number")) { "\(number + 1)" }
                ActionNames.name(document["action"]?.string ?? "", say)
            }
            paragraph(.class("badges")) {
                RunStatus.badge(status, say)
                if let outcome = document["outcome"]?.string {
                    badge(RunStatus.word(outcome, say), RunStatus.kind(outcome))
                }
                if let code = document["http_status"]?.int { statusBadge(code) }
                if let time = document["duration_ms"]?.int { span(.class("muted")) { "\(time) ms" } }
            }
            let parameters = ParameterText.pairs(document["params"] ?? .null)
            if !parameters.isEmpty { Web.facts(parameters.map { ($0.0, HTML($0.1)) }) }
            if let explanation { why(explanation, say) }
            events(say)
            paragraph(.class("actions")) {
                if let request = document["request_id"]?.string {
                    link(.href("/s/\(turn["sandbox"])/requests/\(request)")) {
                        say("See the request", "查看请求")
                    }
                }
            }
            outputs(say)
            if mayRerun, document["checkpoint"]?.string != nil { rerunForm(turn) }
        }
    }

    private func why(_ explanation: Explanation, _ say: Language) -> HTML {
        div(.class("explanation")) {
            h3 { say("Why", "原因") }
            paragraph { explanation.sentence(say) }
            if let code = document["code"]?.string { paragraph { Web.code { code } } }
            ul { explanation.toChange.map { text in li { text } } }
        }
    }

    private func events(_ say: Language) -> HTML? {
        let types = (document["events"]?.array ?? []).compactMap { $0["type"]?.string }
        guard !types.isEmpty else { return nil }
        return paragraph(.class("muted")) {
            say("Events: ", "事件：")
            types.enumerated().map { place, type in
                (place > 0 ? HTML(", ") : HTML()) + code { type }
            }
        }
    }

    private func outputs(_ say: Language) -> HTML? {
        guard let outputs = document["outputs"], !outputs.isNull else { return nil }
        return details {
            summary { say("The answer", "响应内容") }
            jsonText(outputs, label: say("The answer of step \(number + 1)", "第 \(number + 1) 步的响应"))
        }
    }

    private func rerunForm(_ turn: Turn) -> HTML {
        let say = turn.language
        let amount = document["params"]?["amount"]?.int
        return details(.class("rerun")) {
            summary(Attribute("data-key", "r")) { say("Rerun from this step", "从此步重新运行") }
            PostForm(turn, "/s/\(turn["sandbox"])/runs/\(turn["run"])/rerun", class: "row-form") {
                input(.type("hidden"), .name("step"), .value("\(number)"))
                if let amount {
                    div(.class("field")) {
                        let id = "amount-\(number)"
                        label(Attribute("for", id)) { say("Amount, minor units", "金额（最小单位）") }
                        input(
                            .id(id), .name("amount"), .type("number"), Attribute("min", "1"),
                            .value("\(amount)"))
                    }
                }
                button(.type("submit")) {
                    say("Go back to here and run on", "回到此处并继续运行")
                }
            }
        }
    }
}

/// How runs and steps stand, in words and colours.
enum RunStatus {
    static func badge(_ status: String, _ say: Language) -> HTML {
        Web.badge(word(status, say), kind(status))
    }

    static func kind(_ status: String) -> String {
        switch status {
        case "succeeded", "delivered", "won": "ok"
        case "failed", "refused", "lost": "error"
        case "declined", "interrupted", "expired": "warn"
        case "running", "pending": "info"
        default: "quiet"
        }
    }

    static func word(_ status: String, _ say: Language) -> String {
        switch status {
        case "pending": say("pending", "待执行")
        case "running": say("running", "运行中")
        case "succeeded": say("succeeded", "成功")
        case "failed": say("failed", "失败")
        case "skipped": say("skipped", "已跳过")
        case "interrupted": say("interrupted", "已中断")
        case "declined": say("declined", "被拒付")
        case "refused": say("refused", "被拒绝")
        case "delivered": say("delivered", "已送达")
        case "expired": say("expired", "已过期")
        case "won": say("won", "胜诉")
        case "lost": say("lost", "败诉")
        default: status
        }
    }
}
