import HTTP

/// The operator's door: the admin key, once, for a session of some hours.
enum AdminDoor {
    static let routes: [Route] = [
        Route(.get, "/admin/signin", for: .anybody) { turn throws(Fault) in page(turn, fault: nil) },
        Route(.post, "/admin/signin", for: .anybody) { turn throws(Fault) in answer(turn) },
        Route(.post, "/admin/signout", for: .operator) { _ throws(Fault) in
            var answer = PortalAnswer.redirect(to: "/")
            Cookies.clear(Cookies.operator, in: &answer)
            return answer
        },
    ]

    private static func answer(_ turn: Turn) -> PortalAnswer {
        switch turn.visit.signInOperator(key: turn.form.exactly("key").trimmed) {
        case .refused(let status, let detail): return page(turn, fault: detail, status: status)
        case .signedIn(let token, _):
            var answer = PortalAnswer.redirect(to: next(turn))
            Cookies.set(Cookies.operator, token, in: &answer)
            return answer
        }
    }

    /// Where the operator was going: a page of this area and nothing else.
    private static func next(_ turn: Turn) -> String {
        guard let next = turn.form["next"] ?? turn.query["next"],
            next == "/admin" || next.hasPrefix("/admin/") || next.hasPrefix("/admin?")
        else { return "/admin" }
        return next
    }

    private static func page(_ turn: Turn, fault: String?, status: Int = 200) -> PortalAnswer {
        let say = turn.language
        return Layout(
            turn: turn, title: say("Administration", "管理"),
            facts: HTML(say("All tenants of this installation.", "本系统的全部租户。")), isNarrow: true
        ).answer(status) {
            if let fault { notice(.error) { fault } }
            PostForm(turn, "/admin/signin", class: "stack") {
                input(.type("hidden"), .name("next"), .value(next(turn)))
                Field(
                    name: "key", label: say("Admin key", "管理密钥"), type: "password",
                    hint: say(
                        "As given to the server, or printed at its first start. You stay signed in for four hours.",
                        "启动服务时给定，或首次启动时打印；登录有效四小时。"),
                    autocomplete: "current-password"
                ).html
                button(.type("submit"), .class("primary")) { say("Sign in", "登录") }
            }
        }
    }
}
