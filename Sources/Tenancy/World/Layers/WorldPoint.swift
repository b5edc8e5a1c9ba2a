import Access
import Identifiers
import Postgres
import Runtime

/// A layer as a branch sees it: up to one revision, whatever is written to it later.
struct LayerPointer: Sendable, Hashable {
    let layer: LayerID
    let revision: Int64

    /// Reads a `uuid[]` and a `bigint[]` of equal length.
    static func list(_ row: Row, ids: Int, revisions: Int) -> [LayerPointer] {
        zip(row.uuidArray(ids), row.textArray(revisions)).map { id, revision in
            guard let revision = Int64(revision) else {
                preconditionFailure("a bigint is a number")
            }
            return LayerPointer(layer: LayerID(high: id.high, low: id.low), revision: revision)
        }
    }
}

extension [LayerPointer] {
    var ids: PostgresValue { .uuidArray(map { ($0.layer.high, $0.layer.low) }) }
    /// Bound as `text[]`; statements cast it to `bigint[]`.
    var revisions: PostgresValue { .textArray(map { String($0.revision) }) }
}

/// A state of a world that a new layer can begin at: what a head row said at that moment.
struct WorldPoint: Sendable {
    /// Nearest first; empty is the golden world, untouched.
    var layers: [LayerPointer]
    let golden: GoldenWorld
    let stamp: WorldStamp
    let seed: Int64
    let timeZero: SandboxInstant
    /// Running or frozen, and the time it showed.
    let isFrozen: Bool
    let now: SandboxInstant

    /// The clock that shows ``now`` at the wall's `wall` and goes on as it did.
    func clockMode(at wall: WallInstant) -> VirtualClock.Mode {
        isFrozen
            ? .frozen(at: now)
            : .running(offsetMicroseconds: now.microseconds - wall.microseconds)
    }
}

/// A head row under its lock, with all that moving it or branching from it takes.
struct LockedHead: Sendable {
    let head: WorldHead
    let ancestors: [LayerPointer]
    /// See `sandbox_heads.layer_revision`.
    private let layerRevision: Int64
    private let isFrozenAtZero: Bool

    init(_ row: Row) {
        head = WorldHead(row)
        let column = WorldHead.columnCount
        ancestors = LayerPointer.list(row, ids: column, revisions: column + 1)
        layerRevision = row.int(column + 2)
        isFrozenAtZero = row.text(column + 3) == "frozen"
    }

    /// Where it stands. An empty layer is left out, so that going back and forth makes no depth.
    func point(at wall: WallInstant) -> WorldPoint {
        let isEmpty = head.stamp.revision == layerRevision
        let own = LayerPointer(layer: head.layer, revision: head.stamp.revision)
        return WorldPoint(
            layers: isEmpty ? ancestors : [own] + ancestors, golden: head.golden,
            stamp: head.stamp, seed: head.seed, timeZero: head.timeZero,
            isFrozen: head.clock.isFrozen, now: head.now(at: wall))
    }

    /// The golden world at time zero.
    var zero: WorldPoint {
        WorldPoint(
            layers: [], golden: head.golden, stamp: WorldStamp(revision: 0, tick: 0),
            seed: head.seed, timeZero: head.timeZero, isFrozen: isFrozenAtZero,
            now: head.timeZero)
    }

    /// One row, or none without a sandbox. Waits for the call that runs and keeps others out.
    static func lock(_ sandbox: SandboxID, of tenant: TenantID) -> Call {
        Call(lockStatement, .id(tenant), .id(sandbox))
    }

    /// The same without the lock, to look only.
    static func look(_ sandbox: SandboxID, of tenant: TenantID) -> Call {
        Call(lookStatement, .id(tenant), .id(sandbox))
    }

    private static let select = """
        SELECT \(WorldHead.columns), h.ancestor_ids, h.ancestor_revisions, h.layer_revision,
            coalesce(h.clock_mode_at_zero, h.clock_mode)
        FROM sbx.sandbox_heads h
        WHERE h.tenant_id = $1 AND h.sandbox_id = $2
        """

    private static let lockStatement = Statement("head_lock", select + "\nFOR UPDATE")
    private static let lookStatement = Statement("head_look", select)
}
