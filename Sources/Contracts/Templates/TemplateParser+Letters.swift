// Words, texts in quotation marks, and blanks.
extension TemplateParser {
    mutating func word() -> String {
        skipBlanks()
        let start = position
        var isBracketed = false
        while let byte = bytes[safe: position] {
            if byte == UInt8(ascii: "[") { isBracketed = true }
            if byte == UInt8(ascii: "]") { isBracketed = false }
            if !isBracketed, byte <= 0x20 || "()={}'\"".utf8.contains(byte) { break }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    mutating func quoted() throws(TemplateFault) -> String {
        let (mark, start) = (bytes[position], position)
        position += 1
        var text: [UInt8] = []
        while let byte = bytes[safe: position], byte != mark {
            if byte == UInt8(ascii: "\\"), let escaped = bytes[safe: position + 1],
                escaped == mark || escaped == byte
            {
                position += 1
            }
            text.append(bytes[position])
            position += 1
        }
        guard position < bytes.count else {
            throw fault("the quotation mark that ends the text", at: start)
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    mutating func skipBlanks() {
        while let byte = bytes[safe: position], byte <= 0x20 { position += 1 }
    }

    func sees(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    func sees(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    mutating func next(_ text: StaticString) -> Bool {
        guard sees(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    mutating func close(_ end: String, _ start: Int) throws(TemplateFault) {
        skipBlanks()
        guard sees(end) else { throw fault("\(end) for what begins here", at: start) }
        position += end.utf8.count
    }

    func fault(_ expected: String, at place: Int) -> TemplateFault {
        let before = String(decoding: bytes[..<min(place, bytes.count)], as: UTF8.self)
        return TemplateFault(
            pointer: pointer, offset: before.unicodeScalars.count, expected: expected)
    }
}

extension [UInt8] {
    subscript(safe index: Int) -> UInt8? { index < count ? self[index] : nil }
}
