package import Access
package import Contracts
package import Runtime

/// The faults that are set on a sandbox, on one of its APIs, on one operation. Of several that fit
/// a call the narrowest counts.
package struct ChaosSettings: Sendable {
    package struct Rule: Sendable {
        package let contract: String
        /// Nil stands for every operation of the contract.
        package let operation: String?
        package let faults: ChaosSpecification
    }

    /// When the faults end by themselves.
    package enum End: Sendable, Hashable {
        case wall(WallInstant)
        case virtual(SandboxInstant)
    }

    /// For calls that no rule is for.
    package let faults: ChaosSpecification?
    package let rules: [Rule]
    package let end: End?

    package static let none = ChaosSettings(faults: nil, rules: [], end: nil)

    private init(faults: ChaosSpecification?, rules: [Rule], end: End?) {
        self.faults = faults
        self.rules = rules
        self.end = end
    }

    /// Reads `{faults?, rules?: [{contract, operation?, faults}], until?, clock?}`, which a schema
    /// has accepted. A fault comes with the pointer to its member.
    package init(_ document: JSONValue) throws(ChaosSettingsFault) {
        faults = try Self.specification(document["faults"], at: "/faults")
        var rules: [Rule] = []
        for (index, rule) in (document["rules"]?.array ?? []).enumerated() {
            let pointer = "/rules/\(index)/faults"
            guard let contract = rule["contract"]?.string,
                let faults = try Self.specification(rule["faults"], at: pointer)
            else { throw ChaosSettingsFault(pointer: pointer, expected: "faults as X-Chaos writes them") }
            rules.append(
                Rule(contract: contract, operation: rule["operation"]?.string, faults: faults))
        }
        self.rules = rules
        guard let until = document["until"]?.string else {
            end = nil
            return
        }
        guard let instant = SandboxInstant(rfc3339: until) else {
            throw ChaosSettingsFault(pointer: "/until", expected: "an RFC 3339 date-time")
        }
        end =
            document["clock"]?.string == "virtual"
            ? .virtual(instant) : .wall(WallInstant(microseconds: instant.microseconds))
    }

    package var isEmpty: Bool { faults == nil && rules.isEmpty }

    /// What holds for a call; nil leaves it alone.
    package func faults(contract: String, operation: String) -> ChaosSpecification? {
        let own = rules.filter { $0.contract == contract }
        let rule =
            own.first { $0.operation == operation } ?? own.first { $0.operation == nil }
        return rule?.faults ?? faults
    }

    private static func specification(
        _ value: JSONValue?, at pointer: String
    ) throws(ChaosSettingsFault) -> ChaosSpecification? {
        guard let text = value?.string else { return nil }
        do throws(ChaosFault) {
            return try ChaosSpecification(text)
        } catch {
            throw ChaosSettingsFault(
                pointer: pointer, expected: "in \"\(error.member)\": \(error.expected)")
        }
    }
}

/// What is wrong with chaos settings, and where.
package struct ChaosSettingsFault: Error, Sendable {
    package let pointer: String
    package let expected: String
}
