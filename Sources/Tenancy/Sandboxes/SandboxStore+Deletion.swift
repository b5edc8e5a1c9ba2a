package import Access
import Contracts
package import Identifiers
import Postgres
import Runtime

/// What a deletion removed.
package struct DeletionReceipt: Sendable, Equatable {
    package var sandboxes = 0
    package var entities = 0
    package var changes = 0
    package var events = 0
    package var ledgerEntries = 0
    /// Every state of every timer.
    package var timers = 0
    package var settings = 0
    package var checkpoints = 0
    package var dryRuns = 0
    /// Forks that read through the sandbox, and now hold a copy of what they read.
    package var compactedForks = 0
    package var layers = 0
    package var keys = 0
    package var clients = 0
    package var mounts = 0
    package var idempotencyRecords = 0
    package var requests = 0
    package var webhookEndpoints = 0
    package var deliveries = 0
    package var inboxMessages = 0
    /// Whether more sandboxes carry the label than one call deletes.
    package var partial = false
}

extension SandboxStore {
    /// Removes the sandbox and everything in it, its request log included, in one transaction; the
    /// audit log stays. Its forks first get a copy of what they read through it. Calls that run
    /// finish first, later ones find nothing.
    package func delete(as access: SandboxAccess) async throws(TenancyError) -> DeletionReceipt {
        try await delete(access.sandbox, as: access.tenantAccess)
    }

    /// Removes the sandboxes with this label, at most ``Limits/sandboxesPerDeletion``, each in its
    /// own transaction, and answers the sum.
    package func deleteAll(
        label: Label, as access: TenantAccess
    ) async throws(TenancyError) -> DeletionReceipt {
        var receipt = DeletionReceipt()
        let found = try await list(label: label, rows: Limits.sandboxesPerDeletion, as: access)
        for sandbox in found.sandboxes {
            do throws(TenancyError) {
                receipt.add(try await delete(sandbox.id, as: access))
            } catch {
                // Somebody else deleted it in between: gone is what was asked for.
                guard case .sandboxNotFound = error else { throw error }
            }
        }
        receipt.partial = found.next != nil
        return receipt
    }

    /// Removes a sandbox whose time to live is over, as ``delete(as:)`` does; `sandboxNotFound`
    /// when it is gone already or was extended meanwhile.
    package func deleteExpired(
        _ sandbox: SandboxID, as access: TenantAccess
    ) async throws(TenancyError) -> DeletionReceipt {
        let lock = Call(
            DeletionRows.lockExpired, .id(access.tenant), .id(sandbox), .instant(clock.now()))
        return try await delete(sandbox, lock, "expire_sandbox", as: access)
    }

    private func delete(
        _ sandbox: SandboxID, as access: TenantAccess
    ) async throws(TenancyError) -> DeletionReceipt {
        let lock = Call(DeletionRows.lock, .id(access.tenant), .id(sandbox))
        return try await delete(sandbox, lock, "delete_sandbox", as: access)
    }

    /// Waits with `lock` for the call that runs; its one row says that there is something to delete.
    private func delete(
        _ sandbox: SandboxID, _ lock: Call, _ action: String, as access: TenantAccess
    ) async throws(TenancyError) -> DeletionReceipt {
        let now = clock.now()
        return try await storing {
            try await database.transaction(as: access) { transaction in
                let values: [PostgresValue] = [.id(access.tenant), .id(sandbox)]
                // In this order: whoever deletes the source of this fork holds the layers that are
                // marked here while it waits for the fork's head.
                let locked = try await transaction.run([
                    Call(DeletionRows.markParents, values: values + [.instant(now)]), lock,
                    Call(DeletionRows.lockLayers, values: values),
                ])
                guard locked[1].count == 1 else { throw TenancyError.sandboxNotFound }
                var receipt = DeletionReceipt()
                receipt.compactedForks = try await compactForks(values, transaction, access, now)
                let calls = DeletionRows.statements.map { Call($0.statement, values: values) }
                let removed = try await transaction.run(calls)
                var details: JSONValue = ["compacted_forks": .int(receipt.compactedForks)]
                for (statement, rows) in zip(DeletionRows.statements, removed) {
                    details[statement.table] = .int(rows.affected)
                    if let member = statement.counts { receipt[keyPath: member] += rows.affected }
                }
                transaction.enqueue(Call(DeletionRows.giveBackQuota, .id(access.tenant)))
                transaction.enqueue(Invalidation.sandbox(sandbox).call)
                if let trail = access.trail {
                    trail.note(subject: sandbox.description, after: details)
                } else {
                    let actor = access.principal == nil ? AuditActor(kind: "sweeper") : nil
                    transaction.enqueue(
                        AuditEntry(action, subject: sandbox.description, details: details)
                            .call(as: access, by: actor, at: now, random: random))
                }
                return receipt
            }
        }
    }

    private func compactForks(
        _ values: [PostgresValue], _ transaction: Transaction, _ access: TenantAccess,
        _ now: WallInstant
    ) async throws -> Int {
        let forks = try await transaction.run(Call(DeletionRows.lockForks, values: values))
        for fork in forks {
            for call in LayerCompaction.calls(fork.id(0), access.tenant, now: now) {
                transaction.enqueue(call)
            }
        }
        return forks.count
    }
}

extension DeletionReceipt {
    mutating func add(_ other: DeletionReceipt) {
        for statement in DeletionRows.statements {
            if let member = statement.counts { self[keyPath: member] += other[keyPath: member] }
        }
        compactedForks += other.compactedForks
    }
}
