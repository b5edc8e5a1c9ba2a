import Contracts
import HTTP

/// What a sandbox was called for.
enum UsagePages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/usage") { turn throws(Fault) in try await page(turn) }
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let report = try await UsageReport(
            turn, from: "/v1/usage", of: [("sandbox", sandbox.id)],
            by: ["operation", "scenario", "key"])
        let days = report.byDay
        return Layout(
            turn: turn, title: say("Usage", "用量"),
            facts: HTML(
                say(
                    "\(days.totals.calls) calls from \(days.from) to \(days.to), UTC; every one is counted.",
                    "\(days.from) 至 \(days.to)（UTC）共 \(days.totals.calls) 次调用，逐次计数。")),
            sandbox: sandbox.frame, section: .usage
        ).answer { report.html }
    }
}

/// Links by which figures are told apart.
struct GroupPicker {
    let turn: Turn
    let groups: [String]
    let chosen: String

    var html: HTML {
        nav(.class("ranges"), .label(turn.language("Tell apart by", "分组方式"))) {
            groups.map { group in
                link(
                    .class("button"), .href(turn.here("by", group)),
                    group == chosen ? Attribute("aria-current", "true") : nil
                ) { UsageTable.name(of: group, turn.language) }
            }
        }
    }
}

/// Groups of calls with their figures.
struct UsageTable {
    let view: UsageView
    let groups: [String]
    let turn: Turn

    private var say: Language { turn.language }

    var html: HTML {
        guard !view.lines.isEmpty else {
            return emptyState(say("No call in this time.", "此时间范围内没有调用。")) { HTML() }
        }
        return dataTable(
            say("Figures", "数据"),
            groups.map { Self.name(of: $0, say) } + UsageView.columns(say),
            view.lines.map { line in
                tr {
                    groups.map { group in th(Attribute("scope", "row")) { cell(group, line.document) } }
                    UsageView.cells(line.figures)
                }
            })
    }

    private func cell(_ group: String, _ line: JSONValue) -> HTML {
        switch group {
        case "operation":
            let name = [line["contract"]?.string, line["operation"]?.string].compactMap(\.self)
            return HTML(name.isEmpty ? say("fits no operation", "不匹配任何操作") : name.joined(separator: "."))
        case "scenario": return HTML(line["scenario"]?.string ?? say("none asked for", "未指定"))
        case "key":
            guard let key = line["key"]?["id"]?.string else { return HTML(say("nobody", "匿名")) }
            return code { key }
        case "sandbox": return line["sandbox"]?.string.map { id in code { id } } ?? HTML(say("platform API", "平台 API"))
        case "tenant":
            guard let id = line["tenant"]?.string else { return HTML("–") }
            return link(.href("/admin/tenants/\(id)")) { code { id } }
        default: return HTML(line[group]?.string ?? "–")
        }
    }

    static func name(of group: String, _ say: Language) -> String {
        switch group {
        case "operation": say("Operation", "操作")
        case "scenario": say("Scenario", "场景")
        case "key": say("Caller", "调用者")
        case "sandbox": say("Sandbox", "沙盒")
        case "tenant": say("Tenant", "租户")
        default: group
        }
    }
}
