import Access
import Contracts
import Identifiers
import Identity
import Observability
import Runtime
import Tenancy

// Going back and branching off: reset, checkpoints, forks, and what differs between two points.
extension PlatformAPI {
    static let branchHandlers: [String: Handler] = [
        "reset_sandbox": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.services.reset(to: call.body["to"]?.string, access)
        },
        "fork_sandbox": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.fork(call.body, access)
        },
        "list_checkpoints": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.listCheckpoints(call, access)
        },
        "create_checkpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let made = try await api.services.stores.world.checkpoint(
                    name: call.body["name"]?.string, as: access)
                return Answer(201, made.document)
            }
        },
        "delete_checkpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let world = api.services.stores.world
                let found = try await world.checkpoint(call.path("checkpoint"), as: access)
                try await world.deleteCheckpoint(found.id, as: access)
                return Answer(200, found.document)
            }
        },
        "restore_checkpoint": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.services.reset(to: call.path("checkpoint"), access)
        },
        "get_diff": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.diff(call, access)
        },
    ]

    private func fork(_ body: JSONValue, _ access: SandboxAccess) async throws(Refusal) -> Answer {
        // A fork is a new sandbox of the tenant: a grant on its source is not enough.
        do throws(AccessError) {
            try access.tenantAccess.require(.write)
        } catch {
            throw .access(error)
        }
        return try await tenancy { () throws(TenancyError) in
            var draft = SandboxStore.ForkDraft()
            draft.name = body["name"]?.string
            draft.slug = try body["slug"]?.string.map { slug throws(TenancyError) in
                try Slug(slug)
            }
            draft.ttlSeconds = try body["ttl"]?.string.map(SandboxDraft.ttlSeconds)
            draft.labels = try Labels(body["labels"] ?? [:])
            return Answer(201, document(try await services.provisioning.fork(draft, as: access)))
        }
    }

    private func listCheckpoints(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            let page = try await services.stores.world.checkpoints(
                rows: call.rows(), cursor: call.query("cursor"), as: access)
            return Answer(
                200,
                [
                    "data": .array(page.checkpoints.map(\.document)),
                    "next": .string(orNull: page.next),
                ])
        }
    }

    private func diff(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            let world = services.stores.world
            let diff = try await world.diff(
                from: try await point(call.query("from") ?? "golden", access),
                to: try await point(call.query("to") ?? "head", access),
                rows: call.rows(), cursor: call.query("cursor"), as: access)
            return Answer(
                200,
                [
                    "from": diff.from.document, "to": diff.to.document,
                    "data": .array(diff.differences.map(\.document)),
                    "next": .string(orNull: diff.next),
                ])
        }
    }

    /// `golden`, `head`, or a checkpoint by id or name.
    private func point(
        _ text: String, _ access: SandboxAccess
    ) async throws(TenancyError) -> DiffPoint {
        switch text {
        case "golden": .golden
        case "head": .head
        default: .checkpoint(try await services.stores.world.checkpoint(text, as: access).id)
        }
    }
}

extension Services {
    /// Back to time zero, or to a checkpoint by id or name. Also answers `/sandbox/reset` on the
    /// sandbox's own host.
    func reset(
        to checkpoint: String?, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        do throws(TenancyError) {
            let found: Checkpoint? =
                if let checkpoint {
                    try await stores.world.checkpoint(checkpoint, as: access)
                } else {
                    nil
                }
            let head = try await stores.world.reset(to: found?.id, as: access)
            return Answer(
                200,
                [
                    "sandbox": .string(access.sandbox.description),
                    "checkpoint": .string(orNull: found?.id.description),
                    "revision": .int(head.stamp.revision), "tick": .int(head.stamp.tick),
                    "clock": [
                        "now": .string(head.now(at: clock.now()).rfc3339),
                        "mode": .string(head.clock.modeName),
                    ],
                ])
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }
}

extension Checkpoint {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "name": .string(orNull: name),
            "revision": .int(stamp.revision), "tick": .int(stamp.tick),
            "clock": [
                "now": .string(now.rfc3339), "mode": .string(isFrozen ? "frozen" : "running"),
            ],
            "created_at": .string(createdAt.description),
        ]
    }
}

extension WorldStamp {
    fileprivate var document: JSONValue { ["revision": .int(revision), "tick": .int(tick)] }
}

extension EntityDifference {
    fileprivate var document: JSONValue {
        let (change, before, after): (String, Int64?, Int64?) =
            switch kind {
            case .added(let version): ("added", nil, version)
            case .changed(let from, let to): ("changed", from, to)
            case .removed(let version): ("removed", version, nil)
            }
        return [
            "change": .string(change), "contract": .string(key.contract),
            "type": .string(key.type), "id": .string(key.id),
            "from_version": before.map { .int($0) } ?? .null,
            "to_version": after.map { .int($0) } ?? .null,
        ]
    }
}
