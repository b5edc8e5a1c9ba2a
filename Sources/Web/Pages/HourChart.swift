import Contracts
import HTTP

/// The calls of a sandbox in the last day, an hour a column, above the list of them: who clicks on a
/// column, or in its table on an hour, sees the calls of that hour.
struct HourChart {
    private let turn: Turn
    private let hours: [Hour]

    private struct Hour {
        let from: String
        let until: String
        let figures: UsageView.Figures

        /// `03:00`
        var label: String { String(from.dropFirst(11).prefix(5)) }
    }

    /// Hours read from the API.
    init(_ turn: Turn, _ document: JSONValue) {
        self.turn = turn
        hours = (document["data"]?.array ?? []).map { hour in
            Hour(
                from: hour["from"]?.string ?? "", until: hour["until"]?.string ?? "",
                figures: UsageView.Figures(hour))
        }
    }

    @HTMLBuilder var html: HTML {
        // A day without a call has nothing to pick.
        if hours.contains(where: { $0.figures.calls > 0 }) {
            let say = turn.language
            let series = UsageView.series(say)
            details(.class("chart-box"), .flag("open")) {
                summary { say("Calls in the last 24 hours, UTC", "过去 24 小时的调用（UTC）") }
                chart(series).svg(label: say("Calls by hour", "每小时调用"))
                chart(series).legend
                details {
                    summary { say("View as table", "以表格查看") }
                    table(series)
                }
            }
        }
    }

    private func chart(_ series: [BarChart.Series]) -> BarChart {
        BarChart(
            series,
            hours.map { hour in
                BarChart.Column(
                    label: hour.label, values: hour.figures.parts, address: address(hour))
            })
    }

    private func table(_ series: [BarChart.Series]) -> HTML {
        let say = turn.language
        return dataTable(
            say("Calls by hour", "每小时调用"),
            [say("Hour", "小时"), say("calls", "调用")] + series.map(\.name),
            hours.reversed().map { hour in
                tr {
                    th(Attribute("scope", "row")) { link(.href(address(hour))) { hour.label } }
                    ([hour.figures.calls] + hour.figures.parts).map { value in
                        td(.class("number")) { "\(value)" }
                    }
                }
            })
    }

    /// The list with the calls of the hour alone, whatever else it is searched by.
    private func address(_ hour: Hour) -> String {
        // As a browser's field for day and time writes it: 2026-01-02T03:00.
        let times = [("since", hour.from), ("until", hour.until)].map { ($0, String($1.prefix(16))) }
        let names = ["since", "until", "lang", "cursor"]
        let kept = turn.query.pairs.filter { !names.contains($0.name) }
        return turn.head.path + Form(kept + times).asQuery
    }
}
