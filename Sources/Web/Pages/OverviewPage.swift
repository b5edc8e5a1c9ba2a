import Contracts
import HTTP

/// The first page of a sandbox: the way to the first call, then what goes wrong and why.
enum OverviewPage {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}") { turn throws(Fault) in try await page(turn) },
        Route(.post, "/s/{sandbox}/first-call") { turn throws(Fault) in
            try await callFirst(turn)
        },
    ]

    /// What the page shows.
    private struct View {
        let sandbox: SandboxView
        let calls: [CallRow]
        let runs: [JSONValue]

        /// Failed calls, the most frequent cause first.
        var causes: [(code: String, count: Int, newest: CallRow)] {
            var found: [String: (count: Int, newest: CallRow)] = [:]
            for call in calls where call.status >= 400 {
                let code = call.code ?? "\(call.status)"
                found[code] = (found[code].map { $0.count + 1 } ?? 1, found[code]?.newest ?? call)
            }
            return found.map { ($0.key, $0.value.count, $0.value.newest) }
                .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        }
    }

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let sandbox = try await turn.sandbox()
        guard sandbox.status == "ready" else { return ended(turn, sandbox) }
        let calls = try await turn.get(turn.sandboxAPI + "/requests?limit=\(Limits.overviewRows)")
        let runs = try await turn.get(turn.sandboxAPI + "/runs?limit=5")
        let view = View(
            sandbox: sandbox, calls: (calls["data"]?.array ?? []).map(CallRow.init),
            runs: runs["data"]?.array ?? [])
        return html(turn, view)
    }

    private static func html(_ turn: Turn, _ view: View) -> PortalAnswer {
        let say = turn.language
        let slug = view.sandbox.slug
        return Layout(
            turn: turn, title: view.sandbox.name ?? slug, facts: factLine(turn, view.sandbox),
            action: link(.class("button primary"), .href("/s/\(slug)/assistant")) {
                say("Ask the assistant", "询问助手")
            }, sandbox: view.sandbox.frame, section: .overview
        ).answer {
            checklist(turn, view)
            div(.class("columns")) {
                panel(say("What fails, by cause", "失败原因"), id: "causes") {
                    causes(turn, view)
                }
                panel(say("Latest runs", "最近运行"), id: "runs") { RunPages.list(turn, view.runs) }
            }
            panel(say("Addresses", "地址"), id: "addresses") {
                Web.facts(
                    view.sandbox.contracts.map { contract in
                        ("\(contract.name) \(contract.version)", copyableValue(contract.baseURL))
                    } + [(say("Sandbox id", "沙盒 ID"), copyableValue(view.sandbox.id))])
            }
        }
    }

    private static func factLine(_ turn: Turn, _ sandbox: SandboxView) -> HTML {
        let say = turn.language
        return Web.span {
            copyableValue(sandbox.baseURL)
            " · "
            if sandbox.expiresAt == nil {
                say("no end", "不限期")
            } else {
                say("ends ", "到期 ")
                Moment.element(sandbox.expiresAt)
            }
        }
    }

    // MARK: The checklist

    private static func checklist(_ turn: Turn, _ view: View) -> HTML {
        let say = turn.language
        let slug = view.sandbox.slug
        let hasCalls = view.calls.contains { $0.contract != nil }
        let hasFailed = view.calls.contains { $0.contract != nil && $0.status >= 400 }
        return panel(say("From nothing to a first call", "从零到第一次调用"), id: "checklist") {
            ol(.class("checklist")) {
                item(say, isDone: hasCalls, say("Make a first call", "发出第一次调用")) {
                    copyable(
                        FirstCall.curl(turn, slug: slug, key: "test_sk_…"),
                        label: say("First call with curl", "用 curl 进行第一次调用"))
                    PostForm(turn, "/s/\(slug)/first-call") {
                        button(.type("submit")) { say("Or send it from here", "或从这里发送") }
                    }
                }
                item(say, isDone: hasFailed, say("See one fail, and read why", "让一次调用失败，并查看原因")) {
                    paragraph {
                        say("Add ", "添加 ")
                        code { "X-Sandbox-Scenario: card_declined" }
                        say(
                            ", or ask the assistant. Every failed call has its explanation.",
                            "，或询问助手。每次失败的调用都有解释。")
                    }
                    if hasCalls {
                        paragraph {
                            link(.href("/s/\(slug)/requests")) { say("All requests", "全部请求") }
                        }
                    }
                }
                item(say, isDone: !view.runs.isEmpty, say("Let it play a whole story", "演绎完整流程")) {
                    paragraph {
                        link(
                            .href(
                                "/s/\(slug)/assistant" + Form([("text", AssistantPage.example)]).asQuery)
                        ) { "“\(AssistantPage.example)”" }
                    }
                }
            }
        }
    }

    private static func item(
        _ say: Language, isDone: Bool, _ title: String, @HTMLBuilder content: () -> HTML
    ) -> HTML {
        li(.class(isDone ? "done" : "open")) {
            h3 {
                title + " "
                badge(isDone ? say("done", "完成") : say("open", "待办"), isDone ? "ok" : "quiet")
            }
            if isDone {
                details {
                    summary { say("Show again", "再次显示") }
                    content()
                }
            } else {
                content()
            }
        }
    }

    private static func causes(_ turn: Turn, _ view: View) -> HTML {
        let say = turn.language
        guard !view.causes.isEmpty else {
            return emptyState(
                say("Nothing has failed among the latest calls.", "最近的调用均未失败。")
            ) { HTML() }
        }
        return ul(.class("rows")) {
            view.causes.map { cause in
                li {
                    link(.href("/s/\(view.sandbox.slug)/requests/\(cause.newest.id)")) { code { cause.code } }
                    span(.class("muted")) { " × \(cause.count)" }
                    statusBadge(cause.newest.status)
                }
            }
        }
    }

    /// A sandbox whose time is over can be looked at, no more.
    private static func ended(_ turn: Turn, _ sandbox: SandboxView) -> PortalAnswer {
        let say = turn.language
        return Layout(turn: turn, title: sandbox.name ?? sandbox.slug).answer {
            notice(.info) {
                say("This sandbox is over; its APIs answer 410.", "此沙盒已到期，其 API 返回 410。")
            }
        }
    }

    // MARK: The first call from here

    private static func callFirst(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let slug = try await turn.sandbox().slug
        var call = APICall(.post, "/v1/payments", body: FirstCall.body)
        call.sandbox = (slug, "payments")
        let answer = await turn.send(call)
        return .redirect(to: "/s/\(slug)/requests/\(answer.requestID)")
    }
}
