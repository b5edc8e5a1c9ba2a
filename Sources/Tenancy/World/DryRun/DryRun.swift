package import Access
package import Identifiers
import Postgres
package import Runtime

/// An open dry-run session.
package struct DryRun: Sendable {
    package let id: DryRunID
    /// Chosen by the caller, unique among the sandbox's open sessions.
    package let name: String
    /// Where the session's world stands.
    package let stamp: WorldStamp
    package let createdAt: WallInstant

    init(_ row: Row) {
        id = row.id(0)
        name = row.text(1)
        stamp = WorldStamp(revision: row.int(2), tick: row.int(3))
        createdAt = WallInstant(microseconds: row.microseconds(4))
    }
}

/// What one call of a session has led to beside its answer: told, and not sent or run.
package struct DryRunEffects: Sendable {
    package struct Event: Sendable {
        package let id: String
        package let type: String
    }

    package struct Timer: Sendable {
        package let id: String
        /// Nil, as the instant, for one that was cancelled.
        package let kind: String?
        package let dueAt: SandboxInstant?
    }

    package let events: [Event]
    package let timers: [Timer]

    package static let none = DryRunEffects(events: [], timers: [])
}

extension WorldStore {
    /// Open sessions, oldest first; at most ``Limits/dryRuns``.
    package func dryRuns(as access: SandboxAccess) async throws(TenancyError) -> [DryRun] {
        try await storing {
            let rows = try await database.read(as: access, [DryRunRows.list(access)])[0]
            return (0..<rows.count).map { DryRun(rows[$0]) }
        }
    }

    /// The open session of that id or name. Fails with `dryRunNotFound`.
    package func dryRun(
        _ text: String, as access: SandboxAccess
    ) async throws(TenancyError) -> DryRun {
        let open = try await dryRuns(as: access)
        guard let found = open.first(where: { $0.id.description == text || $0.name == text }) else {
            throw .dryRunNotFound
        }
        return found
    }

    /// What the call that made `revision` in the session has led to.
    package func effects(
        of session: DryRunID, at revision: Int64, as access: SandboxAccess
    ) async throws(TenancyError) -> DryRunEffects {
        try await storing {
            let rows = try await database.read(
                as: access,
                [
                    DryRunRows.events(session, at: revision, access),
                    DryRunRows.timers(session, at: revision, access),
                ])
            return DryRunEffects(
                events: rows[0].map { DryRunEffects.Event(id: $0.text(0), type: $0.text(1)) },
                timers: rows[1].map {
                    DryRunEffects.Timer(
                        id: $0.text(0), kind: $0.textIfPresent(1),
                        dueAt: $0.isNull(2) ? nil : SandboxInstant(microseconds: $0.microseconds(2)))
                })
        }
    }
}
