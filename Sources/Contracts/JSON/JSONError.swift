/// Why a text is not taken as JSON, and where.
package struct JSONError: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        case tooLarge(bytesMax: Int)
        case tooDeep(depthMax: Int)
        case empty
        case byteOrderMark
        case unexpectedEnd(expected: String)
        case unexpected(UInt8, expected: String)
        case leadingZero
        case digitMissing
        case controlCharacter(UInt8)
        case unknownEscape(UInt8)
        case badUnicodeEscape
        case loneSurrogate
        case invalidUTF8
        case contentAfterValue
        case doubledMember(String)
    }

    package let cause: Cause
    /// Bytes before the fault.
    package let offset: Int
    /// From 1; lines end with LF.
    package let line: Int
    /// From 1, in code points.
    package let column: Int
    /// The member or element that was being read. For a doubled member, that member.
    package internal(set) var pointer: JSONPointer

    /// One sentence part for a developer, without the place: `expected "," or "}", got "x"`.
    package var reason: String {
        switch cause {
        case .tooLarge(let bytesMax): "the document is larger than \(bytesMax) bytes"
        case .tooDeep(let depthMax): "arrays and objects are nested deeper than \(depthMax) levels"
        case .empty: "there is no value"
        case .byteOrderMark: "the document starts with a byte order mark, which JSON does not allow"
        case .unexpectedEnd(let expected): "the document ends where \(expected) is expected"
        case .unexpected(let byte, let expected): "expected \(expected), got \(shown(byte))"
        case .leadingZero: "a number does not start with a superfluous 0"
        case .digitMissing: "a digit is missing in a number"
        case .controlCharacter(let byte): "\(shown(byte)) must be escaped inside a string"
        case .unknownEscape(let byte): "there is no escape \\ followed by \(shown(byte))"
        case .badUnicodeEscape: "\\u needs four hexadecimal digits"
        case .loneSurrogate: "\\u names half of a surrogate pair without its other half"
        case .invalidUTF8: "the bytes are not valid UTF-8"
        case .contentAfterValue: "something follows the end of the document"
        case .doubledMember(let name): "the member \"\(name)\" occurs twice"
        }
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { "line \(line), column \(column): \(reason)" }
}

private func shown(_ byte: UInt8) -> String {
    if byte > 0x20, byte < 0x7F { return "\"\(Unicode.Scalar(byte))\"" }
    let hex = String(byte, radix: 16, uppercase: true)
    return byte == 0x20 ? "a space" : "byte 0x\(hex.count == 1 ? "0" : "")\(hex)"
}
