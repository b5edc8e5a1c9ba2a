import Contracts
import HTTP

/// The operator's first pages: five numbers, what stands out, and usage of everybody.
enum AdminPages {
    static let routes: [Route] = [
        Route(.get, "/admin", for: .operator) { turn throws(Fault) in try await overview(turn) },
        Route(.get, "/admin/usage", for: .operator) { turn throws(Fault) in try await usage(turn) },
    ]

    // MARK: Overview

    private static func overview(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let kpis = try await turn.get("/admin/v1/kpis" + Form(turn.usageDays).asQuery)
        let byDay = UsageView(
            try await turn.get(
                "/admin/v1/usage" + Form(turn.usageDays + [("limit", "400")]).asQuery))
        let byTenant = UsageView(
            try await turn.get(
                "/admin/v1/usage"
                    + Form(turn.usageDays + [("group_by", "tenant"), ("limit", "1000")]).asQuery))
        return Layout(
            turn: turn, title: say("Administration", "管理"),
            facts: HTML(say("\(byDay.from) to \(byDay.to), UTC", "\(byDay.from) 至 \(byDay.to)（UTC）")),
            adminSection: .overview
        ).answer {
            UsageView.rangePicker(turn)
            tiles(say, kpis, byDay)
            panel(say("Calls by day", "每日调用"), id: "days") { byDay.chart(say) }
            div(.class("columns")) {
                panel(say("What stands out", "异常情况"), id: "exceptions") {
                    exceptions(turn, byTenant)
                }
                panel(say("Scenarios that nobody asked for", "无人使用的场景"), id: "unused") {
                    unused(say, kpis)
                }
            }
            FromCI.get(turn, "/admin/v1/kpis" + Form(turn.usageDays).asQuery)
        }
    }

    /// Five numbers, with how they came about where days tell it.
    private static func tiles(_ say: Language, _ kpis: JSONValue, _ byDay: UsageView) -> HTML {
        let firsts = kpis["time_to_first_success"] ?? .null
        let webhooks = kpis["webhooks"] ?? .null
        let scenarios = kpis["scenarios"] ?? .null
        let days = byDay.byDay.map(\.figures)
        return ul(.class("tiles")) {
            tile(say("Calls", "调用"), "\(byDay.totals.calls)", "", days.map(\.calls))
            tile(
                say("Platform failures", "平台故障"), "\(byDay.totals.platformFailures)",
                say("of all calls; each is ours", "每一次都是平台的责任"), days.map(\.platformFailures))
            tile(
                say("First success, median", "首次成功（中位数）"),
                firsts["median_seconds"]?.number.map { "\($0.text) s" } ?? "–",
                say(
                    "\(count(firsts, "succeeded")) of \(count(firsts, "tenants")) new tenants; \(count(firsts, "within_two_minutes")) within two minutes",
                    "新租户 \(count(firsts, "tenants")) 个，成功 \(count(firsts, "succeeded")) 个，两分钟内 \(count(firsts, "within_two_minutes")) 个"))
            tile(
                say("Webhooks delivered", "Webhook 送达率"), percent(webhooks["success_rate"]),
                say(
                    "\(count(webhooks, "delivered")) delivered, \(count(webhooks, "dead")) dead letters",
                    "送达 \(count(webhooks, "delivered"))，死信 \(count(webhooks, "dead"))"))
            tile(
                say("Scenario coverage", "场景覆盖率"), percent(scenarios["coverage"]),
                say(
                    "\(count(scenarios, "used")) of \(count(scenarios, "known")) scenarios",
                    "\(count(scenarios, "known")) 个场景中的 \(count(scenarios, "used")) 个"))
        }
    }

    private static func tile(
        _ name: String, _ number: String, _ detail: String, _ history: [Int64] = []
    ) -> HTML {
        li(.class("tile")) {
            span(.class("tile-name")) { name }
            strong { number }
            if !history.isEmpty { Sparkline(history).svg }
            if !detail.isEmpty { small { detail } }
        }
    }

    private static func count(_ document: JSONValue, _ name: String) -> Int64 {
        document[name]?.int ?? 0
    }

    /// `0.983` as `98.3 %`.
    private static func percent(_ share: JSONValue?) -> String {
        guard let share = share?.number?.double else { return "–" }
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// Tenants to whom the platform failed, then those whose calls were refused most.
    private static func exceptions(_ turn: Turn, _ byTenant: UsageView) -> HTML {
        let say = turn.language
        let lines = byTenant.lines
            .filter { $0.figures.platformFailures > 0 || $0.figures.refused * 4 > $0.figures.calls }
            .sorted {
                ($0.figures.platformFailures, $0.figures.refused)
                    > ($1.figures.platformFailures, $1.figures.refused)
            }
            .prefix(Limits.exceptions)
        guard !lines.isEmpty else {
            return emptyState(
                say(
                    "The platform failed nobody, and nobody had a quarter of its calls refused.",
                    "平台未出现故障，也没有租户的调用被大量拒绝。")
            ) { HTML() }
        }
        return ul(.class("rows")) {
            lines.map { line in
                let id = line.document["tenant"]?.string ?? ""
                return li {
                    link(.href("/admin/tenants/\(id)")) { code { id } }
                    span(.class("muted")) {
                        say(
                            " \(line.figures.calls) calls, \(line.figures.refused) refused, \(line.figures.platformFailures) platform failures",
                            " 调用 \(line.figures.calls)，被拒 \(line.figures.refused)，平台故障 \(line.figures.platformFailures)")
                    }
                }
            }
        }
    }

    private static func unused(_ say: Language, _ kpis: JSONValue) -> HTML {
        let names = (kpis["scenarios"]?["unused"]?.array ?? []).compactMap(\.string)
        guard !names.isEmpty else {
            return emptyState(say("Every scenario was asked for.", "所有场景均已使用。")) { HTML() }
        }
        return details {
            summary { say("\(names.count) scenarios", "\(names.count) 个场景") }
            ul(.class("rows")) { names.map { name in li { code { name } } } }
        }
    }

    // MARK: Usage

    private static func usage(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let report = try await UsageReport(
            turn, from: "/admin/v1/usage", by: ["tenant", "sandbox", "operation", "scenario", "key"])
        let days = report.byDay
        return Layout(
            turn: turn, title: say("Usage", "用量"),
            facts: HTML(
                say(
                    "\(days.totals.calls) calls of all tenants from \(days.from) to \(days.to), UTC.",
                    "\(days.from) 至 \(days.to)（UTC），全部租户共 \(days.totals.calls) 次调用。")),
            adminSection: .usage
        ).answer { report.html }
    }
}
