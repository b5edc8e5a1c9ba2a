import Contracts
import HTTP

/// A member's sandboxes, and the making of another.
enum HomePage {
    static let routes: [Route] = [
        Route(.get, "/home") { turn throws(Fault) in try await page(turn, problem: nil) },
        Route(.post, "/home/sandboxes") { turn throws(Fault) in try await create(turn) },
    ]

    private static func page(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let list = try await turn.get(
            "/v1/sandboxes" + Form([("limit", "\(Limits.rows)")] + cursor(turn)).asQuery)
        let sandboxes = (list["data"]?.array ?? []).map(Row.init)
        let organization = try turn.requireMember().organization
        return Layout(
            turn: turn, title: say("My sandboxes", "我的沙盒"), facts: HTML(organization)
        ).answer(status) {
            if let problem { problem.html(say) }
            if sandboxes.isEmpty {
                emptyState(
                    say("You have no sandbox yet. One takes a moment.", "还没有沙盒，创建只需片刻。")
                ) { newSandboxForm(turn, isFirst: true) }
            } else {
                sandboxTable(sandboxes, say)
                pager(turn, next: list["next"]?.string)
                panel(say("New sandbox", "新建沙盒"), id: "new") {
                    newSandboxForm(turn, isFirst: false)
                }
            }
        }
    }

    /// A sandbox as this list shows it.
    private struct Row {
        let slug: String
        let name: String?
        let status: String
        let now: String
        let mode: String
        let createdAt: String?
        let expiresAt: String?

        init(_ document: JSONValue) {
            slug = document["slug"]?.string ?? ""
            name = document["name"]?.string
            status = document["status"]?.string ?? ""
            now = document["clock"]?["now"]?.string ?? ""
            mode = document["clock"]?["mode"]?.string ?? ""
            createdAt = document["created_at"]?.string
            expiresAt = document["expires_at"]?.string
        }
    }

    private static func sandboxTable(_ rows: [Row], _ say: Language) -> HTML {
        dataTable(
            say("Sandboxes", "沙盒"),
            [
                say("Sandbox", "沙盒"), say("State", "状态"), say("Its time", "沙盒时间"),
                say("Created", "创建时间"), say("Ends", "到期"),
            ],
            rows.map { row in
                tr {
                    th(Attribute("scope", "row")) {
                        link(.href("/s/\(row.slug)")) { row.name ?? row.slug }
                        if row.name != nil { small { row.slug } }
                    }
                    td { badge(row.status, row.status == "ready" ? "ok" : "warn") }
                    td {
                        Moment.shown(row.now)
                        if row.mode == "frozen" { badge(say("frozen", "已冻结"), "info") }
                    }
                    td { Moment.element(row.createdAt) }
                    td { row.expiresAt == nil ? HTML(say("never", "永不")) : Moment.element(row.expiresAt) }
                }
            })
    }

    static func newSandboxForm(_ turn: Turn, isFirst: Bool) -> HTML {
        let say = turn.language
        return PostForm(turn, "/home/sandboxes", class: "row-form") {
            Field(
                name: "name", label: say("Name", "名称"), value: turn.form["name"] ?? "",
                hint: say("Optional. The address is drawn.", "可选；地址自动生成。"), isRequired: false,
                maxLength: 100
            ).html
            div(.class("field")) {
                label(Attribute("for", "ttl")) { say("Lives for", "有效期") }
                select(.id("ttl"), .name("ttl")) {
                    lifetimes(say).map { value, text in
                        option(.value(value), .flag("selected", if: value == turn.form["ttl"])) { text }
                    }
                }
            }
            button(.type("submit"), .class("primary")) {
                isFirst ? say("Create sandbox", "创建沙盒") : say("New sandbox", "新建沙盒")
            }
        }
    }

    private static func lifetimes(_ say: Language) -> [(String, String)] {
        [
            ("", say("no end", "不限")), ("P1D", say("1 day", "1 天")),
            ("P7D", say("7 days", "7 天")), ("P30D", say("30 days", "30 天")),
        ]
    }

    private static func create(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        var body = JSONObject()
        if let name = turn.form["name"] { body["name"] = .string(name) }
        if let ttl = turn.form["ttl"] { body["ttl"] = .string(ttl) }
        let answer = await turn.send(APICall(.post, "/v1/sandboxes", body: .object(body)))
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        return made(turn, answer.document)
    }

    /// A new sandbox with the credentials that are shown this once.
    private static func made(_ turn: Turn, _ sandbox: JSONValue) -> PortalAnswer {
        let say = turn.language
        let slug = sandbox["slug"]?.string ?? ""
        let credentials = sandbox["credentials"] ?? .null
        let key = credentials["api_key"]?.string ?? ""
        return Layout(
            turn: turn, title: say("Your sandbox is ready", "沙盒已就绪"), facts: HTML(slug),
            action: link(.class("button primary"), .href("/s/\(slug)")) {
                say("Open sandbox", "打开沙盒")
            }
        ).answer(201) {
            panel(say("First call", "第一次调用"), id: "first-call") {
                paragraph { say("It works when pasted, with the key in it.", "粘贴即可运行，已含密钥。") }
                copyable(
                    FirstCall.curl(turn, slug: slug, key: key), label: say("First call", "第一次调用"))
            }
            panel(say("Credentials", "凭据"), id: "credentials") {
                paragraph {
                    say("Secrets are shown this once; only their hashes are kept.",
                        "机密仅显示这一次，平台只保存其哈希。")
                }
                Web.facts([
                    (say("API key", "API 密钥"), copyableValue(key)),
                    (say("OAuth client", "OAuth 客户端"), copyableValue(credentials["client_id"]?.string ?? "")),
                    (say("Client secret", "客户端密钥"), copyableValue(credentials["client_secret"]?.string ?? "")),
                    (say("Address", "地址"), copyableValue(sandbox["base_url"]?.string ?? "")),
                ])
            }
        }
    }

    private static func cursor(_ turn: Turn) -> [(name: String, value: String)] {
        turn.query["cursor"].map { [("cursor", $0)] } ?? []
    }
}

/// The link to the next page of a list, where there is one.
func pager(_ turn: Turn, next: String?) -> HTML {
    let say = turn.language
    guard next != nil || turn.query["cursor"] != nil else { return HTML() }
    return nav(.class("pager"), .label(say("Pages of the list", "列表分页"))) {
        if turn.query["cursor"] != nil {
            link(.class("button"), .href(turn.here("cursor", nil)), .previous) { say("Newest", "最新") }
        }
        if let next {
            link(.class("button"), .href(turn.here("cursor", next)), .next) { say("Older", "更早") }
        }
    }
}

/// The call that everybody makes first.
enum FirstCall {
    /// `key` is a placeholder on pages that do not know the secret.
    static func curl(_ turn: Turn, slug: String, key: String) -> String {
        """
        curl \(turn.addresses.sandboxURL(slug: slug))/payments/v1/payments \\
          -H 'Authorization: Bearer \(key)' \\
          -H 'Content-Type: application/json' \\
          -d '{"amount": 5000, "currency": "usd", "payment_method": "pm_card_visa"}'
        """
    }

    static let body: JSONValue = [
        "amount": 5000, "currency": "usd", "payment_method": "pm_card_visa",
    ]
}
