/// One step of the schema: plain SQL, run once, never edited afterwards.
package struct Migration: Hashable, Sendable {
    /// From 1, without gaps.
    package let number: Int
    /// The intent, as in the file's name: `create_tenants`.
    package let name: String
    package let sql: [UInt8]

    package init(number: Int, name: String, sql: [UInt8]) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// Reads a file name `NNNN_intent.sql`: four digits, then lower-case words. Nil for any other.
    package init?(fileName: String, sql: [UInt8]) {
        let digits = fileName.prefix(4)
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(digits), number > 0, fileName.hasSuffix(".sql")
        else { return nil }
        let intent = fileName.dropFirst(4).dropLast(4)
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_".utf8)
        guard intent.first == "_", intent.count > 1, intent.utf8.allSatisfy(letters.contains) else {
            return nil
        }
        self.init(number: number, name: String(intent.dropFirst()), sql: sql)
    }
}

/// What a migration run did.
package struct MigrationReport: Equatable, Sendable {
    /// Numbers that were applied now, in order.
    package var applied: [Int] = []
    /// How many stood before.
    package var alreadyApplied = 0
    /// Numbers in the database that are newer than all we know: a newer release has migrated it.
    /// Reported, not refused, because old and new run side by side during an upgrade.
    package var newerInDatabase: [Int] = []
}

/// Why the schema was left as it is. For the operator.
package enum MigrationError: Error, Sendable {
    /// Our own list has a gap or a number twice; here is the first wrong number.
    case numbersNotContiguous(Int)
    /// This migration was applied with another text.
    case edited(number: Int, name: String)
    /// The database has this number, below our newest, and we do not.
    case unknownInDatabase(number: Int, name: String)
    /// This migration failed; nothing of it stands, those before it do.
    case failed(number: Int, name: String, ServerError)
    /// This migration ended its own transaction; it is now half-recorded by its own doing.
    case leftTransaction(number: Int, name: String)
    /// Another process holds the migration lock.
    case locked
    case connection(PostgresError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .numbersNotContiguous(let number):
            "Migrations are numbered from 1 without gaps; \(padded(number)) breaks that."
        case .edited(let number, let name):
            "Migration \(padded(number))_\(name) was edited after it had been applied. "
                + "Restore its text and put the change into a new migration."
        case .unknownInDatabase(let number, let name):
            "The database has migration \(padded(number))_\(name), which this build does not know."
        case .failed(let number, let name, let error):
            "Migration \(padded(number))_\(name) failed and was rolled back: "
                + error.debugDescription
        case .leftTransaction(let number, let name):
            "Migration \(padded(number))_\(name) begins or ends a transaction itself; "
                + "each already runs in one."
        case .locked:
            "Another process is migrating this database."
        case .connection(let error):
            "The database could not be migrated: \(error.debugDescription)"
        }
    }

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
