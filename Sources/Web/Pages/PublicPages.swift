import HTTP

/// What is read without an account: the landing page, and the doors in.
enum PublicPages {
    static let routes: [Route] = [
        Route(.get, "/", for: .anybody) { turn throws(Fault) in landing(turn) },
        Route(.get, "/signup", for: .anybody) { turn throws(Fault) in
            turn.member == nil ? signUp(turn, fault: nil) : .redirect(to: "/home")
        },
        Route(.post, "/signup", for: .anybody) { turn throws(Fault) in
            await answerSignUp(turn)
        },
        Route(.get, "/signin", for: .anybody) { turn throws(Fault) in
            turn.member == nil ? signIn(turn, fault: nil) : .redirect(to: next(turn))
        },
        Route(.post, "/signin", for: .anybody) { turn throws(Fault) in
            await answerSignIn(turn)
        },
        Route(.post, "/signout") { turn throws(Fault) in
            await turn.member?.signOut()
            var answer = PortalAnswer.redirect(to: "/")
            Cookies.clear(Cookies.session, in: &answer)
            return answer
        },
    ]

    // MARK: Signing up

    private static func answerSignUp(_ turn: Turn) async -> PortalAnswer {
        let form = SignUpForm(
            email: turn.form["email"] ?? "", password: turn.form.exactly("password"),
            organization: turn.form["organization"] ?? "")
        switch await turn.visit.signUp(form) {
        case .refused(let status, let detail):
            return signUp(turn, fault: detail, status: status)
        case .signedIn(let token, let key):
            var answer = await welcome(turn, token: token, key: key ?? "")
            Cookies.set(Cookies.session, token, in: &answer)
            return answer
        }
    }

    private static func signUp(_ turn: Turn, fault: String?, status: Int = 200) -> PortalAnswer {
        let say = turn.language
        return Layout(turn: turn, title: say("Sign up", "注册"), isNarrow: true).answer(status) {
            if let fault { notice(.error) { fault } }
            PostForm(turn, "/signup", class: "stack") {
                Field(
                    name: "email", label: say("E-mail", "电子邮箱"), type: "email",
                    value: turn.form["email"] ?? "", autocomplete: "username"
                ).html
                Field(
                    name: "password", label: say("Password", "密码"), type: "password",
                    hint: say("8 characters or more. Paste and password managers are welcome.",
                        "至少 8 个字符；可粘贴，可用密码管理器。"),
                    autocomplete: "new-password"
                ).html
                Field(
                    name: "organization", label: say("Organization", "组织"),
                    value: turn.form["organization"] ?? "", autocomplete: "organization"
                ).html
                button(.type("submit"), .class("primary")) { say("Create account", "创建账户") }
            }
            paragraph(.class("aside")) {
                say("You have an account?", "已有账户？") + " "
                link(.href("/signin")) { say("Sign in", "登录") }
            }
        }
    }

    /// Right after signing up or joining: the key that is shown once, and the way on.
    static func welcome(_ turn: Turn, token: String, key: String) async -> PortalAnswer {
        guard let member = await turn.visit.member(holding: token) else {
            return .redirect(to: "/home")
        }
        let turn = turn.as(member)
        let say = turn.language
        return Layout(
            turn: turn, title: say("Welcome", "欢迎"),
            facts: HTML(say("Your account is ready.", "账户已就绪。")), isNarrow: true
        ).answer {
            panel(say("Your management key", "管理密钥"), id: "key") {
                paragraph {
                    say(
                        "It calls the platform API, for example from CI. It is shown this once.",
                        "用于调用平台 API，例如在 CI 中。仅显示这一次。")
                }
                copyable(key, label: say("Management key", "管理密钥"), language: "text")
            }
            panel(say("Your first sandbox", "第一个沙盒"), id: "first") {
                paragraph {
                    say(
                        "It has payments, customers and money in it from the first moment.",
                        "自创建起即含支付、客户与资金数据。")
                }
                HomePage.newSandboxForm(turn, isFirst: true)
            }
        }
    }

    // MARK: Signing in

    private static func answerSignIn(_ turn: Turn) async -> PortalAnswer {
        let outcome = await turn.visit.signIn(
            email: turn.form["email"] ?? "", password: turn.form.exactly("password"))
        switch outcome {
        case .refused(let status, let detail):
            return signIn(turn, fault: detail, status: status)
        case .signedIn(let token, _):
            var answer = PortalAnswer.redirect(to: next(turn))
            Cookies.set(Cookies.session, token, in: &answer)
            return answer
        }
    }

    private static func signIn(_ turn: Turn, fault: String?, status: Int = 200) -> PortalAnswer {
        let say = turn.language
        return Layout(turn: turn, title: say("Sign in", "登录"), isNarrow: true).answer(status) {
            if let fault { notice(.error) { fault } }
            PostForm(turn, "/signin", class: "stack") {
                input(.type("hidden"), .name("next"), .value(next(turn)))
                Field(
                    name: "email", label: say("E-mail", "电子邮箱"), type: "email",
                    value: turn.form["email"] ?? "", autocomplete: "username"
                ).html
                Field(
                    name: "password", label: say("Password", "密码"), type: "password",
                    autocomplete: "current-password"
                ).html
                button(.type("submit"), .class("primary")) { say("Sign in", "登录") }
            }
            paragraph(.class("aside")) {
                say("No account yet?", "还没有账户？") + " "
                link(.href("/signup")) { say("Sign up", "注册") }
            }
        }
    }

    /// Where the browser goes after signing in: only to a path of ours.
    private static func next(_ turn: Turn) -> String {
        let wanted = turn.form["next"] ?? turn.query["next"] ?? "/home"
        let isOwn = wanted.hasPrefix("/") && !wanted.hasPrefix("//") && !wanted.contains("\\")
        return isOwn ? wanted : "/home"
    }

    // MARK: Landing

    private static func landing(_ turn: Turn) -> PortalAnswer {
        let say = turn.language
        return Layout(
            turn: turn,
            title: say("A payment world to break", "可以放心弄坏的支付世界"),
            facts: HTML(
                say(
                    "Production-like APIs with made-up money: same contracts, same errors, any outcome you name.",
                    "与生产一致的 API，资金全为虚构：相同的契约、相同的错误，任何结果由你指定。"))
        ).answer {
            div(.class("hero-actions")) {
                if turn.member == nil {
                    link(.class("button primary"), .href("/signup")) { say("Sign up", "注册") }
                    link(.class("button"), .href("/signin")) { say("Sign in", "登录") }
                } else {
                    link(.class("button primary"), .href("/home")) { say("My sandboxes", "我的沙盒") }
                }
            }
            div(.class("cards")) {
                promises(say).map { promise in
                    article(.class("card")) {
                        h2 { promise.title }
                        paragraph { promise.text }
                    }
                }
            }
            panel(say("Your first call", "第一次调用"), id: "first-call") {
                copyable(
                    """
                    curl \(turn.addresses.sandboxURL(slug: "your-sandbox"))/payments/v1/payments \\
                      -H 'Authorization: Bearer test_sk_…' \\
                      -H 'Content-Type: application/json' \\
                      -d '{"amount": 5000, "currency": "usd", "payment_method": "pm_card_visa"}'
                    """, label: say("First call with curl", "用 curl 进行第一次调用"))
            }
        }
    }

    private static func promises(_ say: Language) -> [(title: String, text: String)] {
        [
            (
                say("Every outcome on demand", "任意结果，随需而得"),
                say(
                    "Declines, 3-D Secure, disputes, clearing, faults: named in a header, provoked by a card, or asked for in plain words.",
                    "拒付、3DS、争议、清算、故障：以请求头指定、用测试卡触发，或直接用自然语言描述。")
            ),
            (
                say("Every answer explained", "每个响应都有解释"),
                say(
                    "Each call keeps what every step decided about it. Why it failed, and what would change that, is two clicks away.",
                    "每次调用都记录各步骤的判断：失败原因与改变办法，点两下即可看到。")
            ),
            (
                say("Time under your control", "时间由你掌控"),
                say(
                    "Each sandbox has its own clock, checkpoints and resets. A month of clearing takes a second.",
                    "每个沙盒都有自己的时钟、检查点与重置；一个月的清算只需一秒。")
            ),
        ]
    }
}

extension Turn {
    /// The same request, seen by who has just signed in.
    func `as`(_ member: any SignedInMember) -> Turn {
        Turn(
            visit: visit, head: head, language: language, path: path, query: query, form: form,
            member: member, caller: member, formToken: member.formToken)
    }
}
