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
        "unmount_contract": .sandbox(.write) { api, call, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                let name = call.path("contract")
                try await api.services.stores.contracts.unmount(name, as: access)
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
        let sent = try await sentContract(call, bytes)
        let name =
            asked.name ?? ContractReading.name(from: sent.document["info"]?["title"]?.string ?? "")
        guard services.library[name] == nil, !Self.ownPaths.contains(name) else {
            throw .contractNameReserved(name)
        }
        let added = try await addRevision(as: access) { () async throws(Refusal) -> ContractDraft in
            let (newest, overlay) = try await tenancy { () throws(TenancyError) in
                try await services.stores.contracts.newest(name, as: access)
            }
            let read = try await services.contractCache.reading { try sent.reading(overlay) }
            return try await tenancy { () throws(TenancyError) in
                try ContractDraft(
                    name: name, follows: newest, version: asked.version ?? read.version,
                    kind: "openapi", title: read.title, operations: read.operations,
                    warnings: .array(read.warnings.map(\.published)), source: sent.bytes,
                    sourceSHA256: SHA256Hasher.digest(sent.bytes).bytes, overlay: overlay)
            }
        }
        return Answer(201, added.document)
    }

    /// The contract in a body: a document, an archive, or the files of a form.
    func sentContract(
        _ call: PlatformCall, _ bytes: [UInt8]
    ) async throws(Refusal) -> SentContract {
        let (contentType, root) = (call.contentType, call.query("root"))
        let reading = try await services.contractCache.reading {
            try SentContract.read(bytes, contentType: contentType, root: root)
        }
        switch reading {
        case .contract(let sent): return sent
        case .otherKind(let kind): throw .contractKindNotAvailable(kind)
        case .malformedForm: throw .malformedMultipart
        }
    }

    private func mountContract(
        _ name: String, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let mount = try await mount(named: name, access.tenantAccess)
        return try await tenancy { () throws(TenancyError) in
            try await services.stores.contracts.mount(mount, as: access)
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

extension ImportedContract {
    var document: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "revision": .int(revision),
            "version": .string(version), "kind": .string(kind), "title": .string(title),
            "operations": .int(operations), "overlaid": .bool(isOverlaid), "warnings": warnings,
            "created_at": .string(createdAt.description),
        ]
    }
}
