import Contracts
import HTTP

/// The way to everything in a sandbox by its name: a page with one field, which scripts show over any
/// page on ⌘K.
enum FindPage {
    static let routes: [Route] = [
        Route(.get, "/s/{sandbox}/find") { turn throws(Fault) in try await page(turn) }
    ]

    private static func page(_ turn: Turn) async throws(Fault) -> PortalAnswer {
        let say = turn.language
        let sandbox = try await turn.sandbox()
        let text = String((turn.query["q"] ?? "").prefix(Limits.findCharacters))
        let found = try await finder(turn, sandbox, for: text).found(text)
        return Layout(
            turn: turn, title: say("Find", "查找"),
            facts: HTML(
                say("Pages, actions, operations, scenarios, or an id that you have.",
                    "页面、操作、接口、场景，或任意标识。")),
            sandbox: sandbox.frame
        ).answer {
            form(
                .class("row-form"), Attribute("method", "get"), Attribute("action", turn.head.path),
                .role("search"), .label(say("Find", "查找"))
            ) {
                Field(
                    name: "q", label: say("Name or id", "名称或标识"), type: "search", value: text,
                    isRequired: false, maxLength: Limits.findCharacters
                ).html
                button(.type("submit")) { say("Find", "查找") }
            }
            div(.id("found"), .class("found")) {
                if found.isEmpty {
                    paragraph(.class("muted")) { say("Nothing here has that name.", "没有匹配的内容。") }
                }
                found.map(list)
            }
        }
    }

    private static func list(_ group: Finder.Group) -> HTML {
        section(.class("found-group"), .label(group.name)) {
            h2 { group.name }
            ul(.class("rows")) {
                group.places.map { place in
                    li {
                        link(.href(place.address)) { place.title }
                        span(.class("muted"), .lang("en")) { place.detail }
                    }
                }
            }
        }
    }

    private static func finder(
        _ turn: Turn, _ sandbox: SandboxView, for text: String
    ) async throws(Fault) -> Finder {
        // Before a word is typed only pages and actions are shown.
        guard !text.trimmed.isEmpty else {
            return Finder(slug: sandbox.slug, operations: [], scenarios: [], turn.language)
        }
        let base = "/s/\(sandbox.slug)"
        let query = Form([("q", text), ("limit", "\(Finder.placesMax)")]).asQuery
        let found = try await turn.get(turn.sandboxAPI + "/operations" + query)
        let operations = (found["data"]?.array ?? []).compactMap { operation -> Finder.Place? in
            // What a contract has not named has no page.
            guard let id = operation["id"]?.string, !id.contains(" ") else { return nil }
            let words = ["method", "path", "summary"].compactMap { operation[$0]?.string }
            return Finder.Place(
                title: id, detail: words.joined(separator: " "),
                address: "\(base)/reference/\(PercentEncoding.encode(id))")
        }
        let list = try await turn.get(turn.sandboxAPI + "/scenarios")
        let scenarios = (list["data"]?.array ?? []).map { scenario in
            let name = scenario["name"]?.string ?? ""
            return Finder.Place(
                title: name, detail: scenario["description"]?.string ?? "",
                address: "\(base)/scenarios?q=\(PercentEncoding.encode(name))")
        }
        return Finder(
            slug: sandbox.slug, operations: operations, scenarios: scenarios, turn.language)
    }
}
