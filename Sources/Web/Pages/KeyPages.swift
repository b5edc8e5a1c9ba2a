import Contracts
import HTTP

/// The keys that open this sandbox and the platform API: made, rotated and revoked here.
enum KeyPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/keys") { turn throws(Fault) in try await page(turn, problem: nil) },
        Route(.post, "/s/{sandbox}/keys") { turn throws(Fault) in try await create(turn) },
        Route(.post, "/s/{sandbox}/keys/{key}/rotate") { turn throws(Fault) in
            try await rotate(turn)
        },
        Route(.post, "/s/{sandbox}/keys/{key}/revoke") { turn throws(Fault) in
            let key = PercentEncoding.encode(turn["key"])
            let answer = await turn.send(APICall(.delete, "/v1/keys/\(key)"))
            guard answer.isGood else {
                return try await page(turn, problem: Problem(answer), status: answer.status)
            }
            return .redirect(to: "/s/\(turn["sandbox"])/keys")
        },
    ]

    private static func page(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let list = try await turn.get("/v1/keys")
        let keys = (list["data"]?.array ?? []).filter { key in
            let owner = key["sandbox"]?.string
            return owner == nil || owner == sandbox.id
        }
        return Layout(
            turn: turn, title: say("Keys", "密钥"),
            facts: HTML(
                say(
                    "Secrets are shown once, when they are made; a lost one is rotated.",
                    "机密仅在创建时显示一次；遗失后请轮换。")),
            action: PostForm(turn, "/s/\(turn["sandbox"])/keys", class: "inline") {
                button(.class("primary"), .type("submit")) { say("Create key", "创建密钥") }
            }, sandbox: sandbox.frame, section: .keys
        ).answer(status) {
            if let problem { problem.html(say) }
            keyTable(turn, keys)
            FromCI.get(turn, "/v1/keys")
        }
    }

    private static func keyTable(_ turn: Turn, _ keys: [JSONValue]) -> HTML {
        let say = turn.language
        return dataTable(
            say("Keys", "密钥"),
            [
                say("Begins with", "前缀"), say("Opens", "用途"), say("Made", "创建"),
                say("Last used", "最近使用"), say("State", "状态"), say("Change", "操作"),
            ],
            keys.map { key in
                let prefix = key["prefix"]?.string ?? ""
                let isRevoked = !(key["revoked_at"]?.isNull ?? true)
                let isEnding = !(key["expires_at"]?.isNull ?? true)
                return tr {
                    th(Attribute("scope", "row")) { code { prefix + "…" } }
                    td {
                        key["kind"]?.string == "management"
                            ? say("the platform API", "平台 API") : say("this sandbox", "此沙盒")
                    }
                    td(.class("nowrap")) { Moment.element(key["created_at"]?.string) }
                    td(.class("nowrap")) { Moment.element(key["last_used_at"]?.string) }
                    td {
                        if isRevoked {
                            badge(say("revoked", "已吊销"), "quiet")
                        } else if isEnding {
                            badge(say("ending", "即将失效"), "warn")
                        } else {
                            badge(say("active", "有效"), "ok")
                        }
                    }
                    td { if !isRevoked { changes(turn, key["id"]?.string ?? "", prefix) } }
                }
            })
    }

    private static func changes(_ turn: Turn, _ id: String, _ prefix: String) -> HTML {
        let say = turn.language
        let base = "/s/\(turn["sandbox"])/keys/\(id)"
        return div(.class("actions nowrap")) {
            PostForm(turn, base + "/rotate", class: "inline") {
                button(.type("submit"), .label(say("Rotate \(prefix)", "轮换 \(prefix)"))) { say("Rotate", "轮换") }
            }
            PostForm(turn, base + "/revoke", class: "inline") {
                button(.type("submit"), .label(say("Revoke \(prefix)", "吊销 \(prefix)"))) { say("Revoke", "吊销") }
            }
        }
    }

    private static func create(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = PercentEncoding.encode(turn["sandbox"])
        let answer = await turn.send(APICall(.post, "/v1/sandboxes/\(sandbox)/keys", body: [:]))
        return try await secretPage(
            turn, answer, say("The key is made", "密钥已创建"),
            say("It opens this sandbox beside the others.", "它与其他密钥一样可访问此沙盒。"))
    }

    /// The old one works for an hour more.
    private static func rotate(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let key = PercentEncoding.encode(turn["key"])
        let answer = await turn.send(
            APICall(.post, "/v1/keys/\(key)/rotate", body: ["overlap": "PT1H"]))
        return try await secretPage(
            turn, answer, say("The key is rotated", "密钥已轮换"),
            say("The old one works for an hour more.", "旧密钥将继续有效一小时。"))
    }

    /// The new secret is shown this once, so the answer is the page.
    private static func secretPage(
        _ turn: Turn, _ answer: APIAnswer, _ title: String, _ facts: String
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        guard answer.isGood else {
            return try await page(turn, problem: Problem(answer), status: answer.status)
        }
        let sandbox = try await turn.sandbox()
        return Layout(
            turn: turn, title: title, facts: HTML(facts),
            action: link(.class("button primary"), .href("/s/\(turn["sandbox"])/keys")) {
                say("To the keys", "前往密钥")
            }, sandbox: sandbox.frame, section: .keys
        ).answer(201) {
            panel(say("The new key", "新密钥"), id: "secret") {
                paragraph { say("Shown this once.", "仅显示这一次。") }
                copyable(
                    answer.document["secret"]?.string ?? "", label: say("The new key", "新密钥"),
                    language: "text")
            }
        }
    }
}
