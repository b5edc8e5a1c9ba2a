import Contracts
import Simulators

/// What is set on a sandbox about its calls: what they may do, and how they end.
struct SandboxSettings: Sendable {
    let chaos: ChaosSettings
    let scenario: DefaultScenario
    let policy: PolicySettings
    let mounts: MountSettings
    /// Who answers what our domains need from outside.
    let dependencies: [Dependency: DependencyBinding]
    /// By the contract's name; none for a contract without.
    let rules: [String: StoredRules]

    /// Names in the store of settings.
    static let chaosName = "chaos"
    static let scenarioName = "scenario"
    static let policyName = "policy"
    static let dependenciesName = "dependencies"
    static let mountsName = "mounts"
    /// Before the contract's name.
    private static let rulesPrefix = "rules."
    static func rulesName(of contract: String) -> String { rulesPrefix + contract }

    /// From the stored documents. Those of an older version that cannot be read any more count as
    /// not set.
    init(stored: [String: [UInt8]]) {
        chaos = Self.chaos(stored[Self.chaosName])
        scenario = DefaultScenario(stored: Self.json(stored[Self.scenarioName]) ?? [:])
        policy = PolicySettings(stored: Self.json(stored[Self.policyName]) ?? [:])
        mounts = MountSettings(stored: Self.json(stored[Self.mountsName]) ?? [:])
        dependencies = Self.dependencies(Self.json(stored[Self.dependenciesName]) ?? [:])
        var rules: [String: StoredRules] = [:]
        for (name, document) in stored where name.hasPrefix(Self.rulesPrefix) {
            rules[String(name.dropFirst(Self.rulesPrefix.count))] = StoredRules(document)
        }
        self.rules = rules
    }

    private static func dependencies(_ document: JSONValue) -> [Dependency: DependencyBinding] {
        var bindings: [Dependency: DependencyBinding] = [:]
        for dependency in Dependency.allCases {
            guard let binding = document[dependency.rawValue] else { continue }
            do throws(DependencyFault) {
                bindings[dependency] = try DependencyBinding(binding, of: dependency)
            } catch {
                continue
            }
        }
        return bindings
    }

    static func chaos(_ document: [UInt8]?) -> ChaosSettings {
        guard let document = json(document) else { return .none }
        do throws(ChaosSettingsFault) {
            return try ChaosSettings(document)
        } catch {
            return .none
        }
    }

    static func json(_ document: [UInt8]?) -> JSONValue? {
        guard let document else { return nil }
        do {
            return try JSONParser.parse(document)
        } catch {
            preconditionFailure("settings are stored as JSON")
        }
    }
}
