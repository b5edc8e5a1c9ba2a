import HTTP

/// The way in for who has been invited: a password, and a session begins.
enum InvitePage {
    static let routes: [Route] = [
        Route(.get, "/invite/{token}", for: .anybody) { turn throws(Fault) in page(turn, fault: nil) },
        Route(.post, "/invite/{token}", for: .anybody) { turn throws(Fault) in
            let outcome = await turn.visit.accept(
                invitation: turn["token"], password: turn.form.exactly("password"))
            switch outcome {
            case .refused(let status, let detail): return page(turn, fault: detail, status: status)
            case .signedIn(let token, let key):
                var answer = await PublicPages.welcome(turn, token: token, key: key ?? "")
                Cookies.set(Cookies.session, token, in: &answer)
                return answer
            }
        },
    ]

    private static func page(_ turn: Turn, fault: String?, status: Int = 200) -> PortalAnswer {
        let say = turn.language
        return Layout(
            turn: turn, title: say("You are invited", "您已受邀"),
            facts: HTML(say("Choose a password, and you are in.", "设置密码即可加入。")), isNarrow: true
        ).answer(status) {
            if let fault { notice(.error) { fault } }
            PostForm(turn, "/invite/\(PercentEncoding.encode(turn["token"]))", class: "stack") {
                Field(
                    name: "password", label: say("Password", "密码"), type: "password",
                    hint: say(
                        "8 characters or more. Paste and password managers are welcome.",
                        "至少 8 个字符；可粘贴，可用密码管理器。"),
                    autocomplete: "new-password"
                ).html
                button(.type("submit"), .class("primary")) { say("Join", "加入") }
            }
        }
    }
}
