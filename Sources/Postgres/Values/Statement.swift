import Glibc
import Synchronization

/// One SQL statement, a literal beside the method that owns it.
///
/// A connection prepares it under its name on first use and afterwards sends the name only. Names
/// are unique in the process: the same name with another text is our mistake and traps.
package struct Statement: Sendable {
    let registered: RegisteredStatement

    package init(_ name: String, _ sql: String) {
        registered = StatementRegistry.shared.register(name, sql)
    }

    package var name: String { registered.name }
    package var sql: String { registered.sql }
}

/// What connections need of a statement, made once: its number for their tables, and C strings.
final class RegisteredStatement: @unchecked Sendable {
    // Immutable; the C strings live as long as the process, because the registry keeps this.
    let number: Int
    let name: String
    let sql: String
    let nameCharacters: UnsafePointer<CChar>
    let sqlCharacters: UnsafePointer<CChar>

    init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
        nameCharacters = UnsafePointer(strdup(name))
        sqlCharacters = UnsafePointer(strdup(sql))
    }
}

private final class StatementRegistry: Sendable {
    static let shared = StatementRegistry()

    private let statements = Mutex<[String: RegisteredStatement]>([:])

    func register(_ name: String, _ sql: String) -> RegisteredStatement {
        // PostgreSQL cuts identifiers at 63 bytes, which could make two names one.
        precondition(!name.isEmpty && name.utf8.count <= 63, "statement name \(name)")
        precondition(!name.utf8.contains(0) && !sql.utf8.contains(0), "NUL in statement \(name)")
        return statements.withLock { statements in
            if let known = statements[name] {
                precondition(known.sql == sql, "two statements named \(name)")
                return known
            }
            precondition(statements.count < Limits.statements, "statement names made at run time")
            let new = RegisteredStatement(number: statements.count, name: name, sql: sql)
            statements[name] = new
            return new
        }
    }
}
