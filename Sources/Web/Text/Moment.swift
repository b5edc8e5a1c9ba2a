/// Times as pages show them.
enum Moment {
    /// `2026-01-02T03:04:05.678Z` as `2026-01-02 03:04:05 UTC`; anything else as it is.
    static func shown(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z")
        else { return text }
        let day = String(decoding: bytes[..<10], as: UTF8.self)
        let time = String(decoding: bytes[11..<19], as: UTF8.self)
        return "\(day) \(time) UTC"
    }

    /// An element that scripts turn into relative text; the absolute time stays its title.
    static func element(_ text: String?) -> HTML {
        guard let text else { return HTML("–") }
        return time(Attribute("datetime", text)) { shown(text) }
    }
}
