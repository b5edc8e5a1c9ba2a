import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Postgres
import Runtime
import Tenancy

// The audit log: a tenant's own, and for the operator everybody's.
extension PlatformAPI {
    static let auditHandlers: [String: Handler] = [
        "list_audit": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.auditPage(call) { filter throws(PostgresError) in
                try await api.services.stores.audit.page(filter, as: access)
            }
        },
        "export_audit": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.export(api.services.stores.audit.chain(as: access), call)
        },
        "verify_audit": .tenant(.read) { api, call, access throws(Refusal) in
            try await api.verify(api.services.stores.audit.chain(as: access), call)
        },
        "list_all_audit": .admin { api, call, access throws(Refusal) in
            let tenant = try call.auditedTenant()
            return try await api.auditPage(call) { filter throws(PostgresError) in
                try await api.services.stores.audit.page(filter, of: tenant, as: access)
            }
        },
        "export_tenant_audit": .admin { api, call, access throws(Refusal) in
            let tenant = try call.auditedTenant() ?? SystemWork.platformTenant
            return try await api.export(api.services.stores.audit.chain(of: tenant, as: access), call)
        },
        "verify_tenant_audit": .admin { api, call, access throws(Refusal) in
            let tenant = try call.auditedTenant() ?? SystemWork.platformTenant
            return try await api.verify(api.services.stores.audit.chain(of: tenant, as: access), call)
        },
    ]

    private func auditPage(
        _ call: PlatformCall,
        _ read: (AuditFilter) async throws(PostgresError) -> [AuditLine]
    ) async throws(Refusal) -> Answer {
        let filter = try call.auditFilter()
        do throws(PostgresError) {
            let found = try await read(filter)
            let page = found.prefix(filter.rows)
            return Answer(
                200,
                [
                    "data": .array(page.map(\.document)),
                    "next": .string(
                        orNull: found.count > filter.rows ? page.last?.id.description : nil),
                ])
        } catch {
            throw .storage(error, during: .simulate)
        }
    }

    /// JSON lines in the chain's order: what was hashed and the hash, so that anybody can check it.
    private func export(_ chain: AuditChain, _ call: PlatformCall) async throws(Refusal) -> Answer {
        let after = call.query("after").flatMap { Int64($0) } ?? 0
        var lines: [UInt8] = []
        do throws(PostgresError) {
            for (line, record) in try await chain.entries(after: after) {
                var document = line.document
                document["record"] = .string(String(decoding: record, as: UTF8.self))
                lines += JSONWriter.bytes(document)
                lines.append(UInt8(ascii: "\n"))
            }
        } catch {
            throw .storage(error, during: .simulate)
        }
        return Answer(200, contentType: "application/jsonl", lines)
    }

    private func verify(_ chain: AuditChain, _ call: PlatformCall) async throws(Refusal) -> Answer {
        let kept = try call.keptLink()
        do throws(PostgresError) {
            let verdict = try await chain.verify(against: kept)
            return Answer(
                200,
                [
                    "valid": .bool(verdict.firstBroken == nil),
                    "entries": .int(verdict.head?.sequence ?? 0),
                    "sha256": .string(orNull: verdict.head.map { hexadecimal($0.sha256) }),
                    "first_broken": verdict.firstBroken.map { .int($0) } ?? .null,
                ])
        } catch {
            throw .storage(error, during: .simulate)
        }
    }
}

extension PlatformCall {
    fileprivate func auditedTenant() throws(Refusal) -> TenantID? {
        guard let text = query("tenant") else { return nil }
        guard let tenant = TenantID(text) else {
            throw .invalid(pointer: "/tenant", rule: "format", expected: "the id of a tenant, tnt_…")
        }
        return tenant
    }

    fileprivate func auditFilter() throws(Refusal) -> AuditFilter {
        var filter = AuditFilter()
        filter.rows = rows()
        filter.action = query("action")
        filter.subject = query("subject")
        filter.from = try instant("since")
        filter.until = try instant("until")
        if let text = query("actor") {
            guard let actor = AuditActor.bits(text) else {
                throw .invalid(
                    pointer: "/actor", rule: "format",
                    expected: "the id of a user, key or client, as entries show it")
            }
            filter.actor = actor
        }
        if let cursor = query("cursor") {
            guard let id = AuditID(cursor) else { throw .invalidCursor }
            filter.before = id
        }
        return filter
    }

    /// What the caller has kept of an earlier verification.
    fileprivate func keptLink() throws(Refusal) -> AuditChain.Link? {
        guard let sequence = query("sequence").flatMap({ Int64($0) }) else { return nil }
        guard let digits = query("sha256"), let bytes = bytes(hexadecimal: digits), bytes.count == 32
        else {
            throw .invalid(
                pointer: "/sha256", rule: "format", expected: "64 hexadecimal digits beside a sequence")
        }
        return AuditChain.Link(sequence: sequence, sha256: bytes)
    }

    /// A parameter that is a time.
    func instant(_ name: String) throws(Refusal) -> WallInstant? {
        guard let text = query(name) else { return nil }
        guard let instant = SandboxInstant(rfc3339: text) else {
            throw .invalid(
                pointer: "/\(name)", rule: "format", expected: "a date and time with an offset")
        }
        return WallInstant(microseconds: instant.microseconds)
    }
}

extension AuditLine {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.description),
            "tenant": tenant == SystemWork.platformTenant ? .null : .string(tenant.description),
            "at": .string(at.description),
            "actor": ["kind": .string(actor.kind), "id": .string(orNull: actor.text)],
            "action": .string(action), "subject": .string(subject),
            "request": .string(orNull: request?.description), "details": details,
            "sequence": link.map { .int($0.sequence) } ?? .null,
            "sha256": .string(orNull: link.map { hexadecimal($0.sha256) }),
        ]
    }
}

extension AuditActor {
    /// The actor's id with its prefix; nil where there is none.
    var text: String? {
        guard let id else { return nil }
        switch kind {
        case "user": return UserID(high: id.high, low: id.low).description
        case "client": return ClientID(high: id.high, low: id.low).description
        default: return KeyID(high: id.high, low: id.low).description
        }
    }

    /// Reads ``text``.
    static func bits(_ text: String) -> (high: UInt64, low: UInt64)? {
        if let id = UserID(text) { return (id.high, id.low) }
        if let id = KeyID(text) { return (id.high, id.low) }
        if let id = ClientID(text) { return (id.high, id.low) }
        return nil
    }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func bytes(hexadecimal digits: String) -> [UInt8]? {
    let digits = Array(digits.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
        guard let byte = UInt8(String(decoding: digits[start..<start + 2], as: UTF8.self), radix: 16)
        else { return nil }
        bytes.append(byte)
    }
    return bytes
}
