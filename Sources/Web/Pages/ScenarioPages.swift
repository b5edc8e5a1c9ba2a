import Contracts
import HTTP

/// Outcomes that can be asked for by name, and the lifecycles that they go through.
enum ScenarioPages {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/scenarios") { turn throws(Fault) in try await page(turn) },
        Route(.get, "/s/{sandbox}/graphs/{graph}") { turn throws(Fault) in try await graph(turn) },
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let list = try await turn.get(turn.sandboxAPI + "/scenarios")
        let graphs = try await turn.get(turn.sandboxAPI + "/graphs")
        let wanted = turn.query["q"]?.lowercased()
        let rows = (list["data"]?.array ?? []).filter { scenario in
            guard let wanted else { return true }
            let text = "\(scenario["name"]?.string ?? "") \(scenario["description"]?.string ?? "")"
            return text.lowercased().contains(wanted)
        }
        return Layout(
            turn: turn, title: say("Scenarios", "场景"),
            facts: HTML(
                say("Name one in the header X-Sandbox-Scenario, and the call ends that way.",
                    "在请求头 X-Sandbox-Scenario 中指定，调用即以此结果结束。")),
            sandbox: sandbox.frame, section: .scenarios
        ).answer {
            panel(say("Lifecycles", "生命周期"), id: "graphs") {
                ul(.class("rows")) {
                    (graphs["data"]?.array ?? []).map { graph in
                        li {
                            link(.href("/s/\(turn["sandbox"])/graphs/\(graph["name"]?.string ?? "")")) {
                                graph["name"]?.string ?? ""
                            }
                            span(.class("muted"), .lang("en")) { graph["summary"]?.string ?? "" }
                        }
                    }
                }
            }
            form(
                .class("row-form"), Attribute("method", "get"), Attribute("action", turn.head.path),
                .role("search"), .label(say("Scenarios", "场景"))
            ) {
                Field(
                    name: "q", label: say("Find", "查找"), value: turn.query["q"] ?? "",
                    isRequired: false
                ).html
                button(.type("submit")) { say("Find", "查找") }
            }
            if rows.isEmpty {
                emptyState(say("No scenario has that in its name.", "没有匹配的场景。")) {
                    link(.class("button"), .href(turn.head.path)) { say("All", "全部") }
                }
            } else {
                table(turn, rows)
            }
            FromCI.get(turn, turn.sandboxAPI + "/scenarios")
        }
    }

    private static func table(_ turn: Turn, _ rows: [JSONValue]) -> HTML {
        let say = turn.language
        return dataTable(
            say("Scenarios", "场景"),
            [say("Name", "名称"), say("What happens", "结果"), say("Calls", "适用操作")],
            rows.map { row in
                tr {
                    th(Attribute("scope", "row")) { copyableValue(row["name"]?.string ?? "") }
                    td(.lang("en")) { row["description"]?.string ?? "" }
                    td(.class("muted")) {
                        (row["operations"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
                    }
                }
            })
    }

    // MARK: One lifecycle

    private static func graph(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let target = turn.sandboxAPI + "/graphs/" + PercentEncoding.encode(turn["graph"])
        let answer = try await turn.get(target)
        let lifecycle = Lifecycle(answer["document"] ?? .null)
        let name = answer["name"]?.string ?? ""
        return Layout(
            turn: turn, title: say("Lifecycle: \(name)", "生命周期：\(name)"),
            facts: Web.span { span(.lang("en")) { answer["summary"]?.string ?? "" } },
            sandbox: sandbox.frame, section: .scenarios
        ).answer {
            panel(say("States", "状态"), id: "states") {
                div(
                    .class("graph-box"), Attribute("tabindex", "0"), .role("region"),
                    .label(say("The graph", "状态图"))
                ) {
                    GraphDrawing.svg(
                        lifecycle.layout,
                        label: say("States of \(name); the list below says the same.",
                            "\(name) 的状态图；下方列表内容相同。"),
                        final: lifecycle.finalStates)
                }
            }
            dataTable(
                say("Transitions", "转换"),
                [say("From", "从"), say("To", "到"), say("By", "触发"), say("Events", "事件")],
                lifecycle.transitions.map { transition in
                    tr {
                        td { transition.from.isEmpty ? say("new", "新建") : transition.from.joined(separator: ", ") }
                        th(Attribute("scope", "row")) {
                            transition.to.isEmpty ? say("stays", "不变") : transition.to
                        }
                        td { code { transition.trigger } }
                        td(.class("muted")) { transition.events.joined(separator: ", ") }
                    }
                })
            FromCI.get(turn, target)
        }
    }
}

/// A lifecycle as its page shows it.
struct Lifecycle: Sendable {
    struct Transition: Sendable {
        let from: [String]
        let to: String
        let trigger: String
        let events: [String]
    }

    let states: [String]
    let finalStates: Set<String>
    let transitions: [Transition]

    init(_ document: JSONValue) {
        let read = document["states"]?.array ?? []
        states = read.compactMap { $0["id"]?.string }
        finalStates = Set(read.filter { $0["final"]?.bool == true }.compactMap { $0["id"]?.string })
        transitions = (document["transitions"]?.array ?? []).map { transition in
            let trigger = transition["trigger"]?.object?.members.first
            return Transition(
                from: (transition["from"]?.array ?? []).compactMap(\.string),
                to: transition["to"]?.string ?? "",
                trigger: trigger.map { "\($0.name) \($0.value.string ?? "")" } ?? "",
                events: (transition["emits"]?.array ?? []).compactMap(\.string))
        }
    }

    var layout: GraphLayout {
        let names = Set(states)
        return GraphLayout(
            states,
            transitions.flatMap { transition in
                transition.from.map { GraphLayout.Edge(from: $0, to: transition.to) }
            }.filter { names.contains($0.from) && names.contains($0.to) })
    }
}
