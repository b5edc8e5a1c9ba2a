import Contracts
import HTTP

/// Plain words into a plan, shown before anything runs. The words stand in the address, so that a
/// plan can be linked to; planning changes nothing.
enum AssistantPage {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/assistant") { turn throws(Fault) in try await page(turn) },
        Route(.post, "/s/{sandbox}/assistant/run") { turn throws(Fault) in try await run(turn) },
    ]

    static let example = "Create a $50 payment, simulate card decline and send a webhook"

    private static let chineseExample = "帮我构造三笔跨币种支付：第一笔成功，第二笔 3DS 失败，第三笔在清算阶段被拒"
    private static let examples = [
        example,
        "Create three cross-currency payments: first succeeds, second fails 3DS, third is rejected in clearing",
        "Create a 20 euro payment and refund half of it",
        chineseExample,
    ]

    private static func page(
        _ turn: Turn, problem: Problem? = nil, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let text = turn.query["text"] ?? turn.form["text"]
        let answer = text == nil ? nil : await plan(text ?? "", turn)
        if let answer, !answer.isGood, answer.status != 422, answer.status != 400 { throw .api(answer) }
        return Layout(
            turn: turn, title: say("Assistant", "助手"),
            facts: HTML(
                say(
                    "Rules, no language model: the same words give the same plan. Nothing runs before you say so.",
                    "基于规则而非语言模型：同样的话得到同样的计划。未经确认不会执行。")),
            sandbox: sandbox.frame, section: .assistant
        ).answer(status) {
            if let problem { problem.html(say) }
            askForm(turn, text)
            if let answer {
                if answer.isGood {
                    PlanView(answer.document, text: text ?? "").html(turn)
                } else {
                    Problem(answer).html(say)
                }
                FromCI.post(
                    turn, turn.sandboxAPI + "/assistant/plan", ["text": .string(text ?? "")])
            } else {
                exampleList(turn)
            }
        }
    }

    private static func plan(_ text: String, _ turn: Turn) async -> APIAnswer {
        await turn.send(
            APICall(
                .post, turn.sandboxAPI + "/assistant/plan", body: ["text": .string(text)]))
    }

    private static func askForm(_ turn: Turn, _ text: String?) -> HTML {
        let say = turn.language
        return form(
            .class("ask"), Attribute("method", "get"), Attribute("action", "/s/\(turn["sandbox"])/assistant")
        ) {
            label(Attribute("for", "text")) { say("What shall happen?", "希望发生什么？") }
            textarea(
                .id("text"), .name("text"), Attribute("rows", "2"), Attribute("maxlength", "1000"),
                .flag("required"), Attribute("spellcheck", "false")
            ) { text ?? "" }
            button(.type("submit"), .class("primary")) { say("Plan it", "生成计划") }
        }
    }

    private static func exampleList(_ turn: Turn) -> HTML {
        let say = turn.language
        return panel(say("For example", "例如"), id: "examples") {
            ul(.class("rows")) {
                examples.map { text in
                    li {
                        link(
                            .href("/s/\(turn["sandbox"])/assistant" + Form([("text", text)]).asQuery),
                            text == chineseExample ? .lang("zh-Hans") : .lang("en")
                        ) { text }
                    }
                }
            }
        }
    }

    private static func run(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let answer = await turn.send(
            APICall(
                .post, turn.sandboxAPI + "/assistant/run?wait=\(Limits.runWaitSeconds)",
                body: ["plan_id": .string(turn.form["plan_id"] ?? "")]))
        guard answer.isGood, let run = answer.document["id"]?.string else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/runs/\(run)")
    }
}

/// A plan, a question, or a refusal, as the planner answered.
struct PlanView {
    private let document: JSONValue
    private let text: String

    init(_ document: JSONValue, text: String) {
        self.document = document
        self.text = text
    }

    private var steps: [PlanStep] { (document["steps"]?.array ?? []).map(PlanStep.init) }

    func html(_ turn: Turn) -> HTML {
        let say = turn.language
        return switch document["outcome"]?.string {
        case "plan":
            panel(say("The plan", "计划"), id: "plan") { plan(turn) }
        case "clarify":
            panel(say("One question", "一个问题"), id: "plan") { question(turn) }
        default:
            panel(say("That cannot be planned", "无法生成计划"), id: "plan") {
                paragraph { document["summary"]?.string ?? "" }
                if let reason = document["reason"]?.string {
                    paragraph(.class("muted")) { code { reason } }
                }
            }
        }
    }

    @HTMLBuilder private func plan(_ turn: Turn) -> HTML {
        let say = turn.language
        paragraph(.class("summary")) { document["summary"]?.string ?? "" }
        ol(.class("plan")) { steps.map { $0.card(turn) } }
        extras(say)
        notUnderstood(say)
        if steps.contains(where: \.isNotAvailable) {
            notice(.info) {
                say(
                    "One of these steps is not in this sandbox's world, so the plan cannot run here.",
                    "其中有步骤超出此沙盒的能力，计划无法在此执行。")
            }
        } else {
            PostForm(turn, "/s/\(turn["sandbox"])/assistant/run") {
                input(.type("hidden"), .name("plan_id"), .value(document["plan_id"]?.string ?? ""))
                input(.type("hidden"), .name("text"), .value(text))
                button(.type("submit"), .class("primary")) { say("Run plan", "执行计划") }
            }
        }
    }

    /// What happens around the steps.
    private func extras(_ say: Language) -> HTML {
        var lines: [String] = []
        if document["webhook"]?.bool == true {
            lines.append(
                say("Webhooks are sent; without an endpoint they go to the sandbox's own inbox.",
                    "将发送 webhook；若无端点则送往沙盒自带的收件箱。"))
        }
        for (member, text) in [
            ("chaos", say("Faults: ", "故障：")), ("time_travel", say("The clock moves: ", "时钟移动：")),
        ] {
            if let value = document[member], !value.isNull {
                lines.append(text + String(decoding: JSONWriter.bytes(value), as: UTF8.self))
            }
        }
        guard !lines.isEmpty else { return HTML() }
        return ul(.class("extras")) { lines.map { line in li { line } } }
    }

    private func notUnderstood(_ say: Language) -> HTML? {
        let words = (document["not_understood"]?.array ?? []).compactMap(\.string)
        guard !words.isEmpty else { return nil }
        return paragraph(.class("muted")) {
            say("Not read: ", "未理解：") + words.joined(separator: ", ")
        }
    }

    @HTMLBuilder private func question(_ turn: Turn) -> HTML {
        paragraph(.class("summary")) {
            document["question"]?.string ?? document["summary"]?.string ?? ""
        }
        ul(.class("choices")) {
            (document["choices"]?.array ?? []).compactMap(\.string).map { choice in
                li {
                    link(
                        .class("button"),
                        .href(
                            "/s/\(turn["sandbox"])/assistant"
                                + Form([("text", text + ", " + choice)]).asQuery)
                    ) { choice }
                }
            }
        }
    }
}

/// A step of a plan.
struct PlanStep {
    let number: Int64
    let action: String
    let operation: String?
    let parameters: [(String, String)]
    let scenario: String?
    let count: Int64
    let after: [Int64]
    let condition: String?
    let isAdded: Bool
    let isNotAvailable: Bool

    init(_ document: JSONValue) {
        number = document["n"]?.int ?? 0
        action = document["action"]?.string ?? ""
        operation = document["operation"]?.string
        parameters = ParameterText.pairs(document["params"] ?? .null)
        scenario = document["scenario"]?.string
        count = document["count"]?.int ?? 1
        after = (document["after"]?.array ?? []).compactMap(\.int)
        condition = document["if"]?["status"]?.string
        isAdded = document["added"]?.bool ?? false
        isNotAvailable = document["not_available"]?.bool ?? false
    }

    func card(_ turn: Turn) -> HTML {
        let say = turn.language
        return li(.class("card step")) {
            h3 {
                span(.class("step-number")) { "\(number + 1)" }
                ActionNames.name(action, say)
                if count > 1 { " × \(count)" }
            }
            paragraph(.class("badges")) {
                if let scenario { badge(scenario, "warn") }
                if isAdded { badge(say("added", "自动补充"), "quiet") }
                if isNotAvailable { badge(say("not available", "不可用"), "error") }
                if let condition { badge(say("if ", "若 ") + condition, "info") }
            }
            if !parameters.isEmpty { Web.facts(parameters.map { ($0.0, HTML($0.1)) }) }
            if let operation { code(.class("operation")) { operation } }
        }
    }
}
