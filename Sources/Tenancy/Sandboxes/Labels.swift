package import Contracts

/// A sandbox's labels, in the order given: `{"run": "42"}`, addressed as `run:42`.
package struct Labels: Sendable, Hashable {
    package let document: JSONObject

    package static let none = Labels(checked: JSONObject())

    /// Takes an object of strings.
    package init(_ value: JSONValue) throws(TenancyError) {
        guard let object = value.object else {
            throw .invalid(member: "labels", rule: "an object of strings")
        }
        guard object.count <= Limits.labels else {
            throw .invalid(member: "labels", rule: "at most \(Limits.labels)")
        }
        for member in object.members {
            guard Label.isKey(member.name) else {
                throw .invalid(
                    member: "labels",
                    rule: "keys of 1 to \(Limits.labelKeyBytes) letters, digits, `.`, `_`, `-`, `/`")
            }
            guard let text = member.value.string, text.utf8.count <= Limits.labelValueBytes else {
                throw .invalid(
                    member: "labels/\(member.name)",
                    rule: "a string of at most \(Limits.labelValueBytes) bytes")
            }
        }
        self.init(checked: object)
    }

    /// Takes the text that ``text`` wrote, from our own row.
    init(stored text: [UInt8]) {
        let object = try? JSONParser.parse(text).object
        guard let object else { preconditionFailure("the schema keeps labels an object") }
        self.init(checked: object)
    }

    private init(checked document: JSONObject) {
        self.document = document
    }

    var utf8: [UInt8] { JSONWriter.bytes(.object(document)) }
}

/// One label as it is asked for: `run:42`.
package struct Label: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(_ text: String) throws(TenancyError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isKey(String(parts[0])) else {
            throw .invalid(member: "label", rule: "`key:value`")
        }
        key = String(parts[0])
        value = String(parts[1])
    }

    static func isKey(_ text: String) -> Bool {
        (1...Limits.labelKeyBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}
