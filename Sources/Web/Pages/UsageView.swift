import Contracts

/// Usage figures as pages show them, read from the API.
struct UsageView: Sendable {
    struct Figures: Sendable {
        let calls: Int64
        let succeeded: Int64
        let simulatedFailures: Int64
        let refused: Int64
        let platformFailures: Int64
        let meanMilliseconds: String?

        init(_ document: JSONValue?) {
            func number(_ name: String) -> Int64 { document?[name]?.int ?? 0 }
            calls = number("calls")
            succeeded = number("succeeded")
            simulatedFailures = number("simulated_failures")
            refused = number("refused")
            platformFailures = number("platform_failures")
            meanMilliseconds = document?["mean_duration_ms"]?.number?.text
        }

        /// In the order of ``UsageView/series(_:)``.
        var parts: [Int64] { [succeeded, simulatedFailures, refused, platformFailures] }
    }

    /// A group and its figures.
    struct Line: Sendable {
        let document: JSONValue
        let figures: Figures
    }

    let from: String
    let to: String
    let days: [String]
    let lines: [Line]
    let totals: Figures
    let next: String?

    init(_ document: JSONValue) {
        from = document["from"]?.string ?? ""
        to = document["to"]?.string ?? ""
        days = (document["days"]?.array ?? []).compactMap(\.string)
        lines = (document["data"]?.array ?? []).map {
            Line(document: $0, figures: Figures($0))
        }
        totals = Figures(document["totals"])
        next = document["next"]?.string
    }

    /// Figures of every day of the time, where the lines are days.
    var byDay: [(day: String, figures: Figures)] {
        let found = Dictionary(
            lines.compactMap { line in line.document["day"]?.string.map { ($0, line.figures) } },
            uniquingKeysWith: { first, _ in first })
        return days.map { ($0, found[$0] ?? Figures(nil)) }
    }
}

extension UsageView {
    static func series(_ say: Language) -> [BarChart.Series] {
        [
            BarChart.Series(name: say("succeeded", "成功"), className: "series-1"),
            BarChart.Series(name: say("simulated failures", "模拟失败"), className: "series-2"),
            BarChart.Series(name: say("refused", "被拒"), className: "series-3"),
            BarChart.Series(name: say("platform failures", "平台故障"), className: "series-4"),
        ]
    }

    /// Calls by day, with the table that says the same.
    func chart(_ say: Language) -> HTML {
        let chart = BarChart(
            Self.series(say), byDay.map { BarChart.Column(label: $0.day, values: $0.figures.parts) })
        return div(.class("chart-box")) {
            chart.svg(label: say("Calls by day", "每日调用"))
            chart.legend
            details {
                summary { say("View as table", "以表格查看") }
                dataTable(
                    say("Calls by day", "每日调用"),
                    [say("Day", "日期")] + Self.columns(say),
                    byDay.map { day, figures in
                        tr {
                            th(Attribute("scope", "row")) { day }
                            Self.cells(figures)
                        }
                    })
            }
        }
    }

    static func columns(_ say: Language) -> [String] {
        [say("calls", "调用")] + series(say).map(\.name) + [say("mean ms", "平均毫秒")]
    }

    static func cells(_ figures: Figures) -> [HTML] {
        ([figures.calls] + figures.parts).map { value in td(.class("number")) { "\(value)" } }
            + [td(.class("number")) { figures.meanMilliseconds ?? "–" }]
    }

    /// Links to the last days, so many of them.
    static func rangePicker(_ turn: Turn) -> HTML {
        let say = turn.language
        let chosen = turn.query["days"] ?? "30"
        return nav(.class("ranges"), .label(say("Time", "时间范围"))) {
            ["7", "30", "90", "365"].map { days in
                link(
                    .class("button"), .href(turn.here("days", days)),
                    days == chosen ? Attribute("aria-current", "true") : nil
                ) { say("\(days) days", "\(days) 天") }
            }
        }
    }
}

extension Turn {
    /// The days that the page's address asks for, as the API takes them.
    var usageDays: [(name: String, value: String)] { [("days", query["days"] ?? "30")] }
}
