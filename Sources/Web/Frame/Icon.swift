/// The portal's own few icons. Each stands beside its words and is hidden from readers of the page.
enum Icon {
    static let mark = drawn(
        "M4 7.5 12 3l8 4.5v9L12 21l-8-4.5z M4 7.5l8 4.5 8-4.5 M12 12v9")
    static let clock = drawn("M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z M12 7v5l3 2")

    private static func drawn(_ path: String) -> HTML {
        Element("svg")(
            .class("icon"), Attribute("viewBox", "0 0 24 24"), .hidden,
            Attribute("focusable", "false")
        ) {
            Element("path")(Attribute("d", path))
        }
    }
}
