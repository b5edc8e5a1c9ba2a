import Access
import Identifiers
import Postgres
import Runtime

/// All rows that a new sandbox consists of. Their number does not depend on the golden world: the
/// head names it, and that is all.
struct SandboxBirth {
    let id: SandboxID
    let now: WallInstant
    private let draft: SandboxDraft
    private let credentials: SandboxCredentials
    private let tenant: TenantID
    private let layer: LayerID
    private let seed: Int64
    private let timeZero: SandboxInstant
    private let clock: VirtualClock
    private let expiresAt: WallInstant?
    private let golden = GoldenWorld.current

    init(
        _ draft: SandboxDraft, _ credentials: SandboxCredentials, _ access: TenantAccess,
        now: WallInstant, random: any RandomSource
    ) {
        self.draft = draft
        self.credentials = credentials
        self.now = now
        tenant = access.tenant
        id = SandboxID(now: now, random: random)
        layer = LayerID(now: now, random: random)
        seed = draft.seed ?? Int64(random.next() & UInt64(Limits.seedMax))
        timeZero = draft.clock.now ?? SandboxInstant(microseconds: now.microseconds)
        clock =
            switch draft.clock.mode {
            case .running: .running(from: timeZero, at: now)
            case .frozen: VirtualClock(mode: .frozen(at: timeZero), epoch: 0)
            }
        expiresAt = draft.ttlSeconds.map { now + .seconds($0) }
    }

    /// One row while there is room, none at the limit.
    var takeQuota: Call {
        Call(SandboxRows.takeQuota, .id(tenant), .int(Int64(Limits.sandboxesPerTenant)))
    }

    func rows(_ slug: Slug) -> [Call] {
        [insertDirectory(slug), insertSandbox(slug), insertLayer, insertHead] + mounts + credentialRows
    }

    func sandbox(_ slug: Slug) -> Sandbox {
        Sandbox(
            id: id, slug: slug.text, name: draft.name, state: .ready, isolation: draft.isolation,
            labels: draft.labels, seed: seed, clock: clock,
            stamp: WorldStamp(revision: 0, tick: 0),
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
            .utf8(draft.labels.utf8), .int(seed), .instant(orNull: expiresAt), .instant(now))
    }

    private var insertLayer: Call {
        Call(
            SandboxRows.insertLayer, .id(tenant), .id(layer), .id(id), .text(golden.name),
            .int(Int64(golden.version)), .instant(now))
    }

    private var insertHead: Call {
        let (offset, frozenAt) = ClockRows.columns(clock.mode)
        return Call(
            SandboxRows.insertHead, .id(tenant), .id(id), .id(layer), .text(golden.name),
            .int(Int64(golden.version)), .int(seed), .instant(timeZero), .text(clock.modeName),
            offset, frozenAt)
    }

    private var mounts: [Call] {
        draft.mounts.map {
            Call(
                SandboxRows.insertMount, .id(tenant), .id(id), .text($0.contract),
                .text($0.version), .text($0.fidelity.rawValue), .instant(now))
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
