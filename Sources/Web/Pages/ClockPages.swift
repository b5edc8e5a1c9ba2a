import Contracts
import HTTP

/// The sandbox's own time, and points to go back to.
enum ClockPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/clock") { turn throws(Fault) in try await page(turn, problem: nil) },
        Route(.post, "/s/{sandbox}/clock") { turn throws(Fault) in try await move(turn) },
        Route(.post, "/s/{sandbox}/checkpoints") { turn throws(Fault) in
            try await act(
                turn, "/checkpoints", turn.form["name"].map { ["name": .string($0)] } ?? [:])
        },
        Route(.post, "/s/{sandbox}/checkpoints/{checkpoint}/restore") { turn throws(Fault) in
            try await act(
                turn, "/checkpoints/\(PercentEncoding.encode(turn["checkpoint"]))/restore", nil)
        },
    ]

    /// What the clock may be moved by, and how that is said.
    private static func ways(_ say: Language) -> [(value: String, text: String)] {
        [
            ("PT1H", say("1 hour", "1 小时")), ("P1D", say("1 day", "1 天")),
            ("P3D", say("3 days", "3 天")), ("P7D", say("1 week", "1 周")),
            ("P30D", say("30 days", "30 天")),
            ("next_settlement", say("the next settlement", "下一次结算")),
        ]
    }

    private static func page(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let wanted = turn.query["preview"]
        let preview = wanted == nil ? nil : await advance(turn, wanted ?? "", isPreview: true)
        let points = try await turn.get(turn.sandboxAPI + "/checkpoints?limit=\(Limits.rows)")
        return Layout(
            turn: turn, title: say("Clock", "时钟"),
            facts: Web.span {
                Moment.shown(sandbox.now)
                " · "
                sandbox.isFrozen ? say("stands still", "已冻结") : say("runs", "运行中")
            },
            action: link(.class("button danger"), .href("/s/\(turn["sandbox"])/reset")) {
                say("Reset sandbox…", "重置沙盒…")
            }, sandbox: sandbox.frame, section: .clock
        ).answer(status) {
            if let problem { problem.html(say) }
            ResetPages.undoNotice(turn, points["data"]?.array ?? [])
            panel(say("Move it forward", "向前推进"), id: "advance") {
                previewForm(turn, wanted)
                if let preview, let wanted { previewResult(turn, preview, wanted) }
            }
            panel(say("Let it run or stand", "运行或冻结"), id: "mode") {
                PostForm(turn, "/s/\(turn["sandbox"])/clock") {
                    let action = sandbox.isFrozen ? "resume" : "freeze"
                    input(.type("hidden"), .name("action"), .value(action))
                    button(.type("submit")) {
                        sandbox.isFrozen ? say("Let it run", "恢复运行") : say("Freeze it", "冻结")
                    }
                }
            }
            panel(say("Checkpoints", "检查点"), id: "checkpoints") {
                pointTable(turn, points["data"]?.array ?? [])
                newPointForm(turn)
            }
            FromCI.post(turn, turn.sandboxAPI + "/clock/advance", body(wanted ?? "P1D", false))
        }
    }

    // MARK: Moving

    private static func previewForm(_ turn: Turn, _ wanted: String?) -> HTML {
        let say = turn.language
        return form(
            .class("row-form"), Attribute("method", "get"),
            Attribute("action", "/s/\(turn["sandbox"])/clock")
        ) {
            div(.class("field")) {
                label(Attribute("for", "preview")) { say("By, or to", "推进") }
                select(.id("preview"), .name("preview")) {
                    ways(say).map { way in
                        option(.value(way.value), .flag("selected", if: way.value == wanted)) { way.text }
                    }
                }
            }
            button(.type("submit")) { say("See what would fire", "预览将触发的事项") }
        }
    }

    private static func previewResult(_ turn: Turn, _ answer: APIAnswer, _ wanted: String) -> HTML {
        let say = turn.language
        guard answer.isGood else { return Problem(answer).html(say) }
        let fired = answer.document["fired"]?.array ?? []
        let count = answer.document["fired_count"]?.int ?? 0
        return div(.class("stack")) {
            paragraph {
                say("It would be ", "届时为 ")
                strong { Moment.shown(answer.document["now"]?.string ?? "") }
                say(", and \(count) timers would fire.", "，将触发 \(count) 个定时器。")
            }
            if !fired.isEmpty { firedTable(fired, say) }
            PostForm(turn, "/s/\(turn["sandbox"])/clock") {
                input(.type("hidden"), .name("action"), .value("advance"))
                input(.type("hidden"), .name("to"), .value(wanted))
                button(.type("submit"), .class("primary")) { say("Advance the clock", "推进时钟") }
            }
        }
    }

    private static func firedTable(_ fired: [JSONValue], _ say: Language) -> HTML {
        dataTable(
            say("What would fire", "将触发的事项"),
            [say("At", "时间"), say("Kind", "种类"), say("Object", "对象")],
            fired.map { timer in
                tr {
                    td(.class("nowrap")) { Moment.shown(timer["at"]?.string ?? "") }
                    td { timer["kind"]?.string ?? "" }
                    td { code { timer["id"]?.string ?? "" } }
                }
            })
    }

    private static func move(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let answer: APIAnswer
        switch turn.form["action"] {
        case "freeze": answer = await turn.send(APICall(.post, turn.sandboxAPI + "/clock/freeze"))
        case "resume": answer = await turn.send(APICall(.post, turn.sandboxAPI + "/clock/resume"))
        default: answer = await advance(turn, turn.form["to"] ?? "", isPreview: false)
        }
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/clock")
    }

    private static func advance(_ turn: Turn, _ way: String, isPreview: Bool) async -> APIAnswer {
        await turn.send(
            APICall(.post, turn.sandboxAPI + "/clock/advance", body: body(way, isPreview)))
    }

    private static func body(_ way: String, _ isPreview: Bool) -> JSONValue {
        var body: JSONValue =
            way == "next_settlement" ? ["until": "next_settlement"] : ["by": .string(way)]
        if isPreview { body["preview"] = true }
        return body
    }

    // MARK: Checkpoints

    private static func pointTable(_ turn: Turn, _ points: [JSONValue]) -> HTML {
        let say = turn.language
        guard !points.isEmpty else {
            return emptyState(say("No point to go back to yet.", "尚无可恢复的检查点。")) { HTML() }
        }
        return dataTable(
            say("Checkpoints", "检查点"),
            [
                say("Name", "名称"), say("Made", "创建"), say("Its time", "当时的沙盒时间"),
                say("Revision", "修订号"), say("Go back", "恢复"),
            ],
            points.map { point in
                let id = point["id"]?.string ?? ""
                let name = point["name"]?.string ?? say("step of a run", "运行步骤")
                return tr {
                    th(Attribute("scope", "row")) { name }
                    td(.class("nowrap")) { Moment.element(point["created_at"]?.string) }
                    td(.class("nowrap")) { Moment.shown(point["clock"]?["now"]?.string ?? "") }
                    td(.class("number")) { "\(point["revision"]?.int ?? 0)" }
                    td {
                        PostForm(
                            turn, "/s/\(turn["sandbox"])/checkpoints/\(id)/restore", class: "inline"
                        ) {
                            button(.type("submit"), .label(say("Restore \(name) \(id)", "恢复 \(name) \(id)"))) {
                                say("Restore", "恢复")
                            }
                        }
                    }
                }
            })
    }

    private static func newPointForm(_ turn: Turn) -> HTML {
        let say = turn.language
        return PostForm(turn, "/s/\(turn["sandbox"])/checkpoints", class: "row-form") {
            Field(name: "name", label: say("Name", "名称"), maxLength: 60).html
            button(.type("submit")) { say("Keep this point", "保存检查点") }
        }
    }

    private static func act(
        _ turn: Turn, _ path: String, _ body: JSONValue?
    ) async throws(Fault) -> PortalAnswer {
        let answer = await turn.send(APICall(.post, turn.sandboxAPI + path, body: body))
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/clock")
    }
}
