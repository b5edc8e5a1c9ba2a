import Contracts
import Testing

@testable import Simulators

@Suite struct Dependencies {
    /// A helper of the same name would stand in the input's place.
    @Test(arguments: Dependency.allCases)
    func `have words that a binding can use`(dependency: Dependency) throws {
        let inputs = dependency.inputs.map(\.name)
        let facts = dependency.facts.map(\.name)
        func places(_ names: [String]) -> JSONValue {
            .object(JSONObject(names.map { .init(name: $0, value: .string("{{\($0)}}")) }))
        }
        func places(under prefix: String, _ names: [String]) -> JSONValue {
            .object(
                JSONObject(names.map { .init(name: prefix + $0, value: .string("{{\($0)}}")) }))
        }
        let binding = try DependencyBinding(
            [
                "contract": "any", "operation": "any", "request": ["body": places(inputs)],
                "answer": .object(
                    JSONObject(facts.map { .init(name: $0, value: .string("/\($0)")) })),
                "says": places(under: "/", inputs + facts),
            ], of: dependency)
        let given = JSONObject(inputs.map { .init(name: $0, value: .string("\($0)!")) })
        let asked = try #require(binding.asked(given)?["body"])
        for input in inputs { #expect(asked[input]?.string == "\(input)!") }
        let empty = JSONObject(inputs.map { .init(name: $0, value: .null) })
        #expect(binding.asked(empty) == ["body": [:]])
    }

    @Test(arguments: [
        ("0", 0), ("100", 100), ("61.5", 62), (12, 12), ("1e1", 10), ("-1", nil), ("101", nil),
        ("0x10", nil), ("nan", nil), ("", nil), (true, nil), (.null, nil), ([50], nil),
    ] as [(JSONValue, Int?)])
    func `score risk from 0 to 100`(value: JSONValue, score: Int?) {
        #expect(RiskScore(provided: value)?.value == score)
        #expect(Dependency.riskScore.takes(value, as: "score") == (score != nil))
    }

    @Test(arguments: [
        ("true", "verified"), (true, "verified"), ("false", "failed"), (false, "failed"),
        ("not_available", "unverified"), ("yes", nil), (1, nil), (.null, nil),
    ] as [(JSONValue, String?)])
    func `say of an identity whether it is so`(value: JSONValue, status: String?) {
        #expect(IdentityMatch(provided: value)?.status == status)
        #expect(Dependency.identityCheck.takes(value, as: "match") == (status != nil))
    }

    @Test func `know a question again by what it is about, not by what was drawn for it`() throws {
        let about = JSONObject([.init(name: "phone", value: "+468123450")])
        func question(_ code: String) -> ProviderQuestion {
            ProviderQuestion(
                .message, about, ownFacts: JSONObject(),
                drawn: JSONObject([.init(name: "code", value: .string(code))]))
        }
        let binding = try DependencyBinding(
            ["contract": "texts", "operation": "send", "answer": ["id": "/id"]], of: .message)
        var providers = Providers([.message: binding])
        #expect(throws: SimulationError.self) { try providers.ask(question("111111")) }
        providers.learn(.facts(JSONObject(), nil), to: question("111111"))
        let known = try #require(try providers.ask(question("222222")))
        #expect(known.inputs["code"] == "111111" && known.inputs["phone"] == "+468123450")
    }
}
