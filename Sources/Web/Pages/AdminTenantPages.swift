import Contracts
import HTTP

/// All tenants, and one of them with its usage and its limits.
enum AdminTenantPages {
    static let routes: [Route] = [
        Route(.get, "/admin/tenants", for: .operator) { turn throws(Fault) in try await list(turn) },
        Route(.get, "/admin/tenants/{tenant}", for: .operator) { turn throws(Fault) in
            try await one(turn, problem: nil)
        },
        Route(.post, "/admin/tenants/{tenant}/limits", for: .operator) { turn throws(Fault) in
            try await setLimits(turn)
        },
    ]

    private static func list(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let cursor = turn.query["cursor"].map { [(name: "cursor", value: $0)] } ?? []
        let target = "/admin/v1/tenants" + Form([("limit", "\(Limits.rows)")] + cursor).asQuery
        let answer = try await turn.get(target)
        let tenants = answer["data"]?.array ?? []
        return Layout(
            turn: turn, title: say("Tenants", "租户"),
            facts: HTML(say("Newest first.", "最新在前。")), adminSection: .tenants
        ).answer {
            if tenants.isEmpty {
                emptyState(say("Nobody has signed up yet.", "尚无人注册。")) { HTML() }
            } else {
                table(tenants, say)
                pager(turn, next: answer["next"]?.string)
            }
            FromCI.get(turn, target)
        }
    }

    private static func table(_ tenants: [JSONValue], _ say: Language) -> HTML {
        dataTable(
            say("Tenants", "租户"),
            [
                say("Organization", "组织"), "ID", say("Sandboxes", "沙盒"),
                say("Calls a second", "每秒调用"), say("Signed up", "注册时间"),
            ],
            tenants.map { tenant in
                let id = tenant["id"]?.string ?? ""
                return tr {
                    th(Attribute("scope", "row")) {
                        link(.href("/admin/tenants/\(id)")) { tenant["name"]?.string ?? id }
                    }
                    td { code { id } }
                    td(.class("number")) { "\(tenant["sandboxes"]?.int ?? 0)" }
                    td(.class("number")) {
                        tenant["limits"]?["rate_per_second"]?.int.map { "\($0)" }
                            ?? say("default", "默认")
                    }
                    td(.class("nowrap")) { Moment.element(tenant["created_at"]?.string) }
                }
            })
    }

    // MARK: One tenant

    private static func target(_ turn: Turn) -> String {
        "/admin/v1/tenants/" + PercentEncoding.encode(turn["tenant"])
    }

    private static func one(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let tenant = try await turn.get(target(turn))
        let id = tenant["id"]?.string ?? ""
        let own = turn.usageDays + [("tenant", id)]
        let byDay = UsageView(
            try await turn.get("/admin/v1/usage" + Form(own + [("limit", "400")]).asQuery))
        let bySandbox = UsageView(
            try await turn.get(
                "/admin/v1/usage" + Form(own + [("group_by", "sandbox"), ("limit", "200")]).asQuery))
        return Layout(
            turn: turn, title: tenant["name"]?.string ?? id, facts: copyableValue(id),
            adminSection: .tenants
        ).answer(status) {
            if let problem { problem.html(say) }
            UsageView.rangePicker(turn)
            panel(say("Calls by day", "每日调用"), id: "days") { byDay.chart(say) }
            panel(say("Sandboxes", "沙盒"), id: "by-sandbox") {
                UsageTable(view: bySandbox, groups: ["sandbox"], turn: turn).html
            }
            panel(say("Limits", "限额"), id: "limits") { limitsForm(turn, tenant["limits"] ?? .null) }
            FromCI.get(turn, target(turn))
        }
    }

    private static let limitNames = ["rate_per_second", "burst", "in_flight", "sandboxes"]

    private static func limitsForm(_ turn: Turn, _ limits: JSONValue) -> HTML {
        let say = turn.language
        return PostForm(turn, "/admin/tenants/\(turn["tenant"])/limits", class: "row-form") {
            limitNames.map { name in
                Field(
                    name: name, label: label(name, say), type: "number",
                    value: turn.form[name] ?? limits[name]?.int.map { "\($0)" } ?? "",
                    isRequired: false
                ).html
            }
            button(.type("submit"), .class("primary")) { say("Set limits", "设置限额") }
            small { say("Empty: the platform's default.", "留空表示使用平台默认值。") }
        }
    }

    private static func label(_ name: String, _ say: Language) -> String {
        switch name {
        case "rate_per_second": say("Calls a second", "每秒调用")
        case "burst": say("At once", "突发")
        case "in_flight": say("In flight", "并发")
        default: say("Sandboxes", "沙盒")
        }
    }

    private static func setLimits(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        var body = JSONObject()
        for name in limitNames {
            if let text = turn.form[name] {
                body[name] = Int64(text).map { .int($0) } ?? .string(text)
            } else {
                body[name] = .null
            }
        }
        let answer = await turn.send(APICall(.patch, target(turn) + "/limits", body: .object(body)))
        guard answer.isGood else {
            return try await one(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/admin/tenants/" + PercentEncoding.encode(turn["tenant"]))
    }
}
