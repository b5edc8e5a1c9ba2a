import Contracts
import HTTP

/// Endpoints and what was sent to them: deliveries, their attempts, and sending again.
enum WebhookPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/webhooks") { turn throws(Fault) in
            try await page(turn, problem: nil)
        },
        Route(.post, "/s/{sandbox}/webhooks") { turn throws(Fault) in try await create(turn) },
        Route(.post, "/s/{sandbox}/webhooks/requeue") { turn throws(Fault) in
            try await requeue(turn)
        },
        Route(.get, "/s/{sandbox}/deliveries/{delivery}") { turn throws(Fault) in
            try await delivery(turn, problem: nil)
        },
        Route(.post, "/s/{sandbox}/deliveries/{delivery}/resend") { turn throws(Fault) in
            try await resend(turn)
        },
    ]

    private static let states = ["pending", "delivered", "dead"]

    private static func page(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let endpoints = try await turn.get(turn.sandboxAPI + "/webhook-endpoints")
        let filter = turn.query.pairs.filter {
            ["status", "cursor"].contains($0.name) && !$0.value.isEmpty
        }
        let deliveries = try await turn.get(
            turn.sandboxAPI + "/deliveries" + Form(filter + [("limit", "\(Limits.rows)")]).asQuery)
        let dead = try await turn.get(turn.sandboxAPI + "/dead-letters?limit=1")
        return Layout(
            turn: turn, title: "Webhooks",
            facts: HTML(say("Signed events to your endpoints, with every attempt.", "发往端点的签名事件及每次投递尝试。")),
            sandbox: sandbox.frame, section: .webhooks
        ).answer(status) {
            if let problem { problem.html(say) }
            if !(dead["data"]?.array ?? []).isEmpty { deadLetters(turn) }
            panel(say("Endpoints", "端点"), id: "endpoints") {
                endpointTable(turn, endpoints["data"]?.array ?? [])
                newEndpointForm(turn)
            }
            panel(say("Deliveries", "投递"), id: "deliveries") {
                stateFilter(turn)
                deliveryTable(turn, deliveries["data"]?.array ?? [])
                pager(turn, next: deliveries["next"]?.string)
            }
            FromCI.get(turn, turn.sandboxAPI + "/deliveries" + Form(filter).asQuery)
        }
    }

    // MARK: Endpoints

    private static func endpointTable(_ turn: Turn, _ endpoints: [JSONValue]) -> HTML {
        let say = turn.language
        guard !endpoints.isEmpty else {
            return emptyState(
                say("No endpoint yet. The sandbox's own inbox takes anything:", "还没有端点。沙盒自带的收件箱可接收任何消息：")
            ) { HTML() }
        }
        return dataTable(
            say("Endpoints", "端点"),
            [say("Address", "地址"), say("Events", "事件"), say("Signature", "签名"), say("State", "状态")],
            endpoints.map { endpoint in
                let isEnabled = endpoint["enabled"]?.bool ?? false
                return tr {
                    th(Attribute("scope", "row")) { code { endpoint["url"]?.string ?? "" } }
                    td {
                        (endpoint["events"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
                    }
                    td { endpoint["signature_scheme"]?.string ?? "" }
                    td {
                        badge(
                            isEnabled ? say("enabled", "启用") : say("disabled", "停用"),
                            isEnabled ? "ok" : "warn")
                    }
                }
            })
    }

    private static func newEndpointForm(_ turn: Turn) -> HTML {
        let say = turn.language
        let inbox = turn.addresses.sandboxURL(slug: turn["sandbox"]) + "/_inbox"
        return PostForm(turn, "/s/\(turn["sandbox"])/webhooks", class: "row-form") {
            Field(
                name: "url", label: say("Address", "地址"), type: "url",
                value: turn.form["url"] ?? inbox, maxLength: 2_048
            ).html
            Field(
                name: "events", label: say("Events", "事件"), value: turn.form["events"] ?? "*",
                hint: say("Types with commas; * is all.", "以逗号分隔；* 表示全部。")
            ).html
            button(.type("submit"), .class("primary")) { say("Make endpoint", "创建端点") }
        }
    }

    /// The secret is shown this once, so the answer is the page.
    private static func create(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let events = (turn.form["events"] ?? "*").split(separator: ",").map {
            JSONValue.string(String($0).trimmed)
        }
        let answer = await turn.send(
            APICall(
                .post, turn.sandboxAPI + "/webhook-endpoints",
                body: ["url": .string(turn.form["url"] ?? ""), "events": .array(events)]))
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        let sandbox = try await turn.sandbox()
        return Layout(
            turn: turn, title: say("The endpoint is ready", "端点已就绪"),
            action: link(.class("button primary"), .href("/s/\(turn["sandbox"])/webhooks")) {
                say("To the webhooks", "前往 webhook")
            }, sandbox: sandbox.frame, section: .webhooks
        ).answer(201) {
            panel(say("Signing secret", "签名密钥"), id: "secret") {
                paragraph { say("Shown this once.", "仅显示这一次。") }
                copyable(
                    answer.document["secret"]?.string ?? "", label: say("Signing secret", "签名密钥"),
                    language: "text")
            }
        }
    }

    // MARK: Deliveries

    private static func stateFilter(_ turn: Turn) -> HTML {
        let say = turn.language
        let chosen = turn.query["status"]
        return nav(.class("tabs"), .label(say("Deliveries by state", "按状态筛选"))) {
            ([nil] + states.map(Optional.some)).map { state in
                link(
                    .href(turn.here("status", state)),
                    .flag("aria-current", if: state == chosen)
                ) { state.map { word($0, say) } ?? say("all", "全部") }
            }
        }
    }

    private static func deliveryTable(_ turn: Turn, _ deliveries: [JSONValue]) -> HTML {
        let say = turn.language
        guard !deliveries.isEmpty else {
            return emptyState(say("Nothing was sent.", "没有投递。")) { HTML() }
        }
        return dataTable(
            say("Deliveries", "投递"),
            [
                say("Made", "创建"), say("Event", "事件"), say("State", "状态"),
                say("Attempts", "尝试次数"), say("Last answer", "最后响应"),
            ],
            deliveries.map { delivery in
                let id = delivery["id"]?.string ?? ""
                return tr {
                    td(.class("nowrap")) { Moment.element(delivery["created_at"]?.string) }
                    th(Attribute("scope", "row")) {
                        link(.href("/s/\(turn["sandbox"])/deliveries/\(id)")) {
                            code { delivery["type"]?.string ?? "" }
                        }
                    }
                    td { stateBadge(delivery["status"]?.string ?? "", say) }
                    td(.class("number")) { "\(delivery["attempts"]?.int ?? 0)" }
                    td {
                        if let status = delivery["last_status"]?.int {
                            statusBadge(status)
                        } else {
                            delivery["last_error"]?.string ?? "–"
                        }
                    }
                }
            })
    }

    private static func delivery(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let target = turn.sandboxAPI + "/deliveries/" + PercentEncoding.encode(turn["delivery"])
        let delivery = try await turn.get(target)
        let attempts = delivery["log"]?.array ?? []
        return Layout(
            turn: turn, title: delivery["type"]?.string ?? say("Delivery", "投递"),
            facts: Web.span {
                stateBadge(delivery["status"]?.string ?? "", say)
                " "
                copyableValue(delivery["id"]?.string ?? "")
            },
            action: PostForm(turn, "/s/\(turn["sandbox"])/deliveries/\(turn["delivery"])/resend") {
                button(.type("submit"), .class("primary")) { say("Send again", "重新发送") }
            }, sandbox: sandbox.frame, section: .webhooks
        ).answer(status) {
            if let problem { problem.html(say) }
            panel(say("Attempts", "尝试"), id: "attempts") {
                if attempts.isEmpty { paragraph(.class("muted")) { say("None yet.", "尚无。") } }
                attempts.map { attempt($0, say) }
            }
            panel(say("Payload", "内容"), id: "payload") {
                jsonText(delivery["payload"] ?? .null, label: say("Payload", "内容"))
            }
            FromCI.get(turn, target)
        }
    }

    private static func attempt(_ attempt: JSONValue, _ say: Language) -> HTML {
        let number = attempt["number"]?.int ?? 0
        let isGood = attempt["succeeded"]?.bool ?? false
        return article(.class("attempt"), .id("attempt-\(number)")) {
            h3 {
                say("Attempt \(number) ", "第 \(number) 次 ")
                badge(isGood ? say("taken", "已接收") : say("not taken", "未接收"), isGood ? "ok" : "error")
                if let status = attempt["status"]?.int {
                    " "
                    statusBadge(status)
                }
            }
            paragraph(.class("muted")) {
                Moment.element(attempt["at"]?.string)
                if let error = attempt["error"]?.string { " · " + error }
            }
            details {
                summary { say("Request and answer", "请求与响应") }
                jsonText(attempt, label: say("Attempt \(number)", "第 \(number) 次尝试"))
            }
        }
    }

    private static func resend(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let id = PercentEncoding.encode(turn["delivery"])
        let answer = await turn.send(
            APICall(.post, turn.sandboxAPI + "/deliveries/\(id)/redeliver"))
        guard answer.isGood else {
            return try await delivery(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/deliveries/\(answer.document["id"]?.string ?? id)")
    }

    // MARK: Dead letters

    private static func deadLetters(_ turn: Turn) -> HTML {
        let say = turn.language
        return notice(.error) {
            paragraph {
                say("Some deliveries have given up.", "部分投递已放弃。") + " "
                link(.href(turn.here("status", "dead"))) { say("See them", "查看") }
            }
            PostForm(turn, "/s/\(turn["sandbox"])/webhooks/requeue") {
                button(.type("submit")) { say("Send all of them again", "全部重新发送") }
            }
        }
    }

    private static func requeue(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let answer = await turn.send(
            APICall(.post, turn.sandboxAPI + "/dead-letters/requeue", body: [:]))
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/s/\(turn["sandbox"])/webhooks")
    }

    private static func stateBadge(_ state: String, _ say: Language) -> HTML {
        let kind = ["delivered": "ok", "dead": "error", "pending": "info"][state] ?? "quiet"
        return badge(word(state, say), kind)
    }

    private static func word(_ state: String, _ say: Language) -> String {
        switch state {
        case "delivered": say("delivered", "已送达")
        case "dead": say("dead letter", "死信")
        case "pending": say("pending", "待投递")
        case "abandoned": say("abandoned", "已作废")
        default: state
        }
    }
}
