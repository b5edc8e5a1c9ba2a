/// The frame around every page: banner, top bar, side bar, page head.
struct Layout {
    let turn: Turn
    /// The window's title and the page's heading.
    let title: String
    /// One line of facts under the heading.
    var facts: HTML?
    /// The page's one primary action, beside the heading.
    var action: HTML?
    /// The sandbox that the page is about.
    var sandbox: SandboxFrame?
    /// Which entry of the navigation the page belongs to.
    var section: Section?
    /// The same on the operator's pages.
    var adminSection: AdminSection?
    /// Pages of one form stand in a narrow column.
    var isNarrow = false

    func answer(_ status: Int = 200, @HTMLBuilder content: () -> HTML) -> PortalAnswer {
        PortalAnswer.page(status, page(content()))
    }

    private var say: Language { turn.language }

    private func page(_ content: HTML) -> HTML {
        var html = HTML(unsafeRawHTML: "<!doctype html>\n")
        html.append(
            Element("html")(.lang(say.tag)) {
                head
                Element("body")(.class(bodyClass)) {
                    link(.class("skip"), .href("#main")) { say("Skip to the content", "跳到正文") }
                    banner
                    TopBar(turn: turn, sandbox: sandbox, isOperators: adminSection != nil).html
                    div(.class("frame")) {
                        if let adminSection {
                            AdminSideBar(turn: turn, section: adminSection).html
                        } else {
                            SideBar(turn: turn, sandbox: sandbox, section: section).html
                        }
                        main(.id("main"), Attribute("tabindex", "-1")) {
                            pageHead
                            content
                        }
                    }
                    pageFooter
                }
            })
        return html
    }

    private var bodyClass: String {
        (turn.caller == nil ? "plain" : "app")
            + (sandbox == nil && adminSection == nil ? " centred" : "")
            + (isNarrow ? " narrow" : "")
    }

    @HTMLBuilder private var head: HTML {
        Element("head")() {
            meta("viewport", "width=device-width, initial-scale=1")
            meta("color-scheme", "light dark")
            Element("title")() { "\(title) – SmartSandbox" }
            stylesheet("portal.css")
            linkElement("icon", "icon.svg")
            Self.modules.map { name in
                linkElement("modulepreload", name)
            }
            Element("script")(
                .type("module"), Attribute("src", Assets.path("portal.js"))) {}
        }
    }

    /// All that `portal.js` imports, so that none waits for another.
    private static let modules = [
        "chart-links.js", "copy-text.js", "find-anything.js", "fresh-part.js", "live-requests.js",
        "live-run.js", "local-time.js", "shared-stream.js", "single-keys.js",
    ]

    private var banner: HTML {
        div(.class("banner"), .role("region"), .label(say("Environment", "环境"))) {
            strong { "TEST ONLY" }
            " – "
            say("no real transactions", "无真实交易")
        }
    }

    @HTMLBuilder private var pageHead: HTML {
        div(.class("page-head")) {
            div {
                h1 { title }
                if let facts { paragraph(.class("facts")) { facts } }
            }
            if let action { div(.class("page-action")) { action } }
        }
    }

    private var pageFooter: HTML {
        footer(.class("page-footer")) {
            nav(.label(say("Language", "语言"))) {
                Language.allCases.map { language in
                    link(
                        .href(turn.here("lang", language.rawValue)), .lang(language.tag),
                        Attribute("hreflang", language.tag),
                        .flag("aria-current", if: language == say)
                    ) { language.ownName }
                }
            }
            link(.href("/docs")) { say("Guides", "指南") }
            Element("key-help")()
            span { say("People, money and data here are made up.", "这里的人、资金与数据均为虚构。") }
        }
    }

    private func meta(_ name: String, _ content: String) -> HTML {
        Element("meta", isVoid: true)(.name(name), Attribute("content", content))
    }

    private func stylesheet(_ name: String) -> HTML { linkElement("stylesheet", name) }

    private func linkElement(_ relation: String, _ asset: String) -> HTML {
        Element("link", isVoid: true)(Attribute("rel", relation), .href(Assets.path(asset)))
    }
}

/// What the frame says of a page's sandbox.
struct SandboxFrame: Sendable {
    let slug: String
    /// Virtual time, RFC 3339.
    let now: String
    let isFrozen: Bool
}

/// Where a page of a sandbox belongs.
enum Section: String, Sendable, CaseIterable {
    case overview, reference, scenarios, journeys, requests, webhooks, runs, usage, clock, keys
    case assistant
}
