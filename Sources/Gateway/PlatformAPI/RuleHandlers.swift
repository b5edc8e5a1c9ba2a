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
            let rules = RuleSet(stored: try await api.services.rules(of: mounted.name, access).document).rules
            return Answer(200, ["data": .array(rules.map(\.document)), "next": .null])
        },
        "get_rule": .sandbox(.read) { api, call, access throws(Refusal) in
            let mounted = try await api.services.mounted(call.path("contract"), access)
            let rules = try await api.services.rules(of: mounted.name, access)
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
            try await api.services.change(rulesOf: mounted.name, access) { rules throws(Refusal) in
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
        try await services.change(rulesOf: mounted.name, access) { rules throws(Refusal) in
            let before = rules.rule(id)
            let version = before?["version"]?.int
            if let asked, asked != version { throw .ruleChanged(id, is: version) }
            written["version"] = .int((version ?? 0) + 1)
            rules.put(written, as: id)
            return (before ?? .null, written)
        }
        return Answer(written["version"] == 1 ? 201 : 200, written)
    }
}
