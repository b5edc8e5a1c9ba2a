/// Brings the schema up to date: each migration in its own transaction, recorded with the SHA-256
/// of its text, under a lock that lets one process at a time do so. Blocks.
package struct Migrator {
    private let migrations: [Migration]
    /// Tells which migration is about to run, for progress.
    private let onApply: (Migration) -> Void

    package init(_ migrations: [Migration], onApply: @escaping (Migration) -> Void = { _ in }) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        self.onApply = onApply
    }

    /// Runs as the role of `address`, which comes to own what the migrations make.
    package func migrate(_ address: ConnectionAddress) throws(MigrationError) -> MigrationReport {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw .numbersNotContiguous(migration.number)
        }
        let connection = try connecting { () throws(PostgresError) in
            try BlockingConnection(address)
        }
        try takeLock(connection)
        let applied = try connecting { () throws(PostgresError) in
            try connection.unsafeScript(Self.createTable)
            return try connection.run(
                "SELECT number, name, checksum FROM sbx_migrations ORDER BY number")
        }
        var report = try compare(applied, connection)
        for migration in migrations.dropFirst(report.alreadyApplied) {
            onApply(migration)
            try apply(migration, connection)
            report.applied.append(migration.number)
        }
        return report
    }

    /// Session level: held until the connection closes, whatever happens to us. The key is
    /// arbitrary and fixed: the letters "sbxmigra".
    private func takeLock(_ connection: BlockingConnection) throws(MigrationError) {
        do throws(PostgresError) {
            try connection.unsafeScript("SET lock_timeout = \(Limits.migrationLockMilliseconds)")
            try connection.run("SELECT pg_advisory_lock($1::bigint)", [String(0x7362_786D_6967_7261)])
            try connection.unsafeScript("SET lock_timeout = 0")
        } catch {
            if error.serverError?.isLockUnavailable == true { throw .locked }
            throw .connection(error)
        }
    }

    /// Holds what stands in the database against our list.
    private func compare(
        _ applied: Rows, _ connection: BlockingConnection
    ) throws(MigrationError) -> MigrationReport {
        var report = MigrationReport()
        for (index, row) in applied.enumerated() {
            let number = Int(row.int(0))
            if number > migrations.count {
                report.newerInDatabase.append(number)
                continue
            }
            guard number == index + 1 else {
                throw .unknownInDatabase(number: number, name: row.text(1))
            }
            let migration = migrations[index]
            guard try checksum(migration, connection) == row.text(2) else {
                throw .edited(number: number, name: migration.name)
            }
            report.alreadyApplied += 1
        }
        guard report.newerInDatabase.isEmpty || report.alreadyApplied == migrations.count else {
            let number = report.newerInDatabase[0]
            throw .unknownInDatabase(number: number, name: "")
        }
        return report
    }

    private func apply(
        _ migration: Migration, _ connection: BlockingConnection
    ) throws(MigrationError) {
        let checksum = try checksum(migration, connection)
        do throws(PostgresError) {
            try connection.unsafeScript("BEGIN")
            try connection.unsafeScript(migration.sql)
            guard connection.isInTransaction else {
                throw PostgresError.invalidCall("transaction ended")
            }
            try connection.run(
                "INSERT INTO sbx_migrations (number, name, checksum) VALUES ($1, $2, $3)",
                [String(migration.number), migration.name, checksum])
            try connection.unsafeScript("COMMIT")
        } catch {
            switch error {
            case .server(let error):
                throw .failed(number: migration.number, name: migration.name, error)
            case .invalidCall:
                throw .leftTransaction(number: migration.number, name: migration.name)
            default:
                throw .connection(error)
            }
        }
    }

    private func checksum(
        _ migration: Migration, _ connection: BlockingConnection
    ) throws(MigrationError) -> String {
        let hex = "\\x" + migration.sql.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return try connecting { () throws(PostgresError) in
            try connection.run("SELECT encode(sha256($1::bytea), 'hex')", [hex])[0].text(0)
        }
    }

    private func connecting<T>(
        _ body: () throws(PostgresError) -> T
    ) throws(MigrationError) -> T {
        do throws(PostgresError) { return try body() } catch { throw .connection(error) }
    }

    private static let createTable = """
        CREATE TABLE IF NOT EXISTS sbx_migrations (
            number integer PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """
}
