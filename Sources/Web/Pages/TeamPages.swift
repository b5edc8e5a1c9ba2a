import Contracts
import HTTP

/// Who belongs to a tenant, who is invited, and what the whole tenant was called for.
enum TeamPages {
    static let routes: [Route] = [
        Route(.get, "/t/{tenant}") { turn throws(Fault) in try await members(turn, problem: nil) },
        Route(.post, "/t/{tenant}/invitations") { turn throws(Fault) in try await invite(turn) },
        Route(.post, "/t/{tenant}/invitations/{invitation}/revoke") { turn throws(Fault) in
            let id = PercentEncoding.encode(turn["invitation"])
            return try await act(turn, APICall(.delete, "/v1/invitations/\(id)"))
        },
        Route(.post, "/t/{tenant}/members/{user}") { turn throws(Fault) in
            let user = PercentEncoding.encode(turn["user"])
            let role = JSONValue.string(turn.form["role"] ?? "")
            return try await act(turn, APICall(.patch, "/v1/members/\(user)", body: ["role": role]))
        },
        Route(.post, "/t/{tenant}/members/{user}/remove") { turn throws(Fault) in
            let user = PercentEncoding.encode(turn["user"])
            return try await act(turn, APICall(.delete, "/v1/members/\(user)"))
        },
        Route(.get, "/t/{tenant}/usage") { turn throws(Fault) in try await usage(turn) },
    ]

    // MARK: Members

    private static func members(
        _ turn: Turn, problem: Problem?, status: Int = 200
    ) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let member = try turn.ownMember()
        let list = try await turn.get("/v1/members")
        let invitations = try await turn.get("/v1/invitations")
        return Layout(
            turn: turn, title: say("Team", "团队"), facts: HTML(member.organization),
            action: div(.class("actions")) {
                link(.class("button"), .href("/t/\(member.tenant)/usage")) { say("Usage", "用量") }
                link(.class("button"), .href("/t/\(member.tenant)/audit")) { say("Audit log", "审计日志") }
            }
        ).answer(status) {
            if let problem { problem.html(say) }
            panel(say("Members", "成员"), id: "members") {
                memberTable(turn, list["data"]?.array ?? [])
            }
            panel(say("Invite", "邀请"), id: "invite") { inviteForm(turn) }
            panel(say("Invitations", "邀请记录"), id: "invitations") {
                invitationTable(turn, invitations["data"]?.array ?? [])
            }
            FromCI.get(turn, "/v1/members")
        }
    }

    private static func memberTable(_ turn: Turn, _ members: [JSONValue]) -> HTML {
        let say = turn.language
        return dataTable(
            say("Members", "成员"),
            [say("Member", "成员"), say("Since", "加入时间"), say("Role", "角色"), say("Change", "操作")],
            members.map { member in
                let email = member["email"]?.string ?? ""
                let base = "/t/\(turn["tenant"])/members/\(member["id"]?.string ?? "")"
                return tr {
                    th(Attribute("scope", "row")) { email }
                    td(.class("nowrap")) { Moment.element(member["created_at"]?.string) }
                    td {
                        PostForm(turn, base, class: "actions nowrap") {
                            rolePicker(
                                say, member["role"]?.string,
                                .label(say("Role of \(email)", "\(email) 的角色")))
                            button(.type("submit"), .label(say("Change role of \(email)", "更改 \(email) 的角色"))) {
                                say("Change", "更改")
                            }
                        }
                    }
                    td {
                        PostForm(turn, base + "/remove", class: "inline") {
                            button(.type("submit"), .label(say("Remove \(email)", "移除 \(email)"))) {
                                say("Remove", "移除")
                            }
                        }
                    }
                }
            })
    }

    private static func rolePicker(
        _ say: Language, _ chosen: String?, _ more: Attribute...
    ) -> HTML {
        let roles = [
            ("owner", say("owner", "所有者")), ("developer", say("developer", "开发者")),
            ("support", say("support", "支持")), ("viewer", say("viewer", "观察者")),
        ]
        return select.make(
            [Attribute.name("role")] + more,
            HTMLBuilder.buildArray(
                roles.map { value, text in
                    option(.value(value), .flag("selected", if: value == chosen)) { text }
                }))
    }

    // MARK: Invitations

    private static func inviteForm(_ turn: Turn) -> HTML {
        let say = turn.language
        return PostForm(turn, "/t/\(turn["tenant"])/invitations", class: "row-form") {
            Field(
                name: "email", label: say("E-mail", "电子邮箱"), type: "email",
                value: turn.form["email"] ?? "", maxLength: 254
            ).html
            div(.class("field")) {
                label(Attribute("for", "role")) { say("Role", "角色") }
                rolePicker(say, turn.form["role"] ?? "developer", .id("role"))
            }
            button(.type("submit"), .class("primary")) { say("Invite", "邀请") }
        }
    }

    private static func invitationTable(_ turn: Turn, _ invitations: [JSONValue]) -> HTML {
        let say = turn.language
        guard !invitations.isEmpty else {
            return paragraph { say("Nobody has been invited yet.", "尚未邀请任何人。") }
        }
        return dataTable(
            say("Invitations", "邀请记录"),
            [
                say("For", "受邀者"), say("Role", "角色"), say("State", "状态"), say("Ends", "到期"),
                say("Change", "操作"),
            ],
            invitations.map { invitation in
                let email = invitation["email"]?.string ?? ""
                let isOpen = invitation["state"]?.string == "open"
                let id = invitation["id"]?.string ?? ""
                return tr {
                    th(Attribute("scope", "row")) { email }
                    td { invitation["role"]?.string ?? "" }
                    td { badge(invitation["state"]?.string ?? "", isOpen ? "info" : "quiet") }
                    td(.class("nowrap")) { Moment.element(invitation["expires_at"]?.string) }
                    td {
                        if isOpen {
                            PostForm(turn, "/t/\(turn["tenant"])/invitations/\(id)/revoke", class: "inline") {
                                button(.type("submit"), .label(say("Revoke for \(email)", "撤销 \(email) 的邀请"))) {
                                    say("Revoke", "撤销")
                                }
                            }
                        }
                    }
                }
            })
    }

    /// The link is shown this once, so the answer is the page.
    private static func invite(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let member = try turn.ownMember()
        let answer = await turn.send(
            APICall(
                .post, "/v1/invitations",
                body: [
                    "email": .string(turn.form["email"] ?? ""), "role": .string(turn.form["role"] ?? ""),
                ]))
        guard answer.isGood else {
            return try await members(turn, problem: Problem(answer), status: answer.status)
        }
        let email = answer.document["email"]?.string ?? ""
        return Layout(
            turn: turn, title: say("\(email) is invited", "已邀请 \(email)"),
            facts: HTML(say("Nothing was sent: give them the link.", "系统未发送邮件，请自行转交链接。")),
            action: link(.class("button primary"), .href("/t/\(member.tenant)")) {
                say("To the team", "前往团队")
            }
        ).answer(201) {
            panel(say("The link", "链接"), id: "link") {
                paragraph { say("Shown this once.", "仅显示这一次。") }
                copyable(
                    "\(turn.addresses.portal)/invite/\(answer.document["token"]?.string ?? "")",
                    label: say("The link", "链接"), language: "text")
            }
        }
    }

    private static func act(_ turn: Turn, _ call: APICall) async throws(Fault) -> PortalAnswer {
        let member = try turn.ownMember()
        let answer = await turn.send(call)
        guard answer.isGood else {
            return try await members(turn, problem: Problem(answer), status: answer.status)
        }
        return .redirect(to: "/t/\(member.tenant)")
    }

    // MARK: Usage

    private static func usage(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let member = try turn.ownMember()
        let report = try await UsageReport(
            turn, from: "/v1/usage", by: ["sandbox", "operation", "scenario", "key"])
        let days = report.byDay
        return Layout(
            turn: turn, title: say("Usage of all sandboxes", "全部沙盒用量"),
            facts: HTML(
                say(
                    "\(member.organization): \(days.totals.calls) calls from \(days.from) to \(days.to), UTC.",
                    "\(member.organization)：\(days.from) 至 \(days.to)（UTC）共 \(days.totals.calls) 次调用。")),
            action: link(.class("button"), .href("/t/\(member.tenant)")) { say("Team", "团队") }
        ).answer { report.html }
    }
}

extension Turn {
    /// Who has signed in, on pages of a tenant: it has them for its own members only.
    func ownMember() throws(Fault) -> any SignedInMember {
        let member = try requireMember()
        guard self["tenant"] == member.tenant else { throw .notFound }
        return member
    }
}
