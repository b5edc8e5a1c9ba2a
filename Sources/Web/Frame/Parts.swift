import Contracts

/// A form that changes something: it carries the proof that it is ours.
func PostForm(
    _ turn: Turn, _ action: String, class name: String = "", _ more: Attribute?...,
    @HTMLBuilder content: () -> HTML
) -> HTML {
    form.make(
        [Attribute("method", "post"), Attribute("action", action), name.isEmpty ? nil : .class(name)]
            + more,
        input(.type("hidden"), .name(FormReading.tokenName), .value(turn.formToken)) + content())
}

/// A labelled input on a line of its own.
struct Field {
    let name: String
    let label: String
    var type = "text"
    var value = ""
    var hint: String?
    var autocomplete = "off"
    var isRequired = true
    var maxLength: Int?

    var html: HTML {
        let hintID = "\(name)-hint"
        return div(.class("field")) {
            Web.label(Attribute("for", name)) { label }
            input(
                .id(name), .name(name), .type(type), type == "password" ? nil : .value(value),
                .autocomplete(autocomplete), .flag("required", if: isRequired),
                maxLength.map { Attribute("maxlength", String($0)) },
                hint == nil ? nil : .describedBy(hintID),
                Attribute("spellcheck", "false"))
            if let hint { small(.id(hintID)) { hint } }
        }
    }
}

/// A sentence that must be noticed: what went wrong, or what was done.
func notice(_ kind: NoticeKind, @HTMLBuilder content: () -> HTML) -> HTML {
    div(.class("notice \(kind.rawValue)"), .role(kind == .error ? "alert" : "status")) { content() }
}

enum NoticeKind: String { case error, ok, info }

/// Text to take along: a command, an id, a secret. The script adds the button; without it the text
/// can be selected whole.
///
/// - Parameter key: the letter that takes it, one of those in `single-keys.js`.
func copyable(
    _ text: String, label: String, language: String = "shell", key: String? = nil
) -> HTML {
    Element("copy-text")(.class("copyable"), key.map { Attribute("data-key", $0) }) {
        pre(
            .label(label), .role("group"), Attribute("tabindex", "0"), Attribute("data-language", language)
        ) { code { text } }
    }
}

/// An id or a short value in the text, which can be copied.
func copyableValue(_ text: String) -> HTML {
    Element("copy-text")(.class("inline")) { code { text } }
}

/// A word with a shape and a colour; the word alone says it all.
func badge(_ text: String, _ kind: String) -> HTML { span(.class("badge \(kind)")) { text } }

/// A status of HTTP by number and shape.
func statusBadge(_ status: Int64) -> HTML {
    switch status {
    case ..<300: badge("\(status)", "ok")
    case ..<400: badge("\(status)", "info")
    case ..<500: badge("\(status)", "warn")
    default: badge("\(status)", "error")
    }
}

/// One sentence and the first action, where a list has no rows.
func emptyState(_ sentence: String, @HTMLBuilder action: () -> HTML) -> HTML {
    div(.class("empty")) {
        paragraph { sentence }
        action()
    }
}

/// A part of a page with a heading of its own.
func panel(
    _ heading: String, id: String, class name: String = "panel", @HTMLBuilder content: () -> HTML
) -> HTML {
    section(.class(name), .labelledBy(id)) {
        h2(.id(id)) { heading }
        content()
    }
}

/// Names and values, one pair a line.
func facts(_ pairs: [(String, HTML)]) -> HTML {
    dl(.class("facts-list")) {
        pairs.map { name, value in
            div {
                dt { name }
                dd { value }
            }
        }
    }
}

/// A table in a box of its own, which scrolls when it is too wide.
func dataTable(_ caption: String, _ columns: [String], _ rows: [HTML]) -> HTML {
    div(.class("table-box"), .role("group"), .label(caption), Attribute("tabindex", "0")) {
        table {
            Element("caption")(.class("visually-hidden")) { caption }
            thead {
                tr { columns.map { column in th(Attribute("scope", "col")) { column } } }
            }
            tbody { rows }
        }
    }
}

/// A JSON document as text, laid out; cut where it is too long for a page.
func jsonText(_ value: JSONValue, label: String) -> HTML {
    let bytes = JSONLayout.bytes(value)
    let shown = String(decoding: bytes.prefix(Limits.shownBodyBytes), as: UTF8.self)
    let isCut = bytes.count > Limits.shownBodyBytes
    return copyable(isCut ? shown + "\n…" : shown, label: label, language: "json")
}
