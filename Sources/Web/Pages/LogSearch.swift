import HTTP

/// What a log is searched by, as its page's address holds it, and the form that asks for it.
struct LogSearch {
    private let turn: Turn
    /// The API's parameters.
    let parameters: [(name: String, value: String)]

    /// `names` are the API's parameters beside the times, which every log has.
    init(_ turn: Turn, by names: [String]) {
        self.turn = turn
        parameters = turn.query.pairs.compactMap { name, value in
            let value = value.trimmed
            guard !value.isEmpty else { return nil }
            if Self.times.contains(name) { return (name, Self.instant(value)) }
            return names.contains(name) ? (name, value) : nil
        }
    }

    var isEmpty: Bool { parameters.isEmpty }

    private static let times = ["since", "until"]

    /// What a browser's field for day and time holds, `2026-01-02T03:04`, is UTC here. Anything else
    /// is for the API to judge.
    private static func instant(_ value: String) -> String {
        value.utf8.count == 16 ? value + ":00Z" : value
    }

    /// The form with the log's own fields, then the times; `all` names the way back to the whole log.
    func html(all: String, @HTMLBuilder _ fields: () -> HTML) -> HTML {
        let say = turn.language
        return form(
            .class("row-form"), Attribute("method", "get"), Attribute("action", turn.head.path),
            .role("search"), .label(say("Filter", "筛选"))
        ) {
            fields()
            field("since", say("From, UTC", "起始（UTC）"), type: "datetime-local")
            field("until", say("Until, UTC", "截止（UTC）"), type: "datetime-local")
            button(.type("submit")) { say("Filter", "筛选") }
            if !isEmpty { link(.class("button"), .href(turn.head.path)) { all } }
        }
    }

    func field(
        _ name: String, _ label: String, type: String = "text", maxLength: Int? = nil
    ) -> HTML {
        Field(
            name: name, label: label, type: type, value: turn.query[name] ?? "", isRequired: false,
            maxLength: maxLength
        ).html
    }
}
