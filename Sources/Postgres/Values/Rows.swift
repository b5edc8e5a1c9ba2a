import CPQ
import Glibc

/// The answer to one statement. Owns libpq's result; rows read from it without copying it first.
package struct Rows: Sendable {
    fileprivate final class Storage: @unchecked Sendable {
        // A PGresult never changes after libpq has handed it over; libpq allows concurrent reads.
        let result: OpaquePointer

        init(_ result: OpaquePointer) {
            self.result = result
        }

        deinit {
            PQclear(result)
        }
    }

    private let storage: Storage
    /// Rows returned.
    package let count: Int

    init(owning result: OpaquePointer) {
        storage = Storage(result)
        count = Int(PQntuples(result))
    }

    /// Rows that an INSERT, UPDATE, DELETE, SELECT or COPY counted; 0 for anything else.
    package var affected: Int {
        guard let text = PQcmdTuples(storage.result) else { return 0 }
        return Int(strtoll(text, nil, 10))
    }

    package var columnCount: Int { Int(PQnfields(storage.result)) }

    package func columnName(_ column: Int) -> String {
        PQfname(storage.result, CInt(column)).map { String(cString: $0) } ?? ""
    }

    package var isEmpty: Bool { count == 0 }
    package var first: Row? { count == 0 ? nil : self[0] }

    package subscript(row: Int) -> Row {
        precondition(row >= 0 && row < count, "no such row")
        return Row(storage: storage, row: CInt(row))
    }

    /// The command's tag, `COMMIT` or `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(storage.result)) }
}

extension Rows: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }
}

/// One row, as long as its `Rows` live. The column must have the type that is asked for: our own
/// statements, our own schema, so a mismatch is a mistake of ours and traps.
package struct Row: Sendable {
    fileprivate let storage: Rows.Storage
    fileprivate let row: CInt

    package func isNull(_ column: Int) -> Bool {
        PQgetisnull(storage.result, row, CInt(column)) != 0
    }

    /// The bytes of a value in text form, valid in the closure. Any type but NULL.
    package func withBytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        precondition(!isNull(column), "column \(column) is NULL")
        let count = Int(PQgetlength(storage.result, row, CInt(column)))
        let start = UnsafeRawPointer(PQgetvalue(storage.result, row, CInt(column))!)
        defer { withExtendedLifetime(storage) {} }
        return body(
            UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count))
    }

    /// Any type in its text form.
    package func text(_ column: Int) -> String {
        withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The same as bytes: JSON documents are parsed from them.
    package func utf8(_ column: Int) -> [UInt8] {
        withBytes(column) { Array($0) }
    }

    /// smallint, integer, bigint.
    package func int(_ column: Int) -> Int64 {
        withBytes(column) { TextForm.int($0) }
    }

    package func bool(_ column: Int) -> Bool {
        withBytes(column) { TextForm.bool($0) }
    }

    package func uuid(_ column: Int) -> (high: UInt64, low: UInt64) {
        withBytes(column) { TextForm.uuid($0) }
    }

    /// timestamptz as microseconds since 1970.
    package func microseconds(_ column: Int) -> Int64 {
        withBytes(column) { TextForm.microseconds($0) }
    }

    /// bytea.
    package func bytes(_ column: Int) -> [UInt8] {
        withBytes(column) { TextForm.bytes($0) }
    }

    /// text[] without NULLs.
    package func textArray(_ column: Int) -> [String] {
        withBytes(column) { TextForm.array($0).map { String(decoding: $0, as: UTF8.self) } }
    }

    /// uuid[] without NULLs.
    package func uuidArray(_ column: Int) -> [(high: UInt64, low: UInt64)] {
        withBytes(column) { TextForm.array($0).map { $0.withUnsafeBufferPointer(TextForm.uuid) } }
    }
}

// The same for columns that may be NULL.
extension Row {
    package func textOrNil(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    package func utf8OrNil(_ column: Int) -> [UInt8]? { isNull(column) ? nil : utf8(column) }
    package func intOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
    package func boolOrNil(_ column: Int) -> Bool? { isNull(column) ? nil : bool(column) }
    package func bytesOrNil(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

    package func uuidOrNil(_ column: Int) -> (high: UInt64, low: UInt64)? {
        isNull(column) ? nil : uuid(column)
    }

    package func microsecondsOrNil(_ column: Int) -> Int64? {
        isNull(column) ? nil : microseconds(column)
    }
}
