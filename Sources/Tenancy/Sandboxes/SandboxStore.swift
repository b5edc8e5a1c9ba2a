package import Access
import Contracts
import Identifiers
import Postgres
package import Runtime

/// Sandboxes of a tenant: create, show, list, change. Deleting stands in an extension.
package struct SandboxStore: Sendable {
    let database: TenantDatabase
    let clock: any WallClock
    let random: any RandomSource

    package init(database: TenantDatabase, clock: any WallClock, random: any RandomSource) {
        self.database = database
        self.clock = clock
        self.random = random
    }

    /// A new sandbox with its world at time zero, ready at once: two round trips and one commit,
    /// whatever the golden world's size. Fails with `quotaExceeded` or `slugTaken`.
    package func create(
        _ draft: SandboxDraft, credentials: SandboxCredentials, as access: TenantAccess
    ) async throws(TenancyError) -> Sandbox {
        try draft.check()
        let birth = SandboxBirth(draft, credentials, access, now: clock.now(), random: random)
        return try await withSlug(draft) { slug throws(TenancyError) in
            try await create(birth, slug, access)
        }
    }

    /// Runs `body` with the slug asked for, or with drawn ones until one is free.
    func withSlug(
        _ draft: SandboxDraft, _ body: (Slug) async throws(TenancyError) -> Sandbox
    ) async throws(TenancyError) -> Sandbox {
        if let slug = draft.slug { return try await body(slug) }
        for _ in 1..<Limits.slugAttempts {
            do throws(TenancyError) {
                return try await body(Slug(drawnFrom: random))
            } catch {
                guard case .slugTaken = error else { throw error }
            }
        }
        return try await body(Slug(drawnFrom: random))
    }

    package func sandbox(as access: SandboxAccess) async throws(TenancyError) -> Sandbox {
        try await storing {
            let rows = try await database.read(
                as: access,
                [Call(SandboxRows.read, .id(access.tenant), .id(access.sandbox))])
            guard rows[0].count == 1 else { throw TenancyError.sandboxNotFound }
            return SandboxRows.sandbox(rows[0][0])
        }
    }

    /// Newest first. `cursor` is the `next` of the page before.
    package func list(
        label: Label? = nil, rows: Int = Limits.pageRowsDefault, cursor: String? = nil,
        as access: TenantAccess
    ) async throws(TenancyError) -> (sandboxes: [Sandbox], next: String?) {
        guard (1...Limits.pageRowsMax).contains(rows) else {
            throw .invalid(member: "limit", rule: "1 to \(Limits.pageRowsMax)")
        }
        let after = cursor.map { SandboxID($0) } ?? SandboxID(high: .max, low: .max)
        guard let after else {
            throw .invalid(member: "cursor", rule: "the `next` of an earlier answer")
        }
        return try await storing {
            let answer = try await database.read(
                as: access,
                [
                    Call(
                        SandboxRows.list, .id(access.tenant), .id(after), .text(orNull: label?.key),
                        .text(orNull: label?.value), .int(Int64(rows + 1)))
                ])[0]
            let page = (0..<min(rows, answer.count)).map { SandboxRows.sandbox(answer[$0]) }
            return (page, answer.count > rows ? page.last?.id.description : nil)
        }
    }

    /// What may change later. An outer nil leaves a member as it is; the name's inner nil removes it.
    package struct Patch: Sendable {
        package var name: String??
        package var labels: Labels?
        /// Seconds from now; inner nil: never ends.
        package var ttlSeconds: Int64??

        package init() {}
    }

    package func patch(_ patch: Patch, as access: SandboxAccess) async throws(TenancyError) -> Sandbox {
        if let name = patch.name ?? nil, !(1...Limits.nameCharacters).contains(name.unicodeScalars.count) {
            throw .invalid(member: "name", rule: "1 to \(Limits.nameCharacters) characters")
        }
        let now = clock.now()
        try await storing {
            try await database.transaction(as: access) { transaction in
                let read = Call(SandboxRows.read, .id(access.tenant), .id(access.sandbox))
                let old = try await transaction.run(read)
                let changed = try await transaction.run(SandboxRows.patch(patch, access, at: now))
                guard changed[0].affected == 1 else { throw TenancyError.sandboxNotFound }
                transaction.enqueue(Invalidation.sandbox(access.sandbox).call)
                let new = try await transaction.run(read)
                access.trail?.note(
                    before: old.first.map { SandboxRows.sandbox($0).audited },
                    after: new.first.map { SandboxRows.sandbox($0).audited })
            }
        }
        return try await sandbox(as: access)
    }

    private func create(
        _ birth: SandboxBirth, _ slug: Slug, _ access: TenantAccess
    ) async throws(TenancyError) -> Sandbox {
        try await namingSlug(slug) {
            try await database.transaction(as: access) { transaction in
                let rows = try await transaction.run([takeQuota(access)])
                guard rows[0].count == 1 else {
                    throw TenancyError.quotaExceeded(limit: try await quota(transaction, access))
                }
                for call in birth.rows(slug) { transaction.enqueue(call) }
                access.trail?.note(
                    subject: birth.id.description, after: birth.sandbox(slug).audited)
            }
        }
        return birth.sandbox(slug)
    }

    /// One row while there is room, none at the limit.
    func takeQuota(_ access: TenantAccess) -> Call {
        Call(SandboxRows.takeQuota, .id(access.tenant), .int(Int64(Limits.sandboxesPerTenant)))
    }

    func quota(_ transaction: Transaction, _ access: TenantAccess) async throws -> Int {
        let rows = try await transaction.run([
            Call(SandboxRows.readQuota, .id(access.tenant), .int(Int64(Limits.sandboxesPerTenant)))
        ])
        return rows[0].count == 1 ? Int(rows[0][0].int(0)) : 0
    }

    /// Runs `body`, whose failure may be that the directory has the slug.
    func namingSlug<Value>(
        _ slug: Slug, _ body: () async throws -> Value
    ) async throws(TenancyError) -> Value {
        do throws(TenancyError) {
            return try await storing(body)
        } catch {
            if case .storage(.server(let server)) = error,
                server.constraint == "directory_slugs_pkey"
            {
                throw .slugTaken(slug.text)
            }
            throw error
        }
    }
}

extension Sandbox {
    /// What the audit log says of it.
    var audited: JSONValue {
        [
            "slug": .string(slug), "name": .string(orNull: name),
            "labels": .object(labels.document),
            "expires_at": .string(orNull: expiresAt?.description),
        ]
    }
}
