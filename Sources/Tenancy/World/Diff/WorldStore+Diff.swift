package import Access
import Contracts
import Identifiers
import Postgres
import Runtime

extension WorldStore {
    /// What differs between two points. Looks only at what was written where their layers differ,
    /// however large the world is. `cursor` is the `next` of the page before. Fails with
    /// `checkpointNotFound`.
    package func diff(
        from: DiffPoint, to: DiffPoint, rows: Int = Limits.pageRowsMax, cursor: String? = nil,
        as access: SandboxAccess
    ) async throws(TenancyError) -> WorldDiff {
        guard (1...Limits.pageRowsMax).contains(rows) else {
            throw .invalid(member: "limit", rule: "1 to \(Limits.pageRowsMax)")
        }
        let after = try cursor.map(DiffCursor.key)
        let wall = clock.now()
        return try await storing {
            try await database.transaction(as: access, on: .search) { transaction in
                let before = try await point(from, transaction, access, at: wall)
                let now = try await point(to, transaction, access, at: wall)
                let found = try await transaction.run(
                    DiffRows.candidates(before, now, after: after, rows: rows, access))
                let differences = found.compactMap { row in
                    DiffRows.difference(row, from: before, to: now)
                }
                let last = found.count == rows ? found.last.map { DiffRows.key($0) } : nil
                return WorldDiff(
                    from: before.stamp, to: now.stamp, differences: differences,
                    next: last.map(DiffCursor.token))
            }
        }
    }

    private func point(
        _ point: DiffPoint, _ transaction: Transaction, _ access: SandboxAccess,
        at wall: WallInstant
    ) async throws -> WorldPoint {
        if case .checkpoint(let id) = point {
            let rows = try await transaction.run(CheckpointRows.read(id, access))
            guard let row = rows.first else { throw TenancyError.checkpointNotFound }
            return CheckpointRows.point(row)
        }
        let rows = try await transaction.run(LockedHead.look(access.sandbox, of: access.tenant))
        guard let row = rows.first else { throw TenancyError.sandboxNotFound }
        let head = LockedHead(row)
        if case .golden = point { return head.zero }
        return head.point(at: wall)
    }
}

/// The last key of a page as an opaque token.
private enum DiffCursor {
    private static let prefix = "d1_"

    static func token(_ key: EntityKey) -> String {
        let parts: JSONValue = [.string(key.contract), .string(key.type), .string(key.id)]
        return prefix
            + JSONWriter.bytes(parts).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func key(_ token: String) throws(TenancyError) -> EntityKey {
        let digits = Array(token.utf8.dropFirst(prefix.utf8.count))
        let bytes = stride(from: 0, to: digits.count - digits.count % 2, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        guard token.hasPrefix(prefix), let parts = try? JSONParser.parse(bytes),
            let contract = parts[0]?.string, let type = parts[1]?.string,
            let id = parts[2]?.string, !(contract + type + id).utf8.contains(0)
        else { throw .invalid(member: "cursor", rule: "the `next` of an earlier answer") }
        return EntityKey(contract: contract, type: type, id: id)
    }
}
