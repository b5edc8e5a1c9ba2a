import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Observability
import Runtime
import Simulators
import Tenancy

// Contracts of a tenant's own, and where they are mounted.
extension PlatformAPI {
    static let contractHandlers: [String: Handler] = [
        "import_contract": .upload(.write) { api, call, bytes, access throws(Refusal) in
            try await api.importContract(call, bytes, access)
        },
        "list_contracts": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let page = try await api.services.stores.contracts.list(
                    rows: call.rows(), cursor: call.query("cursor"), as: access)
                return Answer(
                    200,
                    [
                        "data": .array(page.contracts.map(\.document)),
                        "next": .string(orNull: page.next),
                    ])
            }
        },
        "get_contract": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                Answer(200, try await api.contract(call.path("contract"), access).document)
            }
        },
        "delete_contract": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let found = try await api.contract(call.path("contract"), access)
                try await api.services.stores.contracts.delete(found.id, as: access)
                return Answer(200, ["id": .string(found.id.description), "deleted": true])
            }
        },
        "mount_contract": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.mountContract(call.body["contract"]?.string ?? "", access)
        },
        "get_mount": .sandbox(.read) { api, call, access throws(Refusal) in
            let mount = try await api.mounted(call.path("contract"), access)
            return Answer(200, try await api.document(of: mount, access))
        },
        "configure_mount": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.configure(call.path("contract"), call.body, access)
        },
        "unmount_contract": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let name = call.path("contract")
                try await api.services.stores.contracts.unmount(name, as: access)
                // Others are told by the database; the next call here may come before that.
                api.services.sandboxCache.forget(access.sandbox)
                return Answer(200, ["contract": .string(name), "unmounted": true])
            }
        },
    ]

    private func contract(
        _ name: String, _ access: TenantAccess
    ) async throws(TenancyError) -> ImportedContract {
        try await services.stores.contracts.contract(name, as: access)
    }

    /// What `/v1/contracts/…` means beside the names of contracts.
    private static let ownPaths: Set<String> = ["diff", "lint"]

    private func importContract(
        _ call: PlatformCall, _ bytes: [UInt8], _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let asked = (name: call.query("name"), version: call.query("version"))
        let read = try await services.contractCache.reading {
            try ContractReading(bytes)
        }
        if let kind = read.otherKind { throw .contractKindNotAvailable(kind) }
        let name = asked.name ?? ContractReading.name(from: read.title)
        guard services.library[name] == nil, !Self.ownPaths.contains(name) else {
            throw .contractNameReserved(name)
        }
        return try await tenancy { () throws(TenancyError) in
            let draft = try ContractDraft(
                name: name, version: asked.version ?? read.version, kind: "openapi",
                title: read.title, operations: read.operations,
                warnings: .array(read.warnings.map(\.published)), source: bytes,
                sourceSHA256: SHA256Hasher.digest(bytes).bytes)
            return Answer(
                201, try await services.stores.contracts.add(draft, as: access).document)
        }
    }

    private func mounted(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Mount {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == name }) else {
            throw .contractNotMounted(name, mounted: mounts.map(\.contract))
        }
        return mount
    }

    private func document(
        of mount: Mount, _ access: SandboxAccess
    ) async throws(Refusal) -> JSONValue {
        let stored = SandboxSettings.json(try await setting(SandboxSettings.mountsName, access))
        var document = api(mount, slug: access.slug)
        let settings = MountSettings(stored: stored ?? [:])[mount.contract]
        for member in settings.document.object?.members ?? [] {
            document[member.name] = member.value
        }
        return document
    }

    private func configure(
        _ name: String, _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let mount = try await mounted(name, access)
        let stored = try await setting(SandboxSettings.mountsName, access)
        var settings = SandboxSettings.json(stored) ?? [:]
        settings[name] = MountSettings.OfOne(body).document
        try await write(SandboxSettings.mountsName, JSONWriter.bytes(settings), access)
        return Answer(200, try await document(of: mount, access))
    }

    private func mountContract(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let mount = try await mount(named: name, access.tenantAccess)
        return try await tenancy { () throws(TenancyError) in
            try await services.stores.contracts.mount(mount, as: access)
            services.sandboxCache.forget(access.sandbox)
            return Answer(201, api(mount, slug: access.slug))
        }
    }

    /// One of the platform's own contracts, else one that the tenant has imported, by name or id.
    func mount(
        named name: String, _ access: TenantAccess, pointer: String = "/contract"
    ) async throws(Refusal) -> Mount {
        if let own = services.library[name] { return own.mount }
        do throws(TenancyError) {
            let found = try await contract(name, access)
            return Mount(
                contract: found.name, version: found.version, fidelity: .stateful,
                imported: found.id)
        } catch {
            guard case .contractNotFound = error else { throw .tenancy(error, during: .validate) }
            let known = services.library.contracts.map(\.name).joined(separator: ", ")
            throw .invalid(
                pointer: pointer, rule: "contract",
                expected: "one of \(known), or a contract that was imported")
        }
    }
}

/// What an import reads from a document.
private struct ContractReading: Sendable {
    let title: String
    let version: String
    let operations: Int
    let warnings: [ContractProblem]
    /// Set for what is no OpenAPI document but another kind that is known.
    let otherKind: String?

    /// Refuses what no operation could be served from.
    init(_ bytes: [UInt8]) throws {
        let document = try JSONValue(contract: bytes)
        for (member, kind) in [("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("overlay", "Overlay")]
        where document[member] != nil {
            self.init(title: kind, version: "", operations: 0, warnings: [], otherKind: kind)
            return
        }
        let contract = try Contract(lazily: document)
        let problems = contract.warnings + contract.problems()
        guard !contract.operations.isEmpty || document["webhooks"] != nil else {
            throw ContractError(
                problems: problems.isEmpty
                    ? [ContractProblem(pointer: JSONPointer(["paths"]), reason: "there is no operation")]
                    : problems)
        }
        self.init(
            title: contract.title, version: contract.version,
            operations: contract.operations.count, warnings: problems, otherKind: nil)
    }

    private init(
        title: String, version: String, operations: Int, warnings: [ContractProblem],
        otherKind: String?
    ) {
        self.title = title
        self.version = version
        self.operations = operations
        self.warnings = warnings
        self.otherKind = otherKind
    }

    /// `Open Payments 1.0` → `open-payments-1-0`, cut to what a host's label takes.
    static func name(from title: String) -> String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var name = ""
        for word in words {
            let longer = name.isEmpty ? String(word) : "\(name)-\(word)"
            guard longer.utf8.count <= Limits.contractNameBytes else { break }
            name = longer
        }
        return name.isEmpty ? "api" : name
    }
}

extension ImportedContract {
    var document: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "revision": .int(revision),
            "version": .string(version), "kind": .string(kind), "title": .string(title),
            "operations": .int(operations), "warnings": warnings,
            "created_at": .string(createdAt.description),
        ]
    }
}
