package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime

/// Contracts that a tenant has imported. A row never changes: importing a name again makes its next
/// revision, and what a sandbox serves stays what it was until it is mounted anew.
package struct ContractStore: Sendable {
    private let database: TenantDatabase
    private let clock: any WallClock
    private let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// The next revision of its name; the newest one itself where that is the same document under
    /// the same version with the same overlay. Nil where another revision has come since the draft
    /// was made. Fails with `contractsFull`.
    package func add(
        _ draft: ContractDraft, as access: TenantAccess
    ) async throws(TenancyError) -> ImportedContract? {
        let now = clock.now()
        let id = ContractID(now: now, random: random)
        return try await storing {
            try await database.transaction(as: access) { transaction in
                // The tenant's row makes imports of one name wait for each other.
                let rows = try await transaction.run([
                    Call(ContractRows.lockTenant, .id(access.tenant)),
                    Call(
                        ContractRows.same, .id(access.tenant), .text(draft.name),
                        .text(draft.version), .bytes(draft.sourceSHA256),
                        .bytes(orNull: draft.overlay)),
                    Call(ContractRows.newest, .id(access.tenant), .text(draft.name)),
                    Call(ContractRows.count, .id(access.tenant)),
                ])
                if let row = rows[1].first { return ContractRows.contract(row) }
                guard rows[2].first.map({ Int($0.int(0)) }) == draft.follows else { return nil }
                guard (rows[3].first?.int(0) ?? 0) < Limits.contracts else {
                    throw TenancyError.contractsFull(limit: Limits.contracts)
                }
                let added = try await transaction.run(
                    ContractRows.insert(draft, id, access, at: now))
                access.trail?.note(
                    subject: id.description,
                    after: [
                        "name": .string(draft.name), "version": .string(draft.version),
                        "overlaid": .bool(draft.overlay != nil),
                    ])
                guard let row = added.first else { throw TenancyError.contractNotFound(draft.name) }
                return ContractRows.contract(row)
            }
        }
    }

    /// The newest revision of a name with its overlay; both nil where the tenant has none.
    package func newest(
        _ name: String, as access: TenantAccess
    ) async throws(TenancyError) -> (revision: Int?, overlay: [UInt8]?) {
        try await storing {
            let rows = try await database.transaction(as: access, on: .search) { transaction in
                try await transaction.run(
                    Call(ContractRows.newest, .id(access.tenant), .text(name)))
            }
            return (rows.first.map { Int($0.int(0)) }, rows.first?.bytesOrNil(1))
        }
    }

    /// By id, or the newest revision of a name.
    package func contract(
        _ name: String, as access: TenantAccess
    ) async throws(TenancyError) -> ImportedContract {
        let call =
            ContractID(name).map { Call(ContractRows.readByID, .id(access.tenant), .id($0)) }
            ?? Call(ContractRows.readByName, .id(access.tenant), .text(name))
        return try await storing {
            guard let row = try await database.read(as: access, [call])[0].first else {
                throw TenancyError.contractNotFound(name)
            }
            return ContractRows.contract(row)
        }
    }

    /// What the import was made from, as it was sent.
    package func source(
        _ id: ContractID, as access: SandboxAccess
    ) async throws(TenancyError) -> ContractSource {
        try await source(id, as: access.tenantAccess)
    }

    package func source(
        _ id: ContractID, as access: TenantAccess
    ) async throws(TenancyError) -> ContractSource {
        try await storing {
            // Megabytes: not on the connection that a loop's requests share.
            let rows = try await database.transaction(as: access, on: .search) { transaction in
                try await transaction.run(
                    Call(ContractRows.source, .id(access.tenant), .id(id)))
            }
            guard let row = rows.first else {
                throw TenancyError.contractNotFound(id.description)
            }
            return ContractSource(document: row.bytes(0), overlay: row.bytesOrNil(1))
        }
    }

    /// Newest first; `cursor` is the `next` of the page before.
    package func list(
        rows: Int, cursor: String?, as access: TenantAccess
    ) async throws(TenancyError) -> (contracts: [ImportedContract], next: String?) {
        guard (1...Limits.pageRowsMax).contains(rows) else {
            throw .invalid(member: "limit", rule: "1 to \(Limits.pageRowsMax)")
        }
        let after = cursor.map { ContractID($0) } ?? ContractID(high: .max, low: .max)
        guard let after else {
            throw .invalid(member: "cursor", rule: "the `next` of an earlier answer")
        }
        return try await storing {
            let found = try await database.read(
                as: access,
                [Call(ContractRows.list, .id(access.tenant), .id(after), .int(Int64(rows + 1)))])[0]
            let page = (0..<min(rows, found.count)).map { ContractRows.contract(found[$0]) }
            return (page, found.count > rows ? page.last?.id.description : nil)
        }
    }

    /// Deletes one revision. Fails with `contractMounted` while a sandbox serves it.
    package func delete(_ id: ContractID, as access: TenantAccess) async throws(TenancyError) {
        try await storing {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run([
                    Call(ContractRows.lock, .id(access.tenant), .id(id)),
                    Call(ContractRows.mountedOn, .id(access.tenant), .id(id)),
                ])
                guard rows[0].count == 1 else {
                    throw TenancyError.contractNotFound(id.description)
                }
                guard rows[1].isEmpty else {
                    throw TenancyError.contractMounted(rows[1].map { $0.text(0) })
                }
                transaction.enqueue(Call(ContractRows.delete, .id(access.tenant), .id(id)))
                access.trail?.note(subject: id.description)
            }
        }
    }

    // MARK: Mounting

    /// Mounts, or mounts anew, on a sandbox. Gateways are told to forget the sandbox. Fails with
    /// `mountsFull`, `contractNotFound` or `sandboxNotFound`.
    package func mount(_ mount: Mount, as access: SandboxAccess) async throws(TenancyError) {
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                var calls = [
                    Call(ContractRows.lockSandbox, .id(access.tenant), .id(access.sandbox)),
                    Call(
                        ContractRows.otherMounts, .id(access.tenant), .id(access.sandbox),
                        .text(mount.contract)),
                ]
                // The lock keeps the contract from being deleted beneath the mount.
                if let id = mount.imported {
                    calls.append(Call(ContractRows.keep, .id(access.tenant), .id(id)))
                }
                let rows = try await transaction.run(calls)
                guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
                guard (rows[1].first?.int(0) ?? 0) < Limits.mounts else {
                    throw TenancyError.mountsFull(limit: Limits.mounts)
                }
                guard rows.count == 2 || rows[2].count == 1 else {
                    throw TenancyError.contractNotFound(mount.contract)
                }
                transaction.enqueue(ContractRows.mount(mount, access, at: now))
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(after: ["contract": .string(mount.contract)])
            }
        }
    }

    /// Takes a contract off a sandbox; its objects stay, for when it is mounted again. Fails with
    /// `contractNotFound`.
    package func unmount(_ name: String, as access: SandboxAccess) async throws(TenancyError) {
        try await storing {
            try await database.transaction(as: access) { transaction in
                let removed = try await transaction.run(
                    Call(
                        ContractRows.unmount, .id(access.tenant), .id(access.sandbox), .text(name)))
                guard removed.affected == 1 else { throw TenancyError.contractNotFound(name) }
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                access.trail?.note(before: ["contract": .string(name)])
            }
        }
    }
}
