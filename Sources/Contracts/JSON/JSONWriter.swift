/// Writes JSON as UTF-8 bytes; numbers, order and doubled members as they came.
package struct JSONWriter {
    package enum Layout: Sendable {
        case compact
        /// Two spaces a level, one member or element a line.
        case pretty
    }

    private let layout: Layout
    private var output: [UInt8]

    private init(_ layout: Layout, _ output: [UInt8]) {
        self.layout = layout
        self.output = output
    }

    package static func bytes(_ value: JSONValue, _ layout: Layout = .compact) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        append(value, layout, to: &bytes)
        return bytes
    }

    package static func text(_ value: JSONValue, _ layout: Layout = .compact) -> String {
        String(decoding: bytes(value, layout), as: UTF8.self)
    }

    /// Writes behind what `bytes` already holds.
    package static func append(
        _ value: JSONValue, _ layout: Layout = .compact, to bytes: inout [UInt8]
    ) {
        var writer = JSONWriter(layout, bytes)
        bytes = []  // Gives up the caller's reference, so that the bytes are not copied.
        writer.write(value, level: 0)
        bytes = writer.output
    }

    private mutating func write(_ value: JSONValue, level: Int) {
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
        for _ in 0..<level { output += [0x20, 0x20] }
    }

    private mutating func write(_ word: StaticString) {
        output.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { output.append(contentsOf: $0) }
    }

    private mutating func write(quoted text: String) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var copied = 0
            for position in 0..<bytes.count where needsEscape[Int(bytes[position])] {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<position]))
                write(escaped: bytes[position])
                copied = position + 1
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
        }
        output.append(UInt8(ascii: "\""))
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

/// RFC 8259 §7: the quote, the backslash and the controls; nothing else.
private let needsEscape: [Bool] = (0..<256).map { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
