import Access
import Identifiers
import Postgres
import Runtime

/// All rows that a new sandbox consists of. Their number does not depend on the size of the world
/// that it begins with: the head names it, and that is all.
struct SandboxBirth {
    let id: SandboxID
    let now: WallInstant
    private let draft: SandboxDraft
    private let credentials: SandboxCredentials
    private let tenant: TenantID
    private let layer: LayerID
    /// Where its world begins: at time zero of the golden world, or where the source of a fork is.
    private let point: WorldPoint
    private let isFrozenAtZero: Bool
    private let clock: VirtualClock
    private let expiresAt: WallInstant?

    /// A sandbox with a world of its own.
    init(
        _ draft: SandboxDraft, _ credentials: SandboxCredentials, _ access: TenantAccess,
        now: WallInstant, random: any RandomSource
    ) {
        let timeZero = draft.clock.now ?? SandboxInstant(microseconds: now.microseconds)
        let point = WorldPoint(
            layers: [], golden: .current, stamp: WorldStamp(revision: 0, tick: 0),
            seed: draft.seed ?? Int64(random.next() & UInt64(Limits.seedMax)), timeZero: timeZero,
            isFrozen: draft.clock.mode == .frozen, now: timeZero)
        self.init(
            draft, at: point, isFrozenAtZero: point.isFrozen, credentials, access, now: now,
            random: random)
    }

    /// A fork: `draft` tells its name, slug, labels and mounts; the rest comes from `point`.
    init(
        _ draft: SandboxDraft, at point: WorldPoint, isFrozenAtZero: Bool,
        _ credentials: SandboxCredentials, _ access: TenantAccess, now: WallInstant,
        random: any RandomSource
    ) {
        self.draft = draft
        self.point = point
        self.isFrozenAtZero = isFrozenAtZero
        self.credentials = credentials
        self.now = now
        tenant = access.tenant
        id = SandboxID(now: now, random: random)
        layer = LayerID(now: now, random: random)
        clock = VirtualClock(mode: point.clockMode(at: now), epoch: 0)
        expiresAt = draft.ttlSeconds.map { now + .seconds($0) }
    }

    func rows(_ slug: Slug) -> [Call] {
        [insertDirectory(slug), insertSandbox(slug), insertLayer, insertHead] + mounts + credentialRows
    }

    func sandbox(_ slug: Slug) -> Sandbox {
        Sandbox(
            id: id, slug: slug.text, name: draft.name, state: .ready, isolation: draft.isolation,
            labels: draft.labels, seed: point.seed, clock: clock, stamp: point.stamp,
            mounts: draft.mounts.sorted { $0.contract < $1.contract }, expiresAt: expiresAt,
            createdAt: now)
    }

    private func insertDirectory(_ slug: Slug) -> Call {
        Call(
            SandboxRows.insertDirectory, .text(slug.text), .id(tenant), .id(id),
            .text(SandboxLocation.State.ready.rawValue), .instant(orNull: expiresAt))
    }

    private func insertSandbox(_ slug: Slug) -> Call {
        Call(
            SandboxRows.insert, .id(tenant), .id(id), .text(slug.text), .text(orNull: draft.name),
            .text(SandboxLocation.State.ready.rawValue), .text(draft.isolation.rawValue),
            .utf8(draft.labels.utf8), .int(point.seed), .instant(orNull: expiresAt), .instant(now))
    }

    private var insertLayer: Call {
        LayerRows.insert(layer, of: id, tenant, at: point, now: now)
    }

    private var insertHead: Call {
        let (offset, frozenAt) = ClockRows.columns(clock.mode)
        // The first layer of a fork counts as one with content: a fork's own checkpoints must
        // point at its own layers, which its source cannot take with it.
        let layerRevision: Int64 = point.layers.isEmpty ? 0 : -1
        return Call(
            SandboxRows.insertHead, .id(tenant), .id(id), .id(layer), point.layers.ids,
            point.layers.revisions, .text(point.golden.name), .int(Int64(point.golden.version)),
            .int(point.stamp.revision), .int(layerRevision), .int(point.stamp.tick),
            .int(point.seed), .instant(point.timeZero), .text(clock.modeName), offset, frozenAt,
            .text(isFrozenAtZero ? "frozen" : "running"),
            // A fork has timers from the first.
            point.layers.isEmpty || clock.isFrozen ? .null : .instant(now))
    }

    private var mounts: [Call] {
        draft.mounts.map {
            Call(
                SandboxRows.insertMount, .id(tenant), .id(id), .text($0.contract),
                .text($0.version), .text($0.fidelity.rawValue), .instant(now),
                .id(orNull: $0.imported))
        }
    }

    private var credentialRows: [Call] {
        let client = credentials.client
        return [
            KeyRows.insert(credentials.key, .sandbox, sandbox: id, tenant: tenant, at: now),
            KeyRows.insertDirectory(credentials.key, .sandbox, sandbox: id, tenant: tenant),
            Call(
                SandboxRows.insertClient, .id(tenant), .id(client.id), .id(id),
                .bytes(client.sha256), .text(client.prefix), .text(client.scopes.text), .instant(now)),
            Call(
                SandboxRows.insertClientDirectory, .id(client.id), .id(tenant), .id(id),
                .bytes(client.sha256), .text(client.scopes.text)),
        ]
    }
}
