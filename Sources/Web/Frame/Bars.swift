/// The bar at the top: where one is, and whose session it is.
struct TopBar {
    let turn: Turn
    let sandbox: SandboxFrame?
    /// On the operator's pages no member is at work.
    let isOperators: Bool

    private var say: Language { turn.language }

    var html: HTML {
        header(.class("top-bar")) {
            link(.class("brand"), .href(home)) {
                Icon.mark
                span { "SmartSandbox" }
            }
            if let sandbox { place(sandbox) }
            div(.class("spacer"))
            if let sandbox { finder(sandbox) }
            if isOperators {
                operatorAccount
            } else if let member = turn.member {
                account(member)
            } else {
                entrance
            }
        }
    }

    private var home: String {
        if isOperators { return "/admin" }
        return turn.member == nil ? "/" : "/home"
    }

    @HTMLBuilder private var operatorAccount: HTML {
        span(.class("who")) { say("Operator", "运营者") }
        PostForm(turn, "/admin/signout", class: "inline") {
            button(.class("quiet"), .type("submit")) { say("Sign out", "退出") }
        }
    }

    @HTMLBuilder private func place(_ sandbox: SandboxFrame) -> HTML {
        link(.class("crumb"), .href("/s/\(sandbox.slug)")) { sandbox.slug }
        span(.class("clock"), Attribute("title", say("The sandbox's own time", "沙盒自身的时间"))) {
            Icon.clock
            span { Moment.shown(sandbox.now) }
            if sandbox.isFrozen { span(.class("badge info")) { say("frozen", "已冻结") } }
        }
    }

    private func finder(_ sandbox: SandboxFrame) -> HTML {
        Element("find-anything")() {
            link(
                .class("button quiet"), .href("/s/\(sandbox.slug)/find"),
                Attribute("aria-keyshortcuts", "Meta+K Control+K")
            ) {
                say("Find", "查找")
                " "
                Element("kbd")(.hidden) { "⌘K" }
            }
        }
    }

    @HTMLBuilder private func account(_ member: any SignedInMember) -> HTML {
        link(.class("who"), .href("/t/\(member.tenant)")) { say("Team", "团队") }
        span(.class("who")) { member.email }
        PostForm(turn, "/signout", class: "inline") {
            button(.class("quiet"), .type("submit")) { say("Sign out", "退出") }
        }
    }

    @HTMLBuilder private var entrance: HTML {
        nav(.class("entrance"), .label(say("Account", "账户"))) {
            link(.href("/signin")) { say("Sign in", "登录") }
            link(.class("button"), .href("/signup")) { say("Sign up", "注册") }
        }
    }
}

/// The bar at the side: the sections of a sandbox.
struct SideBar {
    let turn: Turn
    let sandbox: SandboxFrame?
    let section: Section?

    private var say: Language { turn.language }

    var html: HTML {
        guard let sandbox else { return HTML() }
        return nav(.class("side-bar"), .label(say("Sandbox", "沙盒"))) {
            SideBar.groups.map { group in
                div(.class("group")) {
                    span(.class("group-name")) { group.name(say) }
                    ul {
                        group.sections.map { entry($0, sandbox) }
                    }
                }
            }
        }
    }

    private func entry(_ section: Section, _ sandbox: SandboxFrame) -> HTML {
        li {
            link(
                .href("/s/\(sandbox.slug)\(section.path)"),
                section == self.section ? Attribute("aria-current", "page") : nil
            ) { section.name(say) }
        }
    }

    private struct Group {
        let name: @Sendable (Language) -> String
        let sections: [Section]
    }

    private static let groups: [Group] = [
        Group(
            name: { $0("Build", "构建") }, sections: [.overview, .reference, .scenarios, .journeys]),
        Group(name: { $0("Observe", "观察") }, sections: [.requests, .webhooks, .runs, .usage]),
        Group(name: { $0("Control", "控制") }, sections: [.clock, .keys]),
        Group(name: { $0("Assist", "协助") }, sections: [.assistant]),
    ]
}

extension Section {
    var path: String {
        switch self {
        case .overview: ""
        default: "/\(rawValue)"
        }
    }

    func name(_ say: Language) -> String {
        switch self {
        case .overview: say("Overview", "概览")
        case .reference: say("Reference", "参考")
        case .scenarios: say("Scenarios", "场景")
        case .journeys: say("Journeys", "旅程")
        case .webhooks: "Webhooks"
        case .clock: say("Clock", "时钟")
        case .keys: say("Keys", "密钥")
        case .requests: say("Requests", "请求")
        case .assistant: say("Assistant", "助手")
        case .runs: say("Runs", "运行")
        case .usage: say("Usage", "用量")
        }
    }
}

/// The operator's pages.
enum AdminSection: String, Sendable, CaseIterable {
    case overview, usage, tenants

    var path: String { self == .overview ? "/admin" : "/admin/\(rawValue)" }

    func name(_ say: Language) -> String {
        switch self {
        case .overview: say("Overview", "概览")
        case .usage: say("Usage", "用量")
        case .tenants: say("Tenants", "租户")
        }
    }
}

/// The bar at the side of the operator's pages.
struct AdminSideBar {
    let turn: Turn
    let section: AdminSection

    var html: HTML {
        nav(.class("side-bar"), .label(turn.language("Administration", "管理"))) {
            div(.class("group")) {
                span(.class("group-name")) { turn.language("Administration", "管理") }
                ul {
                    AdminSection.allCases.map { section in
                        li {
                            link(
                                .href(section.path),
                                section == self.section ? Attribute("aria-current", "page") : nil
                            ) { section.name(turn.language) }
                        }
                    }
                }
            }
        }
    }
}
