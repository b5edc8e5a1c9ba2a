import Access
import Contracts
import HTTP
import Observability
import Simulators
import Tenancy

// Rules of a sandbox over a mounted contract.
extension PlatformAPI {
    static let ruleHandlers: [String: Handler] = [
        "list_rules": .sandbox(.read) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            let rules = RuleSet(stored: try await api.rules(of: mounted.name, access).document).rules
            return Answer(200, ["data": .array(rules.map(\.document)), "next": .null])
        },
        "get_rule": .sandbox(.read) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            let rules = try await api.rules(of: mounted.name, access)
            guard let rule = rules.rule(call.path("rule")) else {
                throw .ruleNotFound(call.path("rule"))
            }
            return Answer(200, rule)
        },
        "put_rule": .sandbox(.write) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            return try await api.put(call.body, as: call.path("rule"), mounted, access)
        },
        "delete_rule": .sandbox(.write) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            let id = call.path("rule")
            try await api.change(rulesOf: mounted.name, access) { rules throws(Refusal) in
                let before = rules.rule(id)
                guard rules.remove(id) else { throw .ruleNotFound(id) }
                return (before ?? .null, .null)
            }
            return Answer(200, ["id": .string(id), "deleted": true])
        },
        "test_rules": .sandbox(.read) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            return try await api.tryRules(call.body, mounted, access)
        },
        "import_rules": .sandboxUpload(.write) { api, call, bytes, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            return try await api.importRules(bytes, mounted, access)
        },
    ]

    private func put(
        _ body: JSONValue, as id: String, _ mounted: MountableContract, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let asked = body["version"]?.int
        let checks = RuleChecks(mounted)
        let rule = try await services.contractCache.reading {
            Result { () throws(RuleFault) in try checks.rule(body, id: id) }
        }
        let document: JSONValue
        switch rule {
        case .success(let rule): document = rule.document
        case .failure(let fault): throw .invalidRule(fault)
        }
        var written = document
        try await change(rulesOf: mounted.name, access) { rules throws(Refusal) in
            let before = rules.rule(id)
            let version = before?["version"]?.int
            if let asked, asked != version { throw .ruleChanged(id, is: version) }
            written["version"] = .int((version ?? 0) + 1)
            rules.put(written, as: id)
            return (before ?? .null, written)
        }
        return Answer(written["version"] == 1 ? 201 : 200, written)
    }

    // MARK: The stored rules

    func rules(
        of contract: String, _ access: SandboxAccess
    ) async throws(Refusal) -> RuleDocuments {
        RuleDocuments(try await setting(SandboxSettings.rulesName(of: contract), access))
    }

    /// Changes a contract's rules; begins anew with those that are stored when somebody else has
    /// written them meanwhile. `change` gives what the audit log says.
    func change(
        rulesOf contract: String, _ access: SandboxAccess,
        _ change: (inout RuleDocuments) throws(Refusal) -> (before: JSONValue, after: JSONValue)
    ) async throws(Refusal) {
        for _ in 0..<GatewayLimits.ruleWriteAttempts {
            var rules = try await rules(of: contract, access)
            let told = try change(&rules)
            guard rules.count <= Simulators.Limits.rulesPerContract else {
                throw .tooManyRules("more than \(Simulators.Limits.rulesPerContract)")
            }
            let bytes = rules.written
            guard bytes?.count ?? 0 <= Tenancy.Limits.ruleSettingBytes else {
                throw .tooManyRules("larger than \(Tenancy.Limits.ruleSettingBytes) bytes")
            }
            let isWritten: Bool
            do throws(TenancyError) {
                isWritten = try await services.stores.settings.replace(
                    SandboxSettings.rulesName(of: contract), rules.stored, with: bytes,
                    bytesMax: Tenancy.Limits.ruleSettingBytes, told: told, as: access)
            } catch {
                throw .tenancy(error, during: .simulate)
            }
            if isWritten { return services.sandboxCache.forget(access.sandbox) }
        }
        throw .rulesBusy
    }
}

/// The rules of a contract as documents, oldest first.
struct RuleDocuments: Sendable {
    /// As they were read; nil where there were none.
    let stored: [UInt8]?
    private var rules: [JSONValue]

    init(_ stored: [UInt8]?) {
        self.stored = stored
        rules = SandboxSettings.json(stored)?["rules"]?.array ?? []
    }

    var count: Int { rules.count }
    var document: JSONValue { ["rules": .array(rules)] }
    /// Nil where none is left.
    var written: [UInt8]? { rules.isEmpty ? nil : JSONWriter.bytes(document) }

    func rule(_ id: String) -> JSONValue? { rules.first { $0["id"]?.string == id } }

    /// In the place of the one of that id, or behind all others.
    mutating func put(_ rule: JSONValue, as id: String) {
        if let index = rules.firstIndex(where: { $0["id"]?.string == id }) {
            rules[index] = rule
        } else {
            rules.append(rule)
        }
    }

    mutating func remove(_ id: String) -> Bool {
        let before = rules.count
        rules.removeAll { $0["id"]?.string == id }
        return rules.count < before
    }
}
