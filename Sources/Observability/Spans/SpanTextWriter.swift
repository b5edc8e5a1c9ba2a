import Contracts

/// Writes a span's attributes or events as JSON while they are read, masked as it goes: the text
/// goes into the row as it is. A tree of values in between cost three times as much as the rest.
struct SpanTextWriter {
    private(set) var bytes: [UInt8] = []
    private let screen: SpanScreen

    init(_ screen: SpanScreen, open bracket: Bracket) {
        self.screen = screen
        bytes.reserveCapacity(512)
        bytes.append(bracket.opening)
    }

    enum Bracket {
        case object, array

        fileprivate var opening: UInt8 { self == .object ? UInt8(ascii: "{") : UInt8(ascii: "[") }
        fileprivate var closing: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }

    mutating func open(_ bracket: Bracket) {
        separate()
        bytes.append(bracket.opening)
    }

    mutating func close(_ bracket: Bracket) { bytes.append(bracket.closing) }

    /// Drops what was written since there were `count` bytes if a closing bracket would no longer
    /// fit. Whether it is there.
    mutating func keep(since count: Int) -> Bool {
        guard bytes.count >= Limits.spanAttributeBytes else { return true }
        bytes.removeLast(bytes.count - count)
        return false
    }

    // MARK: Members

    /// A member's name. False when it says that the value is a secret, whose place is then taken;
    /// else the value is to follow.
    mutating func name(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        text(name)
        bytes.append(UInt8(ascii: ":"))
        guard screen.isSecret(name) else { return true }
        raw("\"***\"")
        return false
    }

    /// A name of our own.
    mutating func name(_ name: StaticString) {
        raw("\"")
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    }

    /// An event; its attributes are to follow.
    mutating func beginEvent(at: Int64, named name: UnsafeBufferPointer<UInt8>) {
        open(.object)
        self.name("at")
        integer(at)
        self.name("name")
        text(name)
        self.name("attributes")
        open(.object)
    }

    mutating func endEvent() {
        close(.object)
        close(.object)
    }

    // MARK: Values

    mutating func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        separate()
        guard let masked = screen.masked(utf8) else { return JSONWriter.append(quoted: utf8, to: &bytes) }
        masked.withUnsafeBufferPointer { JSONWriter.append(quoted: $0, to: &bytes) }
    }

    mutating func null() { raw("null") }

    mutating func bool(_ value: Bool) { value ? raw("true") : raw("false") }

    mutating func integer(_ value: Int64) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Infinities and NaN, which JSON has not, as texts.
    mutating func number(_ value: Double) {
        separate()
        bytes.append(contentsOf: (value.isFinite ? "\(value)" : "\"\(value)\"").utf8)
    }

    /// A number as its sender has written it.
    mutating func number(_ value: JSONNumber) {
        separate()
        bytes.append(contentsOf: value.text.utf8)
    }

    /// Bytes are told by their number only: nobody reads them, and they could hold anything.
    mutating func binary(count: Int) {
        separate()
        bytes.append(contentsOf: "\"\(count) bytes\"".utf8)
    }

    private mutating func raw(_ word: StaticString) {
        separate()
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// A comma, unless something has just been opened or named. A text cannot end like that: it
    /// ends with its quotation mark.
    private mutating func separate() {
        switch bytes.last {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), nil: break
        default: bytes.append(UInt8(ascii: ","))
        }
    }
}
