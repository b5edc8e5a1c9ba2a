package import Access
package import Identifiers
import Postgres
import Runtime

extension WorldStore {
    /// Notes where the world stands, after the call that runs. `name` has 1 to
    /// ``Limits/checkpointNameCharacters`` characters and is not the text of an id. Fails with
    /// `checkpointNameTaken`, and with `checkpointsFull` at ``Limits/checkpoints``.
    package func checkpoint(
        name: String? = nil, as access: SandboxAccess
    ) async throws(TenancyError) -> Checkpoint {
        try Self.check(name)
        let now = clock.now()
        let id = CheckpointID(now: now, random: random)
        do {
            return try await inTurn(as: access) { transaction in
                let rows = try await transaction.run([
                    LockedHead.lock(access.sandbox, of: access.tenant),
                    CheckpointRows.count(access),
                ])
                guard let row = rows[0].first else { throw TenancyError.sandboxNotFound }
                guard rows[1][0].int(0) < Limits.checkpoints else {
                    throw TenancyError.checkpointsFull(limit: Limits.checkpoints)
                }
                let point = LockedHead(row).point(at: now)
                transaction.enqueue(CheckpointRows.insert(id, name, point, access, now: now))
                return Checkpoint(
                    id: id, name: name, stamp: point.stamp, now: point.now,
                    isFrozen: point.isFrozen, createdAt: now)
            }
        } catch let error as TenancyError {
            throw error
        } catch let error as PostgresError {
            if let name, case .server(let server) = error,
                server.constraint == "checkpoints_name_key"
            {
                throw .checkpointNameTaken(name)
            }
            throw .storage(error)
        } catch {
            preconditionFailure("only our own and the storage's errors are thrown here")
        }
    }

    /// By id or by name; fails with `checkpointNotFound`.
    package func checkpoint(
        _ reference: String, as access: SandboxAccess
    ) async throws(TenancyError) -> Checkpoint {
        try await storing {
            let call =
                CheckpointID(reference).map { CheckpointRows.read($0, access) }
                ?? CheckpointRows.find(name: reference, access)
            let rows = try await database.read(as: access, [call])
            guard let row = rows[0].first else { throw TenancyError.checkpointNotFound }
            return CheckpointRows.checkpoint(row)
        }
    }

    /// Newest first. `cursor` is the `next` of the page before.
    package func checkpoints(
        rows: Int = Limits.pageRowsDefault, cursor: String? = nil, as access: SandboxAccess
    ) async throws(TenancyError) -> (checkpoints: [Checkpoint], next: String?) {
        guard (1...Limits.pageRowsMax).contains(rows) else {
            throw .invalid(member: "limit", rule: "1 to \(Limits.pageRowsMax)")
        }
        let last = cursor.map { CheckpointID($0) } ?? CheckpointID(high: .max, low: .max)
        guard let last else {
            throw .invalid(member: "cursor", rule: "the `next` of an earlier answer")
        }
        return try await storing {
            let found = try await database.read(
                as: access, [CheckpointRows.list(access, before: last, rows: rows + 1)])[0]
            let page = found.prefix(rows).map { CheckpointRows.checkpoint($0) }
            return (page, found.count > rows ? page.last?.id.description : nil)
        }
    }

    /// Takes a checkpoint away; the world stays as it is. Fails with `checkpointNotFound`.
    package func deleteCheckpoint(
        _ id: CheckpointID, as access: SandboxAccess
    ) async throws(TenancyError) {
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                // The lock keeps a restore of this checkpoint from beginning in between.
                let rows = try await transaction.run([
                    LockedHead.lock(access.sandbox, of: access.tenant),
                    CheckpointRows.delete(id, access),
                ])
                guard let row = rows[1].first else { throw TenancyError.checkpointNotFound }
                if let layer: LayerID = row.idIfPresent(0) {
                    transaction.enqueue(LayerRows.mark(layer, access.tenant, now: now))
                }
            }
        }
    }

    private static func check(_ name: String?) throws(TenancyError) {
        guard let name else { return }
        let characters = Limits.checkpointNameCharacters
        guard (1...characters).contains(name.unicodeScalars.count) else {
            throw .invalid(member: "name", rule: "1 to \(characters) characters")
        }
        guard CheckpointID(name) == nil else {
            throw .invalid(member: "name", rule: "not the id of a checkpoint")
        }
    }
}
