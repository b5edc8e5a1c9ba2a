import Contracts
import HTTP

/// Who did what on the platform, and whether that log still stands as it was written.
enum AuditPages {
    static let routes: [Route] = [
        Route(.get, "/t/{tenant}/audit") { turn throws(Fault) in try await page(turn) },
        Route(.get, "/t/{tenant}/audit/export") { turn throws(Fault) in try await export(turn) },
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let member = try turn.ownMember()
        let people = AuditPeople(await turn.send(APICall(.get, "/v1/members")))
        let filter = AuditFilter(turn, people)
        let place: [(name: String, value: String)] =
            turn.query["cursor"].map { [("cursor", $0)] } ?? []
        let found = try await turn.get(
            "/v1/audit" + Form(filter.search.parameters + place + [("limit", "\(Limits.rows)")]).asQuery)
        let verification = await AuditVerification(turn)
        return Layout(
            turn: turn, title: say("Audit log", "审计日志"),
            facts: HTML(
                say(
                    "\(member.organization): whatever changed something on the platform, newest first.",
                    "\(member.organization)：平台上的全部更改，最新在前。")),
            action: link(.class("button"), .href("/t/\(member.tenant)/audit/export")) {
                say("Export as JSON lines", "导出 JSONL")
            }
        ).answer {
            filter.html
            entries(turn, found["data"]?.array ?? [], people, isFiltered: !filter.search.isEmpty)
            pager(turn, next: found["next"]?.string)
            verification.html
            paragraph { link(.href("/docs/audit")) { say("How the log can be checked elsewhere", "如何在别处校验日志") } }
            FromCI.get(turn, "/v1/audit" + Form(filter.search.parameters).asQuery)
        }
    }

    private static func entries(
        _ turn: Turn, _ entries: [JSONValue], _ people: AuditPeople, isFiltered: Bool
    ) -> HTML {
        let say = turn.language
        guard !entries.isEmpty else {
            return emptyState(say("No entry fits.", "没有符合条件的记录。")) {
                if isFiltered {
                    link(.class("button"), .href(turn.head.path)) { say("All entries", "全部记录") }
                }
            }
        }
        return dataTable(
            say("Audit log", "审计日志"),
            [
                "#", say("Time", "时间"), say("Who", "操作者"), say("Action", "操作"),
                say("Subject", "对象"), say("What changed", "变更内容"),
            ],
            entries.map { entry in row(turn, entry, people) })
    }

    /// The names in it lead to the same list with only theirs.
    private static func row(_ turn: Turn, _ entry: JSONValue, _ people: AuditPeople) -> HTML {
        let say = turn.language
        let action = entry["action"]?.string ?? ""
        let subject = entry["subject"]?.string ?? ""
        return tr(.class("audit-entry")) {
            td(.class("number")) { entry["sequence"]?.int.map(String.init) ?? "–" }
            td(.class("nowrap")) { Moment.element(entry["at"]?.string) }
            td {
                if let id = entry["actor"]?["id"]?.string {
                    link(.href(turn.here("actor", id))) { people.name(of: id) }
                    " "
                }
                small { AuditPeople.kind(entry["actor"]?["kind"]?.string ?? "", say) }
            }
            th(Attribute("scope", "row")) {
                link(.href(turn.here("action", action))) { code { action } }
            }
            td {
                if !subject.isEmpty { link(.href(turn.here("subject", subject))) { code { subject } } }
            }
            td { AuditChanges(entry).html(say) }
        }
    }

    /// The whole log, oldest first: the API's pages one behind the other, as they are sent.
    private static func export(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        _ = try turn.ownMember()
        let first = await turn.send(APICall(.get, "/v1/audit/export"))
        guard first.isGood else { throw .api(first) }
        return .download(first, as: "audit.jsonl") { writer in
            var lines = first.body
            while let last = AuditExport.lastSequence(lines) {
                try await writer.write(lines)
                let next = await turn.send(APICall(.get, "/v1/audit/export?after=\(last)"))
                // Cut off where it cannot go on, so that the browser sees that it is not whole.
                guard next.isGood else { throw Fault.api(next) }
                lines = next.body
            }
        }
    }
}

/// Reading JSON lines of the audit log.
enum AuditExport {
    /// The place in the chain of the last entry; nil where there is none.
    static func lastSequence(_ lines: [UInt8]) -> Int64? {
        guard let line = lines.split(separator: UInt8(ascii: "\n")).last else { return nil }
        do throws(JSONError) {
            return try JSONParser.parse(Array(line))["sequence"]?.int
        } catch {
            return nil
        }
    }
}

/// Who acts, by name where one is known.
struct AuditPeople: Sendable {
    /// E-mail addresses of members by their ids.
    let members: [(id: String, email: String)]

    /// Who may not see the members sees their ids.
    init(_ answer: APIAnswer) {
        members = (answer.isGood ? answer.document["data"]?.array ?? [] : []).compactMap { member in
            guard let id = member["id"]?.string, let email = member["email"]?.string else { return nil }
            return (id, email)
        }
    }

    func name(of id: String) -> String { members.first { $0.id == id }?.email ?? id }

    static func kind(_ kind: String, _ say: Language) -> String {
        switch kind {
        case "user": say("member", "成员")
        case "management_key": say("management key", "管理密钥")
        case "sandbox_key": say("sandbox key", "沙盒密钥")
        case "client": say("client", "客户端")
        case "operator": say("operator", "运营者")
        default: kind.replacing("_", with: " ")
        }
    }
}
