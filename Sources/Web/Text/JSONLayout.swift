import Contracts

/// JSON with a member a line and two spaces a level, for people.
enum JSONLayout {
    static func bytes(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, depth: 0, to: &bytes)
        return bytes
    }

    private static func append(_ value: JSONValue, depth: Int, to bytes: inout [UInt8]) {
        switch value {
        case .object(let object) where !object.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (place, member) in object.members.enumerated() {
                newLine(depth + 1, isFirst: place == 0, &bytes)
                bytes.append(contentsOf: JSONWriter.bytes(.string(member.name)))
                bytes.append(contentsOf: ": ".utf8)
                append(member.value, depth: depth + 1, to: &bytes)
            }
            newLine(depth, isFirst: true, &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .array(let items) where !items.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (place, item) in items.enumerated() {
                newLine(depth + 1, isFirst: place == 0, &bytes)
                append(item, depth: depth + 1, to: &bytes)
            }
            newLine(depth, isFirst: true, &bytes)
            bytes.append(UInt8(ascii: "]"))
        default:
            bytes.append(contentsOf: JSONWriter.bytes(value))
        }
    }

    private static func newLine(_ depth: Int, isFirst: Bool, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: isFirst ? "\n".utf8 : ",\n".utf8)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}
