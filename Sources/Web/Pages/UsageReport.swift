import HTTP

/// What was called, by day and by one group that the reader chooses: the body of every page of usage.
struct UsageReport {
    let byDay: UsageView
    private let turn: Turn
    private let groups: [String]
    private let group: String
    private let target: String
    private let grouped: UsageView

    /// - Parameters:
    ///   - api: the operation that counts, such as `/v1/usage`.
    ///   - parameters: what is counted, beside the page's days.
    ///   - groups: names as the API and the page's address have them, the one shown first in front.
    init(
        _ turn: Turn, from api: String, of parameters: [(name: String, value: String)] = [],
        by groups: [String]
    ) async throws(Fault) {
        let counted = turn.usageDays + parameters
        let group = turn.query["by"].flatMap { groups.contains($0) ? $0 : nil } ?? groups[0]
        let cursor = turn.query["cursor"].map { [(name: "cursor", value: $0)] } ?? []
        target =
            api
            + Form(counted + [("group_by", group), ("limit", "\(Limits.rows)")] + cursor).asQuery
        byDay = UsageView(try await turn.get(api + Form(counted + [("limit", "400")]).asQuery))
        grouped = UsageView(try await turn.get(target))
        (self.turn, self.groups, self.group) = (turn, groups, group)
    }

    @HTMLBuilder var html: HTML {
        let say = turn.language
        UsageView.rangePicker(turn)
        panel(say("Calls by day", "每日调用"), id: "days") { byDay.chart(say) }
        panel(say("By what was called", "按调用内容"), id: "groups") {
            GroupPicker(turn: turn, groups: groups, chosen: group).html
            UsageTable(view: grouped, groups: [group], turn: turn).html
            pager(turn, next: grouped.next)
        }
        FromCI.get(turn, target)
    }
}
