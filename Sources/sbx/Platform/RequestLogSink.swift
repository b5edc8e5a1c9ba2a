import Observability
import Postgres

/// Rows of one loop's request log, by COPY as `sbx_system`. Confined to that loop.
final class RequestLogSink: RowSink, @unchecked Sendable {
    // Loop-confined: the log's writer of one loop is its only user.
    private let postgres: Postgres
    private var writer: CopyWriter?

    init(_ postgres: Postgres) {
        self.postgres = postgres
    }

    func store(_ rows: [UInt8], count: Int, table: String) async throws {
        let writer = writer ?? postgres.makeCopyWriter()
        self.writer = writer
        let stored = try await writer.copy(into: table, rows, format: .binary)
        precondition(stored == count, "COPY stored another number of rows")
    }
}
