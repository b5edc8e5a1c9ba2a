/// What stands around a trace's table: what of it is shown, and the ways to the rest.
struct TraceTools {
    private let turn: Turn
    private let window: TraceWindow
    private let failed: Int
    private let total: Int

    init(_ turn: Turn, _ spans: [TraceSpan], _ window: TraceWindow) {
        self.turn = turn
        self.window = window
        total = spans.count
        failed = spans.count(where: \.hasFailed)
    }

    private var say: Language { turn.language }
    private var isWhole: Bool { window.focus == nil && turn.query["only"] == nil }

    @HTMLBuilder var html: HTML {
        if total > 1, failed > 0 || !isWhole {
            paragraph(.class("actions")) {
                if let focus = window.focus {
                    span { say("Below “\(focus.name)”", "“\(focus.name)”之下") }
                }
                if !isWhole {
                    link(.class("button"), .href(turn.here(["from": nil, "only": nil, "below": nil]))) {
                        say("The whole trace", "整个追踪")
                    }
                }
                if failed > 0, turn.query["only"] == nil {
                    link(.class("button"), .href(turn.here(["from": nil, "only": "errors"]))) {
                        say("Only the \(failed) that failed", "仅显示 \(failed) 个失败的跨度")
                    }
                }
            }
        }
    }

    /// Nothing where one page holds all.
    @HTMLBuilder var pager: HTML {
        if window.all.count > TraceWindow.rows {
            nav(.class("pager"), .label(say("Parts of the trace", "追踪分页"))) {
                span(.class("muted")) {
                    say(
                        "Spans \(window.from + 1)–\(window.spans.endIndex) of \(window.all.count)",
                        "第 \(window.from + 1)–\(window.spans.endIndex) 个，共 \(window.all.count) 个跨度")
                }
                if let previous = window.previous {
                    link(.class("button"), .href(turn.here(["from": "\(previous)"])), .previous) {
                        say("Before", "上一页")
                    }
                }
                if let next = window.next {
                    link(.class("button"), .href(turn.here(["from": "\(next)"])), .next) {
                        say("Behind", "下一页")
                    }
                }
            }
        }
    }
}
