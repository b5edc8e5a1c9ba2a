import Access
import Contracts
import HTTP
import Identity
import Tenancy

// Corrections of a contract that stay when it is imported again.
extension PlatformAPI {
    static let overlayHandlers: [String: Handler] = [
        "get_contract_overlay": .tenant(.read) { api, call, access throws(Refusal) in
            let newest = try await api.newest(of: call.path("contract"), access)
            guard let overlay = try await api.source(of: newest, access).overlay else {
                throw .noOverlay(of: newest.name)
            }
            let document = try await api.services.contractCache.reading {
                try JSONValue(contract: overlay)
            }
            return Answer(200, document)
        },
        "put_contract_overlay": .upload(.write) { api, call, bytes, access throws(Refusal) in
            guard bytes.count <= Tenancy.Limits.overlayBytes else {
                throw .invalid(
                    pointer: "", rule: "maxLength",
                    expected: "an overlay of at most \(Tenancy.Limits.overlayBytes) bytes")
            }
            return try await api.overlay(call.path("contract"), with: bytes, access)
        },
        "delete_contract_overlay": .tenant(.write) { api, call, access throws(Refusal) in
            try await api.overlay(call.path("contract"), with: nil, access)
        },
    ]

    /// Makes the contract's next revision: its newest document with another overlay, or with none.
    private func overlay(
        _ contract: String, with bytes: [UInt8]?, _ access: TenantAccess
    ) async throws(Refusal) -> Answer {
        let name = try await newest(of: contract, access).name
        let added = try await addRevision(as: access) { () async throws(Refusal) -> ContractDraft in
            let newest = try await newest(of: name, access)
            let source = try await source(of: newest, access)
            if bytes == nil, source.overlay == nil { throw .noOverlay(of: name) }
            let read = try await services.contractCache.reading {
                try ContractReading(
                    JSONValue(contract: source.document), bytes.map { try Overlay(reading: $0) })
            }
            return try await tenancy { () throws(TenancyError) in
                try ContractDraft(
                    name: name, follows: newest.revision, version: newest.version,
                    kind: newest.kind, title: read.title, operations: read.operations,
                    warnings: .array(read.warnings.map(\.published)), source: source.document,
                    sourceSHA256: SHA256Hasher.digest(source.document).bytes, overlay: bytes)
            }
        }
        return Answer(200, added.document)
    }

    /// Stores the draft, which is made anew when somebody else has brought a revision meanwhile.
    func addRevision(
        as access: TenantAccess, _ draft: () async throws(Refusal) -> ContractDraft
    ) async throws(Refusal) -> ImportedContract {
        for _ in 0..<GatewayLimits.contractWriteAttempts {
            let draft = try await draft()
            let added = try await tenancy { () throws(TenancyError) in
                try await services.stores.contracts.add(draft, as: access)
            }
            if let added { return added }
        }
        throw .contractBusy
    }

    private func newest(
        of contract: String, _ access: TenantAccess
    ) async throws(Refusal) -> ImportedContract {
        try await tenancy { () throws(TenancyError) in
            let named = try await services.stores.contracts.contract(contract, as: access)
            if named.name == contract { return named }
            return try await services.stores.contracts.contract(named.name, as: access)
        }
    }

    func source(
        of contract: ImportedContract, _ access: TenantAccess
    ) async throws(Refusal) -> ContractSource {
        try await tenancy { () throws(TenancyError) in
            try await services.stores.contracts.source(contract.id, as: access)
        }
    }
}
