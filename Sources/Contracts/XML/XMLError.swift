/// Why a body is not taken as XML, and where.
package struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence part in plain words.
    package let reason: String
    /// What to send instead.
    package let fix: String
    /// From 1; 0 where no line is meant.
    package let line: Int
    /// From 1; 0 where it is not known.
    package let column: Int

    init(_ reason: String, fix: String, line: Int = 0, column: Int = 0) {
        self.reason = reason
        self.fix = fix
        self.line = line
        self.column = column
    }

    package var description: String {
        if line == 0 { return reason }
        return column == 0 ? "line \(line): \(reason)" : "line \(line), column \(column): \(reason)"
    }
}
