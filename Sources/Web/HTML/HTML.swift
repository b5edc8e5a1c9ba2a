/// A piece of a page, as the bytes that go out. Text becomes HTML only by being escaped; the one way
/// around that has a long name.
struct HTML: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []

    init() {}

    /// Escaped text.
    init(_ text: String) {
        bytes.reserveCapacity(text.utf8.count)
        append(escaped: text)
    }

    /// Text that is HTML already. For what this module has written itself.
    init(unsafeRawHTML text: String) {
        bytes = Array(text.utf8)
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// As text, for tests.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum.append(right)
        return sum
    }

    mutating func append(_ other: HTML) { bytes.append(contentsOf: other.bytes) }

    mutating func append(raw text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The five characters that could end a text or an attribute's value; everything else, also
    /// marks that change the direction of writing, is left as it is.
    mutating func append(escaped text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(raw: "&amp;")
            case UInt8(ascii: "<"): append(raw: "&lt;")
            case UInt8(ascii: ">"): append(raw: "&gt;")
            case UInt8(ascii: "\""): append(raw: "&quot;")
            case UInt8(ascii: "'"): append(raw: "&#39;")
            // HTML has no NUL and reads a CR as something else.
            case 0: append(raw: "\u{FFFD}")
            case UInt8(ascii: "\r"): append(raw: "&#13;")
            default: bytes.append(byte)
            }
        }
    }
}

/// Puts the pieces between braces one behind the other. A `String` among them is escaped.
@resultBuilder
enum HTMLBuilder {
    static func buildExpression(_ text: String) -> HTML { HTML(text) }
    static func buildExpression(_ html: HTML) -> HTML { html }
    static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
    static func buildExpression(_ parts: [HTML]) -> HTML { buildArray(parts) }
    static func buildBlock(_ parts: HTML...) -> HTML { buildArray(parts) }
    static func buildOptional(_ part: HTML?) -> HTML { part ?? HTML() }
    static func buildEither(first: HTML) -> HTML { first }
    static func buildEither(second: HTML) -> HTML { second }

    static func buildArray(_ parts: [HTML]) -> HTML {
        var whole = HTML()
        for part in parts { whole.append(part) }
        return whole
    }
}
