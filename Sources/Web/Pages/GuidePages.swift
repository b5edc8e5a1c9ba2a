import HTTP

/// The guides of this version, readable without an account.
enum GuidePages {
    static let routes: [Route] = [
        Route(.get, "/docs", for: .anybody) { turn throws(Fault) in index(turn) },
        Route(.get, "/docs/{page}", for: .anybody) { turn throws(Fault) in
            try guide(turn)
        },
    ]

    private static let names = Assets.names(below: "guides/").map { name in
        String(name.dropFirst("guides/".count).dropLast(".md".count))
    }

    private static func index(_ turn: Turn) -> PortalAnswer {
        let say = turn.language
        return Layout(
            turn: turn, title: say("Guides", "指南"),
            facts: HTML(say("How things are done here.", "使用方法（英文）。"))
        ).answer {
            ul(.class("rows panel")) {
                names.map { name in
                    li(.lang("en")) { link(.href("/docs/\(name)")) { text(name).title } }
                }
            }
        }
    }

    private static func guide(_ turn: Turn) throws(Fault) -> PortalAnswer {
        let say = turn.language
        guard names.contains(turn["page"]) else { throw .notFound }
        let guide = text(turn["page"])
        return Layout(turn: turn, title: guide.title, facts: nil).answer {
            article(.class("prose panel"), .lang("en")) {
                Markdown.html(guide.body, resolve: resolve)
            }
            paragraph {
                link(.href("/docs")) { say("All guides", "全部指南") }
            }
        }
    }

    private static func text(_ name: String) -> (title: String, body: String) {
        Markdown.titled(Assets.text("guides/\(name).md"))
    }

    /// Guides link each other; what leads elsewhere in the repository is no page here.
    private static func resolve(_ target: String) -> String? {
        if target.hasPrefix("https://") { return target }
        let name = target.prefix { $0 != "#" }
        guard name.hasSuffix(".md"), names.contains(String(name.dropLast(3))) else { return nil }
        return "/docs/\(name.dropLast(3))"
    }
}
