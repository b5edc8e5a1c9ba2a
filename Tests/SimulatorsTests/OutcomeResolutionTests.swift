import Contracts
import Testing

@testable import Simulators

/// DESIGN § 6, the published order: journey step, request, magic input, entity flag, sandbox
/// default, normal; rules, of which it does not speak, come behind the request.
@Suite struct `Precedence of outcomes` {
    /// Asks for an outcome by each of the sources; every source names its own.
    private func resolve(_ sources: Set<OutcomeSource>) -> ResolvedOutcome<String>? {
        func scenario(_ source: OutcomeSource) -> ScenarioRequest? {
            sources.contains(source) ? ScenarioRequest("from_\(source.rawValue)") : nil
        }
        var asked = AskedOutcomes(
            journeyStep: scenario(.journeyStep), request: scenario(.request),
            sandboxDefault: scenario(.sandboxDefault))
        asked.rule = scenario(.rule).map { ("night_risk", $0) }
        return asked.resolve(
            magicInput: sources.contains(.magicInput)
                ? .init("from_magic_input", because: "pm_1") : nil,
            flags: sources.contains(.entityFlag)
                ? [EntityFlag(flags("from_entity_flag"), of: "pm_1")].compactMap(\.self) : []
        ) { $0.name }
    }

    private func flags(_ scenario: JSONValue) -> JSONObject {
        JSONObject([.init(name: "scenario", value: scenario)])
    }

    @Test func `takes the strongest of every set of sources`() {
        let all = OutcomeSource.allCases
        #expect(
            all.map(\.rawValue) == [
                "journey_step", "scenario", "rule", "magic_input", "entity_flag", "sandbox_default",
            ])
        for choice in 0..<(1 << all.count) {
            let sources = all.indices.filter { choice & (1 << $0) != 0 }.map { all[$0] }
            let resolved = resolve(Set(sources))
            #expect(resolved?.source == sources.first)
            #expect(resolved?.outcome == sources.first.map { "from_\($0.rawValue)" })
        }
    }

    @Test func `passes over what means nothing to the call`() {
        let asked = AskedOutcomes(sandboxDefault: ScenarioRequest("of_another_operation"))
        #expect(asked.resolve(magicInput: nil) { _ in String?.none } == nil)
        let own = ["unknown", "lost_card"].compactMap { name in
            EntityFlag(flags(.string(name)), of: "obj_\(name)")
        }
        let resolved = AskedOutcomes().resolve(magicInput: nil, flags: own) {
            $0.name == "lost_card" ? $0.name : nil
        }
        #expect(resolved?.cause == "entity_flag=lost_card; entity=obj_lost_card")
    }

    @Test func `reads a flag's scenario and ignores other flags`() {
        #expect(EntityFlag(JSONObject([.init(name: "colour", value: "red")]), of: "a") == nil)
        #expect(EntityFlag(flags(3), of: "a") == nil)
        let flag = EntityFlag(flags("slow; delay=1s"), of: "a")
        #expect(flag?.scenario.parameters == ["delay": "1s"])
    }
}

@Suite struct `The Prefer field` {
    @Test(arguments: [
        ("code=404", 404, nil, false), ("example=not_found", nil, "not_found", false),
        ("code=402, example=\"expired_card\"", 402, "expired_card", false),
        ("dynamic=true", nil, nil, true), ("respond-async, code=429;x=y", 429, nil, false),
        ("code=404, code=500", 404, nil, false),
    ] as [(String, Int?, String?, Bool)])
    func `names a status, an example or a made answer`(
        field: String, code: Int?, example: String?, isDynamic: Bool
    ) {
        let preference = Preference(field)
        #expect(preference?.code == code)
        #expect(preference?.example == example)
        #expect(preference?.isDynamic == isDynamic)
    }

    @Test(arguments: ["", "respond-async", "return=minimal, wait=10", "dry-run", "dynamic=false"])
    func `with other preferences is left alone`(field: String) {
        #expect(Preference(field) == nil)
    }
}
