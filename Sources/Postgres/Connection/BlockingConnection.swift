import CPQ
import Runtime

/// A plain libpq connection whose calls block: for migrations, set-up and commands. Never on an
/// event loop, and confined to one thread at a time.
package final class BlockingConnection {
    private let connection: OpaquePointer

    /// Connects; the usual failure is `connectionRefused` with libpq's explanation.
    package init(_ address: ConnectionAddress) throws(PostgresError) {
        OpenSSLLibrary.load()
        let keywords = address.keywords + SessionSettings(applicationName: "sbx-admin").keywords
            + [("connect_timeout", "10")]
        guard let connection = withKeywords(keywords, { PQconnectdbParams($0, $1, 0) }) else {
            throw .connectionRefused("out of memory")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            let reason = String(cString: PQerrorMessage(connection))
            PQfinish(connection)
            throw .connectionRefused(reason)
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        self.connection = connection
    }

    deinit {
        PQfinish(connection)
    }

    /// Runs one statement with bound text values (nil is NULL) and returns its rows.
    @discardableResult
    package func run(_ sql: String, _ values: [String?] = []) throws(PostgresError) -> Rows {
        let pointers = try values.map { value throws(PostgresError) in try Self.cString(value) }
        defer { for pointer in pointers { pointer?.deallocate() } }
        let constants = pointers.map { UnsafePointer($0) }
        return try rows(
            PQexecParams(connection, sql, CInt(values.count), nil, constants, nil, nil, 0))
    }

    /// Runs a script of any number of statements and returns the rows of the last. The text is
    /// executed as it is: nothing from outside may ever be part of it.
    @discardableResult
    package func unsafeScript(_ sql: [UInt8]) throws(PostgresError) -> Rows {
        guard !sql.contains(0) else { throw .invalidCall("NUL in SQL") }
        let result = (sql + [0]).withUnsafeBytes {
            PQexec(connection, $0.baseAddress!.assumingMemoryBound(to: CChar.self))
        }
        return try rows(result)
    }

    @discardableResult
    package func unsafeScript(_ sql: String) throws(PostgresError) -> Rows {
        try unsafeScript(Array(sql.utf8))
    }

    /// Inside BEGIN … COMMIT, and not failed.
    var isInTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_INTRANS }

    /// 15 for any 15.x.
    var serverMajor: Int { Int(PQserverVersion(connection)) / 10_000 }

    /// A SCRAM verifier made on this side, so that the password itself is never in a statement.
    func verifier(password: String, user: String) throws(PostgresError) -> String {
        guard let text = PQencryptPasswordConn(connection, password, user, "scram-sha-256") else {
            throw .connectionRefused(String(cString: PQerrorMessage(connection)))
        }
        defer { PQfreemem(text) }
        return String(cString: text)
    }

    private func rows(_ result: OpaquePointer?) throws(PostgresError) -> Rows {
        guard let result else { throw .connectionLost(outcomeUnknown: true) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return Rows(owning: result)
        default:
            let error = ServerError(result)
            PQclear(result)
            guard PQstatus(connection) == CONNECTION_OK else {
                throw .connectionLost(outcomeUnknown: true)
            }
            throw .server(error)
        }
    }

    private static func cString(
        _ text: String?
    ) throws(PostgresError) -> UnsafeMutablePointer<CChar>? {
        guard let text else { return nil }
        let characters = text.utf8CString
        guard characters.dropLast().allSatisfy({ $0 != 0 }) else {
            throw .invalidCall("NUL in text")
        }
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
        characters.withUnsafeBufferPointer {
            pointer.initialize(from: $0.baseAddress!, count: $0.count)
        }
        return pointer
    }
}
