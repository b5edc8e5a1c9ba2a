package import Access
import Contracts
import Identifiers
import Postgres
import Runtime

extension SandboxStore {
    /// What a fork has of its own. The rest is its source's: contracts, settings, seed, clock.
    package struct ForkDraft: Sendable {
        package var name: String?
        /// Nil draws a readable one.
        package var slug: Slug?
        /// Seconds of wall time.
        package var ttlSeconds: Int64?
        package var labels = Labels.none

        package init() {}
    }

    /// A new sandbox whose world is the source's as it stands, after the call that runs. From then
    /// on each goes its own way. Nothing is copied but the source's contracts and settings, so it
    /// takes as long for a large world as for an empty one. Idempotency records stay behind: the
    /// fork has credentials of its own. Fails as ``create(_:credentials:as:)`` does.
    package func fork(
        _ fork: ForkDraft, credentials: SandboxCredentials, as access: SandboxAccess
    ) async throws(TenancyError) -> Sandbox {
        var draft = SandboxDraft()
        draft.name = fork.name
        draft.slug = fork.slug
        draft.ttlSeconds = fork.ttlSeconds
        draft.labels = fork.labels
        try draft.check()
        return try await withSlug(draft) { slug throws(TenancyError) in
            try await namingSlug(slug) {
                try await database.transaction(as: access) { transaction in
                    try await forked(draft, slug, credentials, access, transaction)
                }
            }
        }
    }

    private func forked(
        _ draft: SandboxDraft, _ slug: Slug, _ credentials: SandboxCredentials,
        _ access: SandboxAccess, _ transaction: Transaction
    ) async throws -> Sandbox {
        let (tenant, now) = (access.tenantAccess, clock.now())
        // The source's head first, as everywhere: the tenant's row is what all creations share.
        let rows = try await transaction.run([
            LockedHead.lock(access.sandbox, of: access.tenant),
            Call(SandboxRows.read, .id(access.tenant), .id(access.sandbox)), takeQuota(tenant),
        ])
        guard let head = rows[0].first, let source = rows[1].first else {
            throw TenancyError.sandboxNotFound
        }
        guard rows[2].count == 1 else {
            throw TenancyError.quotaExceeded(limit: try await quota(transaction, tenant))
        }
        let locked = LockedHead(head)
        var point = locked.point(at: now)
        point.layers = LayerDepth.bound(point.layers, transaction, access.tenant, now: now)
        var draft = draft
        draft.mounts = SandboxRows.sandbox(source).mounts
        let birth = SandboxBirth(
            draft, at: point, isFrozenAtZero: locked.zero.isFrozen, credentials, tenant, now: now,
            random: random)
        for call in birth.rows(slug) { transaction.enqueue(call) }
        transaction.enqueue(
            Call(
                SandboxRows.copySettings, .id(access.tenant), .id(access.sandbox), .id(birth.id),
                .instant(now)))
        let fork = birth.sandbox(slug)
        var audited = fork.audited
        audited["source"] = .string(access.sandbox.description)
        access.trail?.note(subject: birth.id.description, after: audited)
        return fork
    }
}
