import HTTP

/// What the list of calls is searched by.
struct RequestFilter {
    private let turn: Turn
    let search: LogSearch

    init(_ turn: Turn) {
        self.turn = turn
        search = LogSearch(turn, by: ["status", "operation", "scenario", "trace_id", "entity"])
    }

    var html: HTML {
        let say = turn.language
        return search.html(all: say("All requests", "全部请求")) {
            search.field("status", say("Status", "状态码"), maxLength: 3)
            search.field("operation", say("Operation", "操作"), maxLength: 100)
            search.field("scenario", say("Scenario", "场景"), maxLength: 64)
            search.field("entity", say("Object id", "对象 ID"), maxLength: 128)
            search.field("trace_id", say("Trace id", "追踪 ID"), maxLength: 32)
        }
    }
}
