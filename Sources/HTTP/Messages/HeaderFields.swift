/// The fields of a message: one store of bytes and an index into it.
///
/// A parsed head hands its own bytes over as the store, so that reading a request makes no string
/// until somebody asks for one; a built answer appends its lines as they go on the wire, so that
/// sending them is one copy. Names compare without regard to ASCII case, order is kept, several
/// fields may share a name.
package struct HeaderFields: Sendable {
    /// Where one field's name and value lie in the store.
    struct Entry: Sendable {
        let name: ByteRange
        let value: ByteRange
    }

    /// Everything the entries point at, and for a parsed request its request line too.
    private(set) var store: [UInt8]
    private(set) var entries: [Entry]
    /// The store is the entries' lines, one behind the other, with nothing before or between them.
    private(set) var storeIsLines: Bool
    /// The marks of the names that are there: most look-ups are for a field that is not, and end here.
    private var names: UInt64 = 0

    package init() {
        store = []
        entries = []
        storeIsLines = true
    }

    /// Takes a parsed head as it is; the parser has checked every name and value.
    init(store: [UInt8], entries: [Entry]) {
        self.store = store
        self.entries = entries
        storeIsLines = false
        store.withUnsafeBufferPointer { store in
            for entry in entries { names |= Self.mark(store.part(entry.name)) }
        }
    }

    /// One of 64 bits, the same for names that differ in case only.
    @inline(__always)
    private static func mark(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let first = name.first else { return 0 }
        return 1 << UInt64((name.count &* 11 &+ Int(ByteClass.lowercased(first))) & 63)
    }

    /// Field lines, repeated names counted each time.
    package var count: Int { entries.count }

    package var isEmpty: Bool { entries.isEmpty }

    // MARK: Reading

    /// The first value under `name`; bytes that are no UTF-8 are repaired with U+FFFD.
    package subscript(_ name: String) -> String? {
        guard let entry = firstEntry(name) else { return nil }
        return String(decoding: store[entry.value.range], as: UTF8.self)
    }

    /// The first value under `name` as a view of the store: nothing is copied.
    package func first(utf8 name: String) -> ArraySlice<UInt8>? {
        guard let entry = firstEntry(name) else { return nil }
        return store[entry.value.range]
    }

    package func contains(_ name: String) -> Bool {
        firstEntry(name) != nil
    }

    /// Whether more than one field line has this name, with the same value or another.
    package func isRepeated(_ name: String) -> Bool {
        withUTF8(name) { name in
            guard names & Self.mark(name) != 0 else { return false }
            return store.withUnsafeBufferPointer { store in
                var found = 0
                for entry in entries where entry.name.count == name.count {
                    if store.part(entry.name).equalsIgnoringCase(name) { found += 1 }
                }
                return found > 1
            }
        }
    }

    /// Every value under `name`, in order.
    package func values(of name: String) -> [String] {
        withUTF8(name) { name in
            guard names & Self.mark(name) != 0 else { return [] }
            return store.withUnsafeBufferPointer { store in
                entries.filter { store.part($0.name).equalsIgnoringCase(name) }
                    .map { String(decoding: store.part($0.value), as: UTF8.self) }
            }
        }
    }

    /// The members of the comma-separated list under `name`, all its lines joined (RFC 9110
    /// §5.6.1), empty members dropped. Commas inside quoted strings are not members' ends.
    package func list(_ name: String) -> [String] {
        values(of: name).flatMap { ListSyntax.members(of: $0, separator: .comma) }
    }

    private func firstEntry(_ name: String) -> Entry? {
        withUTF8(name) { name in
            guard names & Self.mark(name) != 0 else { return nil }
            return store.withUnsafeBufferPointer { store in
                for entry in entries where entry.name.count == name.count {
                    if store.part(entry.name).equalsIgnoringCase(name) { return entry }
                }
                return nil
            }
        }
    }

    // MARK: Building

    /// Adds a field of our own making; a name or value that HTTP forbids is our mistake.
    package mutating func append(_ name: String, _ value: String) {
        precondition(appendIfValid(name, value), "not a field: \(name)")
    }

    /// Adds a field whose value is UTF-8 (or other octets above ASCII) already.
    package mutating func append(_ name: String, utf8 value: [UInt8]) {
        let isAdded = value.withUnsafeBufferPointer { appendIfValid(name, utf8: $0) }
        precondition(isAdded, "not a field: \(name)")
    }

    package mutating func append(_ name: String, _ value: Int) {
        precondition(appendIfValid(name, String(value)), "not a field: \(name)")
    }

    /// Adds a field of our own making whose value `write` appends to the bytes it is given.
    package mutating func append(_ name: StaticString, _ write: (inout [UInt8]) -> Void) {
        let nameStart = beginLine(
            UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        let valueStart = store.count
        write(&store)
        let isValid = store.withUnsafeBufferPointer {
            $0.part(valueStart..<$0.count).firstForeignToFieldValue == nil
        }
        precondition(isValid, "not a field: \(name)")
        endLine(nameStart, valueStart)
    }

    /// Adds a field of our own making, name and value written in the source.
    package mutating func append(literal name: StaticString, _ value: StaticString) {
        append(name) { $0.append(literal: value) }
    }

    /// Adds the fields of another set, in their order.
    package mutating func append(contentsOf other: HeaderFields) {
        guard other.storeIsLines else {
            for (name, value) in other { append(name, value) }
            return
        }
        if entries.isEmpty { reserveUsual() }
        let shift = store.count
        names |= other.names
        storeIsLines = storeIsLines && other.storeIsLines
        store.append(contentsOf: other.store)
        for entry in other.entries {
            entries.append(
                Entry(name: entry.name.moved(by: shift), value: entry.value.moved(by: shift)))
        }
    }

    /// Adds a field that comes from outside; false, and nothing added, when the name is no token
    /// or the value has a CR, LF, NUL or another control byte.
    @discardableResult
    package mutating func appendIfValid(_ name: String, _ value: String) -> Bool {
        withUTF8(value) { value in appendIfValid(name, utf8: value) }
    }

    /// The same for octets.
    @discardableResult
    package mutating func appendIfValid(
        _ name: String, utf8 value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        withUTF8(name) { name in
            for byte in name where !ByteClass.isToken(byte) { return false }
            guard !name.isEmpty, value.firstForeignToFieldValue == nil else { return false }
            append(checkedName: name, checkedValue: value)
            return true
        }
    }

    private mutating func append(
        checkedName name: UnsafeBufferPointer<UInt8>, checkedValue value: UnsafeBufferPointer<UInt8>
    ) {
        let nameStart = beginLine(name)
        let valueStart = store.count
        store.append(contentsOf: value)
        endLine(nameStart, valueStart)
    }

    /// Appends the name and what parts it from its value; answers where the name begins.
    private mutating func beginLine(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        if entries.isEmpty { reserveUsual() }
        if HeaderFields.isWrittenByEncoder(name) { storeIsLines = false }
        names |= Self.mark(name)
        let start = store.count
        store.append(contentsOf: name)
        store.append(literal: ": ")
        return start
    }

    /// What an answer of ours usually needs; growing from nothing would copy thrice.
    private mutating func reserveUsual() {
        store.reserveCapacity(512)
        entries.reserveCapacity(12)
    }

    private mutating func endLine(_ nameStart: Int, _ valueStart: Int) {
        entries.append(
            Entry(
                // Two less: the colon and the space.
                name: ByteRange(nameStart..<(valueStart - 2)),
                value: ByteRange(valueStart..<store.count)))
        store.append(literal: "\r\n")
    }

    /// Removes every field under `name`. The bytes stay in the store; only the index forgets them.
    package mutating func remove(_ name: String) {
        storeIsLines = false
        withUTF8(name) { name in
            let store = self.store
            store.withUnsafeBufferPointer { store in
                entries.removeAll { store.part($0.name).equalsIgnoringCase(name) }
            }
        }
    }

    /// Leaves exactly one field under `name`.
    package mutating func replace(_ name: String, with value: String) {
        remove(name)
        append(name, value)
    }
}

extension HeaderFields: Sequence {
    /// Names as they were written, and values, in order.
    package func makeIterator() -> Iterator { Iterator(fields: self) }

    package struct Iterator: IteratorProtocol {
        fileprivate let fields: HeaderFields
        private var position = 0

        fileprivate init(fields: HeaderFields) {
            self.fields = fields
        }

        package mutating func next() -> (name: String, value: String)? {
            guard position < fields.entries.count else { return nil }
            let entry = fields.entries[position]
            position += 1
            return (
                name: String(decoding: fields.store[entry.name.range], as: UTF8.self),
                value: String(decoding: fields.store[entry.value.range], as: UTF8.self)
            )
        }
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}

/// Native strings lend their bytes; only a bridged one would be copied.
@inline(__always)
private func withUTF8<Result>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(text.utf8).withUnsafeBufferPointer(body)
}

extension HeaderFields {
    /// Fields that say how the message is framed: the response encoder writes them itself.
    static func isWrittenByEncoder(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        switch name.count {
        case 4: name.equalsIgnoringCase("date")
        case 10: name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive")
        case 14: name.equalsIgnoringCase("content-length")
        case 17: name.equalsIgnoringCase("transfer-encoding")
        default: false
        }
    }
}
