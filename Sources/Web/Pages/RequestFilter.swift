import HTTP

/// What the list of calls is searched by, as the page's address holds it.
struct RequestFilter {
    private let turn: Turn
    /// The API's parameters.
    let parameters: [(name: String, value: String)]

    init(_ turn: Turn) {
        self.turn = turn
        parameters = turn.query.pairs.compactMap { name, value in
            let value = value.trimmed
            guard Self.names.contains(name), !value.isEmpty else { return nil }
            return (name, Self.times.contains(name) ? Self.instant(value) : value)
        }
    }

    var isEmpty: Bool { parameters.isEmpty }

    private static let times = ["since", "until"]
    private static let names = ["status", "operation", "scenario", "trace_id", "entity"] + times

    /// What a browser's field for day and time holds, `2026-01-02T03:04`, is UTC here. Anything else
    /// is for the API to judge.
    private static func instant(_ value: String) -> String {
        value.utf8.count == 16 ? value + ":00Z" : value
    }

    var html: HTML {
        let say = turn.language
        return form(
            .class("row-form"), Attribute("method", "get"), Attribute("action", turn.head.path),
            .role("search"), .label(say("Filter", "筛选"))
        ) {
            field("status", say("Status", "状态码"), maxLength: 3)
            field("operation", say("Operation", "操作"), maxLength: 100)
            field("scenario", say("Scenario", "场景"), maxLength: 64)
            field("entity", say("Object id", "对象 ID"), maxLength: 128)
            field("trace_id", say("Trace id", "追踪 ID"), maxLength: 32)
            field("since", say("From, UTC", "起始（UTC）"), type: "datetime-local")
            field("until", say("Until, UTC", "截止（UTC）"), type: "datetime-local")
            button(.type("submit")) { say("Filter", "筛选") }
            if !isEmpty {
                link(.class("button"), .href(turn.head.path)) { say("All requests", "全部请求") }
            }
        }
    }

    private func field(
        _ name: String, _ label: String, type: String = "text", maxLength: Int? = nil
    ) -> HTML {
        Field(
            name: name, label: label, type: type, value: turn.query[name] ?? "", isRequired: false,
            maxLength: maxLength
        ).html
    }
}
