import Contracts

/// Every text of a JSON value, with its place.
struct TextWalk {
    /// Pointer and text, in the document's order; numbers as they are written.
    static func texts(of value: JSONValue) -> [(pointer: JSONPointer, text: String)] {
        var found: [(pointer: JSONPointer, text: String)] = []
        visit(value, .root) { pointer, text in found.append((pointer, text)) }
        return found
    }

    /// The value with some of its strings replaced; nil leaves one as it is.
    static func replacing(
        _ value: JSONValue, _ replacement: (JSONPointer, String) -> String?
    ) -> JSONValue {
        replacing(value, .root, replacement)
    }

    private static func visit(
        _ value: JSONValue, _ place: JSONPointer, _ body: (JSONPointer, String) -> Void
    ) {
        switch value {
        case .string(let text): body(place, text)
        case .number(let number): body(place, number.text)
        case .array(let items):
            for (index, item) in items.enumerated() { visit(item, place.appending(index), body) }
        case .object(let object):
            for member in object.members { visit(member.value, place.appending(member.name), body) }
        case .null, .bool: break
        }
    }

    private static func replacing(
        _ value: JSONValue, _ place: JSONPointer, _ replacement: (JSONPointer, String) -> String?
    ) -> JSONValue {
        switch value {
        case .string(let text):
            return replacement(place, text).map { .string($0) } ?? value
        case .array(let items):
            return .array(
                items.enumerated().map { replacing($1, place.appending($0), replacement) })
        case .object(let object):
            var copy = object
            for member in object.members {
                copy[member.name] = replacing(
                    member.value, place.appending(member.name), replacement)
            }
            return .object(copy)
        case .null, .bool, .number: return value
        }
    }
}
