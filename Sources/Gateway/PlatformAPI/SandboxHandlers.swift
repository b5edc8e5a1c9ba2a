import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Observability
import Runtime
import Simulators
import Tenancy

extension PlatformAPI {
    static let sandboxHandlers: [String: Handler] = [
        "create_sandbox": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.createSandbox(call, access)
        },
        "list_sandboxes": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.listSandboxes(call, access)
        },
        "delete_sandboxes": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.deleteSandboxes(call, access)
        },
        "get_sandbox": .sandboxOfAnyAge(.read) { api, _, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                Answer(200, api.document(try await api.services.stores.sandboxes.sandbox(as: access)))
            }
        },
        "update_sandbox": .sandboxOfAnyAge(.write) { api, call, access throws(Refusal) in
            try await api.updateSandbox(call, access)
        },
        "delete_sandbox": .sandboxOfAnyAge(.write) { api, _, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let receipt = try await api.services.stores.sandboxes.delete(as: access)
                return Answer(200, receipt.document)
            }
        },
    ]

    private func createSandbox(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let draft = try await draft(call.body, access)
        return try await tenancy { () throws(TenancyError) in
            Answer(201, document(try await services.provisioning.create(draft, as: access)))
        }
    }

    /// A new sandbox with its credentials.
    func document(_ made: SandboxProvisioning.Provisioned) -> JSONValue {
        var document = document(made.sandbox)
        document["credentials"] = [
            "api_key": .string(made.apiKey.revealed),
            "client_id": .string(made.client.description),
            "client_secret": .string(made.clientSecret.revealed),
        ]
        return document
    }

    private func draft(
        _ body: JSONValue, _ access: TenantAccess
    ) async throws(Refusal) -> SandboxDraft {
        if body["pack"] != nil {
            throw .invalid(
                .notAvailable, pointer: "/pack", rule: "available",
                expected: "no pack: packs are not available yet")
        }
        let mounts = try await mounts(body["contracts"]?.array, access)
        do throws(TenancyError) {
            var draft = SandboxDraft()
            draft.name = body["name"]?.string
            draft.slug = try body["slug"]?.string.map { slug throws(TenancyError) in try Slug(slug) }
            draft.mounts = mounts
            draft.ttlSeconds = try body["ttl"]?.string.map(SandboxDraft.ttlSeconds)
            draft.isolation = try Isolation(requested: body["isolation"]?.string ?? "row")
            draft.seed = body["seed"]?.int
            draft.labels = try Labels(body["labels"] ?? [:])
            draft.clock = SandboxDraft.Clock(
                mode: body["clock"]?["mode"]?.string == "frozen" ? .frozen : .running,
                now: body["clock"]?["now"]?.string.flatMap { SandboxInstant(rfc3339: $0) })
            return draft
        } catch {
            throw .tenancy(error, during: .validate)
        }
    }

    /// The contracts asked for, all of them when none is named.
    private func mounts(
        _ names: [JSONValue]?, _ access: TenantAccess
    ) async throws(Refusal) -> [Mount] {
        guard let names else { return services.library.contracts.map(\.mount) }
        var mounts: [Mount] = []
        for (index, name) in names.enumerated() {
            mounts.append(
                try await mount(named: name.string ?? "", access, pointer: "/contracts/\(index)"))
        }
        return mounts
    }

    private func listSandboxes(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            let label = try call.query("label").map { text throws(TenancyError) in try Label(text) }
            let page = try await services.stores.sandboxes.list(
                label: label, rows: call.rows(), cursor: call.query("cursor"), as: access)
            return Answer(
                200,
                [
                    "data": .array(page.sandboxes.map { document($0) }),
                    "next": .string(orNull: page.next),
                ])
        }
    }

    private func deleteSandboxes(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            let label = try Label(call.query("label") ?? "")
            let receipt = try await services.stores.sandboxes.deleteAll(label: label, as: access)
            return Answer(200, receipt.document)
        }
    }

    private func updateSandbox(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        try await tenancy { () throws(TenancyError) in
            var patch = SandboxStore.Patch()
            if let name = call.body["name"] { patch.name = .some(name.string) }
            if let labels = call.body["labels"] { patch.labels = try Labels(labels) }
            if let ttl = call.body["ttl"] {
                patch.ttlSeconds = .some(try ttl.string.map(SandboxDraft.ttlSeconds))
            }
            let sandbox = try await services.stores.sandboxes.patch(patch, as: access)
            return Answer(200, document(sandbox))
        }
    }

    /// Tenancy's errors become refusals here, for all handlers.
    func tenancy<Value>(
        _ body: () async throws(TenancyError) -> Value
    ) async throws(Refusal) -> Value {
        do throws(TenancyError) {
            return try await body()
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }

    func document(_ sandbox: Sandbox) -> JSONValue {
        let apis = sandbox.mounts.map { api($0, slug: sandbox.slug) }
        return [
            "id": .string(sandbox.id.description), "slug": .string(sandbox.slug),
            "name": .string(orNull: sandbox.name), "status": .string(status(of: sandbox)),
            "base_url": .string(configuration.sandboxURL(slug: sandbox.slug)),
            "apis": .array(apis), "issuer": .string(configuration.issuerURL),
            "clock": clock(sandbox.clock), "seed": .int(sandbox.seed),
            "labels": .object(sandbox.labels.document),
            "isolation": .string(sandbox.isolation.rawValue),
            "created_at": .string(sandbox.createdAt.description),
            "expires_at": .string(orNull: sandbox.expiresAt?.description),
        ]
    }

    /// A contract as it stands on a sandbox.
    func api(_ mount: Mount, slug: String) -> JSONValue {
        [
            "contract": .string(mount.contract), "version": .string(mount.version),
            "fidelity": .string(mount.fidelity.rawValue),
            "base_url": .string(configuration.contractURL(mount.contract, slug: slug)),
        ]
    }

    /// `expired` until the sweeper has come by, which is within minutes.
    private func status(of sandbox: Sandbox) -> String {
        if let end = sandbox.expiresAt, end <= services.clock.now() { return "expired" }
        return sandbox.state.rawValue
    }

    func clock(_ clock: VirtualClock) -> JSONValue {
        [
            "now": .string(clock.now(at: services.clock.now()).rfc3339),
            "mode": .string(clock.modeName),
        ]
    }
}

extension MountableContract {
    var mount: Mount {
        Mount(contract: name, version: contract.version, fidelity: .domain)
    }
}

extension DeletionReceipt {
    fileprivate var document: JSONValue {
        [
            "sandboxes": .int(sandboxes), "entities": .int(entities), "changes": .int(changes),
            "events": .int(events), "ledger_entries": .int(ledgerEntries),
            "timers": .int(timers), "layers": .int(layers), "settings": .int(settings),
            "checkpoints": .int(checkpoints), "dry_runs": .int(dryRuns),
            "compacted_forks": .int(compactedForks),
            "keys": .int(keys), "clients": .int(clients), "mounts": .int(mounts),
            "idempotency_records": .int(idempotencyRecords), "requests": .int(requests),
            "webhook_endpoints": .int(webhookEndpoints), "deliveries": .int(deliveries),
            "inbox_messages": .int(inboxMessages), "partial": .bool(partial),
        ]
    }
}
