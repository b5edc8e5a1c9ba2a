/// Writes one object member by member, without making a `JSONValue` of it first: for documents that
/// are made for every call and looked at by nobody here.
///
///     var document = JSONObjectWriter()
///     document.member("status", 401)
///     document.member("instance", "urn:sbx:request:", id)
///     let bytes = document.finish()
package struct JSONObjectWriter: ~Copyable {
    private var writer: JSONWriter
    private var isEmpty = true

    package init() {
        // Problem documents, the usual use, have some 600 bytes.
        writer = JSONWriter(layout: .compact, output: ByteSink(capacity: 1_024))
        writer.output.append(UInt8(ascii: "{"))
    }

    /// A text, given in one piece or in several.
    package mutating func member(_ name: StaticString, _ text: String, _ rest: String...) {
        begin(name)
        writer.output.append(UInt8(ascii: "\""))
        writer.write(escaping: text)
        for part in rest { writer.write(escaping: part) }
        writer.output.append(UInt8(ascii: "\""))
    }

    package mutating func member(_ name: StaticString, _ number: Int) {
        begin(name)
        writer.write(raw: String(number))
    }

    package mutating func member(_ name: StaticString, _ value: JSONValue) {
        begin(name)
        writer.write(value, level: 0)
    }

    package consuming func finish() -> [UInt8] {
        writer.output.append(UInt8(ascii: "}"))
        return writer.finish()
    }

    /// Names are written in the source and need no escaping.
    private mutating func begin(_ name: StaticString) {
        writer.output.append(UInt8(ascii: isEmpty ? "\"" : ","))
        if !isEmpty { writer.output.append(UInt8(ascii: "\"")) }
        isEmpty = false
        writer.write(name)
        writer.write("\":")
    }
}
