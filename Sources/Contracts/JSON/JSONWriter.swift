/// Writes JSON as UTF-8 bytes; numbers, order and doubled members as they came.
package struct JSONWriter: ~Copyable {
    package enum Layout: Sendable {
        case compact
        /// Two spaces a level, one member or element a line.
        case pretty
    }

    private let layout: Layout
    var output: ByteSink

    package static func bytes(_ value: JSONValue, _ layout: Layout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout, output: ByteSink(capacity: 512))
        writer.write(value, level: 0)
        return writer.finish()
    }

    package static func text(_ value: JSONValue, _ layout: Layout = .compact) -> String {
        String(decoding: bytes(value, layout), as: UTF8.self)
    }

    init(layout: Layout, output: consuming ByteSink) {
        self.layout = layout
        self.output = output
    }

    consuming func finish() -> [UInt8] { output.finish() }

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: write("null")
        case .bool(let value): value ? write("true") : write("false")
        case .number(let number): write(raw: number.text)
        case .string(let text): write(quoted: text)
        case .array(let items): write(items, level: level + 1)
        case .object(let object): write(object, level: level + 1)
        }
    }

    private mutating func write(_ items: [JSONValue], level: Int) {
        output.append(UInt8(ascii: "["))
        for (position, item) in items.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(level)
            write(item, level: level)
        }
        if !items.isEmpty { breakLine(level - 1) }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject, level: Int) {
        output.append(UInt8(ascii: "{"))
        for (position, member) in object.members.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(level)
            write(quoted: member.name)
            output.append(UInt8(ascii: ":"))
            if layout == .pretty { output.append(UInt8(ascii: " ")) }
            write(member.value, level: level)
        }
        if !object.isEmpty { breakLine(level - 1) }
        output.append(UInt8(ascii: "}"))
    }

    private mutating func breakLine(_ level: Int) {
        guard layout == .pretty else { return }
        output.append(0x0A)
        for _ in 0..<level { write("  ") }
    }

    mutating func write(_ word: StaticString) {
        output.append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { output.append($0) }
    }

    private mutating func write(quoted text: String) {
        output.append(UInt8(ascii: "\""))
        write(escaping: text)
        output.append(UInt8(ascii: "\""))
    }

    /// The text of a string, without its quotation marks.
    mutating func write(escaping text: String) {
        var text = text
        text.withUTF8 { bytes in
            var copied = 0
            while true {
                let position = firstToEscape(in: bytes, from: copied)
                output.append(UnsafeBufferPointer(rebasing: bytes[copied..<position]))
                guard position < bytes.count else { return }
                write(escaped: bytes[position])
                copied = position + 1
            }
        }
    }

    private mutating func write(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write("\\\"")
        case UInt8(ascii: "\\"): write("\\\\")
        case 0x08: write("\\b")
        case 0x09: write("\\t")
        case 0x0A: write("\\n")
        case 0x0C: write("\\f")
        case 0x0D: write("\\r")
        default:
            let digits: StaticString = "0123456789abcdef"
            write("\\u00")
            output.append(digits.utf8Start[Int(byte >> 4)])
            output.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}

/// Position of the first quote, backslash or control (RFC 8259 §7), or the end.
private func firstToEscape(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position + 8 <= bytes.count {
        let raw = UnsafeRawPointer(bytes.baseAddress! + position)  // Not empty here.
        guard !raw.loadUnaligned(as: UInt64.self).mayNeedEscape else { break }
        position += 8
    }
    while position < bytes.count {
        let byte = bytes[position]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C { return position }
        position += 1
    }
    return position
}

extension UInt64 {
    /// Whether one of eight bytes is a control, a quote or a backslash. May also say yes for
    /// bytes beyond ASCII, never no for one of the three.
    var mayNeedEscape: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = self ^ (ones &* 0x22)
        let backslash = self ^ (ones &* 0x5C)
        let hits = (self &- ones &* 0x20) | (quote &- ones) | (backslash &- ones)
        return hits & 0x8080_8080_8080_8080 != 0
    }
}

extension JSONWriter {
    /// Appends a string with its quotation marks; what is no UTF-8 is replaced.
    package static func append(quoted utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard firstToEscape(in: utf8, from: 0) == utf8.count else {
            bytes.append(contentsOf: JSONWriter.bytes(.string(String(decoding: utf8, as: UTF8.self))))
            return
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: utf8)
        bytes.append(UInt8(ascii: "\""))
    }
}
