import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Tenancy

// Sessions that calls with X-Dry-Run-Session have opened.
extension PlatformAPI {
    static let dryRunHandlers: [String: Handler] = [
        "list_dry_runs": .sandbox(.read) { api, _, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let open = try await api.services.stores.world.dryRuns(as: access)
                return Answer(200, ["data": .array(open.map(\.document))])
            }
        },
        "discard_dry_run": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let world = api.services.stores.world
                let found = try await world.dryRun(call.path("dry_run"), as: access)
                try await world.discard(found.id, as: access)
                return Answer(200, found.document)
            }
        },
        "promote_dry_run": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let world = api.services.stores.world
                let found = try await world.dryRun(call.path("dry_run"), as: access)
                let stamp = try await world.promote(found.id, as: access)
                return Answer(200, ["revision": .int(stamp.revision), "tick": .int(stamp.tick)])
            }
        },
    ]
}

extension DryRun {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description), "name": .string(name),
            "revision": .int(stamp.revision), "tick": .int(stamp.tick),
            "created_at": .string(createdAt.description),
        ]
    }
}
