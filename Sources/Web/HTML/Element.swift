/// An element's name; calling it with attributes and content makes the element.
struct Element: Sendable {
    private let name: StaticString
    private let isVoid: Bool

    /// `isVoid` elements have no content and no end tag.
    init(_ name: StaticString, isVoid: Bool = false) {
        self.name = name
        self.isVoid = isVoid
    }

    func callAsFunction(
        _ attributes: Attribute?..., @HTMLBuilder content: () -> HTML = { HTML() }
    ) -> HTML {
        make(attributes, content())
    }

    func make(_ attributes: [Attribute?], _ content: HTML) -> HTML {
        var html = HTML()
        html.append(raw: "<")
        html.append(raw: name)
        for attribute in attributes { attribute?.append(to: &html) }
        html.append(raw: ">")
        guard !isVoid else { return html }
        html.append(content)
        html.append(raw: "</")
        html.append(raw: name)
        html.append(raw: ">")
        return html
    }
}

/// An attribute. Its name stands in the source; its value is escaped. There is none for styles and
/// none for event handlers: the content security policy would refuse both.
struct Attribute: Sendable {
    private let name: StaticString
    private let value: String?

    init(_ name: StaticString, _ value: String?) {
        self.name = name
        self.value = value
    }

    func append(to html: inout HTML) {
        html.append(raw: " ")
        html.append(raw: name)
        guard let value else { return }
        html.append(raw: "=\"")
        html.append(escaped: value)
        html.append(raw: "\"")
    }
}

extension Attribute {
    static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func href(_ url: String) -> Attribute { Attribute("href", url) }
    static func name(_ name: String) -> Attribute { Attribute("name", name) }
    static func value(_ value: String) -> Attribute { Attribute("value", value) }
    static func type(_ type: String) -> Attribute { Attribute("type", type) }
    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    static func labelledBy(_ id: String) -> Attribute { Attribute("aria-labelledby", id) }
    static func describedBy(_ id: String) -> Attribute { Attribute("aria-describedby", id) }
    static func role(_ role: String) -> Attribute { Attribute("role", role) }
    static func lang(_ tag: String) -> Attribute { Attribute("lang", tag) }
    static func autocomplete(_ kind: String) -> Attribute { Attribute("autocomplete", kind) }
    static let hidden = Attribute("aria-hidden", "true")
    /// Of links to the parts of a list before and behind the one at hand.
    static let previous = Attribute("rel", "prev")
    static let next = Attribute("rel", "next")

    /// An attribute that is there or not, such as `required`; nil when `condition` is false.
    static func flag(_ name: StaticString, if condition: Bool = true) -> Attribute? {
        condition ? Attribute(name, nil) : nil
    }
}

// The elements that pages are made of.
let article = Element("article")
let aside = Element("aside")
let button = Element("button")
let code = Element("code")
let dd = Element("dd")
let del = Element("del")
let details = Element("details")
let div = Element("div")
let dl = Element("dl")
let dt = Element("dt")
let fieldset = Element("fieldset")
let footer = Element("footer")
let form = Element("form")
let h1 = Element("h1")
let h2 = Element("h2")
let h3 = Element("h3")
let header = Element("header")
let hr = Element("hr", isVoid: true)
let ins = Element("ins")
let input = Element("input", isVoid: true)
let label = Element("label")
let legend = Element("legend")
let li = Element("li")
let link = Element("a")
let main = Element("main")
let nav = Element("nav")
let ol = Element("ol")
let option = Element("option")
let paragraph = Element("p")
let pre = Element("pre")
let section = Element("section")
let select = Element("select")
let small = Element("small")
let span = Element("span")
let strong = Element("strong")
let summary = Element("summary")
let table = Element("table")
let tbody = Element("tbody")
let td = Element("td")
let textarea = Element("textarea")
let th = Element("th")
let thead = Element("thead")
let time = Element("time")
let tr = Element("tr")
let ul = Element("ul")
