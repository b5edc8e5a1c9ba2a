package import Contracts

/// The scenario of calls that name none, for the whole sandbox, one of its APIs, or one operation.
/// Of several that fit a call the narrowest counts; operations that do not know it behave normally.
package struct DefaultScenario: Sendable {
    package struct Rule: Sendable {
        package let contract: String
        /// Nil stands for every operation of the contract.
        package let operation: String?
        package let scenario: ScenarioRequest
    }

    package let everywhere: ScenarioRequest?
    package let rules: [Rule]

    /// Reads `{scenario, rules?: [{contract, operation?, scenario}]}`, which a schema has accepted;
    /// rules whose scenario cannot be read are left out.
    package init(stored document: JSONValue) {
        everywhere = document["scenario"]?.string.flatMap { ScenarioRequest($0) }
        rules = (document["rules"]?.array ?? []).compactMap { rule in
            guard let contract = rule["contract"]?.string,
                let scenario = rule["scenario"]?.string.flatMap({ ScenarioRequest($0) })
            else { return nil }
            return Rule(contract: contract, operation: rule["operation"]?.string, scenario: scenario)
        }
    }

    package func request(contract: String, operation: String) -> ScenarioRequest? {
        let own = rules.filter { $0.contract == contract }
        let rule = own.first { $0.operation == operation } ?? own.first { $0.operation == nil }
        return rule?.scenario ?? everywhere
    }
}
