import Contracts
import HTTP

/// Journeys that can be run here: those that come with the platform, and plans that were kept.
enum JourneyPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/journeys") { turn throws(Fault) in
            try await page(turn, problem: nil)
        },
        Route(.post, "/s/{sandbox}/journeys/{journey}/run") { turn throws(Fault) in
            try await run(turn)
        },
    ]

    private static func page(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let known = try await turn.get("/v1/journeys")
        let kept = try await turn.get(turn.sandboxAPI + "/journeys?limit=\(Limits.rows)")
        let keptRows = kept["data"]?.array ?? []
        return Layout(
            turn: turn, title: say("Journeys", "旅程"),
            facts: HTML(
                say("Whole stories of calls, each step checked.", "成套的调用流程，逐步检查。")),
            sandbox: sandbox.frame, section: .journeys
        ).answer(status) {
            if let problem { problem.html(say) }
            if !keptRows.isEmpty {
                panel(say("Kept plans", "保存的计划"), id: "kept") {
                    ul(.class("rows")) {
                        keptRows.map { journey in
                            row(
                                turn, name: journey["id"]?.string ?? "",
                                title: journey["text"]?.string ?? journey["summary"]?.string ?? "",
                                summary: nil)
                        }
                    }
                }
            }
            panel(say("With the platform", "平台自带"), id: "known") {
                ul(.class("rows")) {
                    (known["data"]?.array ?? []).map { journey in
                        row(
                            turn, name: journey["name"]?.string ?? "",
                            title: title(of: journey, say), summary: journey["summary"]?.string)
                    }
                }
            }
            FromCI.get(turn, "/v1/journeys")
        }
    }

    private static func title(of journey: JSONValue, _ say: Language) -> String {
        let english = journey["title"]?.string ?? journey["name"]?.string ?? ""
        return say(english, journey["title_zh"]?.string ?? english)
    }

    private static func row(
        _ turn: Turn, name: String, title: String, summary: String?
    ) -> HTML {
        let say = turn.language
        return li(.class("spread")) {
            div {
                strong { title }
                if let summary { paragraph(.class("muted"), .lang("en")) { summary } }
            }
            PostForm(turn, "/s/\(turn["sandbox"])/journeys/\(name)/run", class: "inline") {
                button(.type("submit"), .label(say("Run: \(title)", "运行：\(title)"))) { say("Run", "运行") }
            }
        }
    }

    private static func run(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let name = PercentEncoding.encode(turn["journey"])
        let answer = await turn.send(
            APICall(
                .post, turn.sandboxAPI + "/journeys/\(name)/runs?wait=\(Limits.runWaitSeconds)",
                body: [:]))
        guard answer.isGood, let run = answer.document["id"]?.string else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/runs/\(run)")
    }
}
