import Contracts
import Simulators

/// What is set on a sandbox about how its calls end.
struct OutcomeSettings: Sendable {
    let chaos: ChaosSettings
    /// The scenario for calls that name none; operations that do not know it are left alone.
    let scenario: ScenarioRequest?

    /// Names in the store of settings.
    static let chaosName = "chaos"
    static let scenarioName = "scenario"

    /// From the stored documents. Those of an older version that cannot be read any more count as
    /// not set.
    init(stored: [String: [UInt8]]) {
        chaos = Self.chaos(stored[Self.chaosName])
        scenario = Self.json(stored[Self.scenarioName])?["scenario"]?.string
            .flatMap { ScenarioRequest($0) }
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
