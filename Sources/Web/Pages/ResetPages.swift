import Contracts
import HTTP

/// The way back to the sandbox's first moment, and for a while the way back from there.
enum ResetPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/reset") { turn throws(Fault) in
            try await dialog(turn, problem: nil)
        },
        Route(.post, "/s/{sandbox}/reset") { turn throws(Fault) in try await reset(turn) },
    ]

    private static func dialog(
        _ turn: Turn, problem: String?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        return Layout(
            turn: turn, title: say("Reset this sandbox?", "重置此沙盒？"), sandbox: sandbox.frame,
            section: .clock
        ).answer(status) {
            if let problem { notice(.error) { problem } }
            panel(say("What happens", "会发生什么"), id: "what") {
                ul {
                    li {
                        say(
                            "Objects, ledger, timers, events and the clock go back to the first moment.",
                            "对象、账本、定时器、事件与时钟回到最初。")
                    }
                    li { say("Keys, endpoints and the log of requests stay.", "密钥、端点与请求日志保留。") }
                    li {
                        say(
                            "A checkpoint of now is kept first. The next page offers to undo the reset for 15 minutes; later the checkpoint is restored like any other.",
                            "会先保存当前检查点。接下来的页面在 15 分钟内可撤销重置，之后仍可像其他检查点一样恢复。")
                    }
                }
                PostForm(turn, "/s/\(turn["sandbox"])/reset", class: "stack") {
                    Field(
                        name: "confirm",
                        label: say("Type \(sandbox.slug) to confirm", "输入 \(sandbox.slug) 以确认")
                    ).html
                    div(.class("actions")) {
                        button(.type("submit"), .class("danger")) { say("Reset sandbox", "重置沙盒") }
                        link(.class("button"), .href("/s/\(turn["sandbox"])/clock")) {
                            say("Leave it", "取消")
                        }
                    }
                }
            }
        }
    }

    private static func reset(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        guard turn.form["confirm"] == sandbox.slug else {
            return try await dialog(
                turn,
                problem: say("That is not its name. Nothing was changed.", "名称不符，未作任何更改。"),
                status: 422)
        }
        let name = "before reset " + turn.visit.drawToken().prefix(6)
        let kept = await turn.send(
            APICall(.post, turn.sandboxAPI + "/checkpoints", body: ["name": .string(name)]))
        guard kept.isGood else {
            return try await dialog(turn, problem: Problem(kept).sentence, status: kept.status)
        }
        let answer = await turn.send(APICall(.post, turn.sandboxAPI + "/reset", body: [:]))
        guard answer.isGood else {
            return try await dialog(
                turn, problem: Problem(answer).sentence, status: answer.status)
        }
        let point = Form([(undo, kept.document["id"]?.string ?? "")])
        return .redirect(to: "/s/\(turn["sandbox"])/clock" + point.asQuery)
    }

    /// Names, in the page's address, the checkpoint that the reset kept first.
    private static let undo = "undo"

    /// The way back for the first minutes after a reset. Later the checkpoint is one among others:
    /// by then somebody works in the new world.
    @HTMLBuilder static func undoNotice(_ turn: Turn, _ points: [JSONValue]) -> HTML {
        let say = turn.language
        let kept = points.first { $0["id"]?.string == turn.query[undo] }
        if let kept, let id = kept["id"]?.string, let madeAt = kept["created_at"]?.string,
            let age = turn.visit.secondsSince(madeAt), age < Limits.undoSeconds
        {
            notice(.info) {
                paragraph { say("This sandbox was reset a moment ago.", "此沙盒刚刚被重置。") }
                PostForm(turn, "/s/\(turn["sandbox"])/checkpoints/\(id)/restore", class: "inline") {
                    button(.type("submit")) { say("Undo the reset", "撤销重置") }
                }
            }
        }
    }
}
