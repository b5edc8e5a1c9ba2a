import Access
import Contracts
import Observability
import Simulators
import Tenancy

extension Services {
    func rules(
        of contract: String, _ access: SandboxAccess
    ) async throws(Refusal) -> RuleDocuments {
        do throws(TenancyError) {
            return RuleDocuments(
                try await stores.settings.read(
                    SandboxSettings.rulesName(of: contract), as: access))
        } catch {
            throw .tenancy(error, during: .simulate)
        }
    }

    /// Changes a contract's rules; begins anew with those that are stored when somebody else has
    /// written them meanwhile. `change` gives what the audit log says.
    func change(
        rulesOf contract: String, _ access: SandboxAccess,
        _ change: (inout RuleDocuments) throws(Refusal) -> (before: JSONValue, after: JSONValue)
    ) async throws(Refusal) {
        for _ in 0..<GatewayLimits.settingWriteAttempts {
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
                isWritten = try await stores.settings.replace(
                    SandboxSettings.rulesName(of: contract), rules.stored, with: bytes,
                    bytesMax: Tenancy.Limits.ruleSettingBytes, told: told, as: access)
            } catch {
                throw .tenancy(error, during: .simulate)
            }
            if isWritten { return sandboxCache.forget(access.sandbox) }
        }
        throw .settingsBusy
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
