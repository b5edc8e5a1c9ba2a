import Testing

@testable import Simulators

@Suite struct `The scenario header` {
    @Test(arguments: [
        ("insufficient_funds", "insufficient_funds", [:]),
        ("  slow ; delay=300ms;\tonce = true ", "slow", ["delay": "300ms", "once": "true"]),
        ("a;b=c=d", "a", ["b": "c=d"]), ("a;", "a", [:]), ("a;;b=", "a", ["b": ""]),
    ] as [(String, String, [String: String])])
    func `has a name and parameters`(text: String, name: String, parameters: [String: String]) {
        let request = ScenarioRequest(text)
        #expect(request?.name == name)
        #expect(request?.parameters == parameters)
    }

    @Test(arguments: ["", " ", ";a=b", "a;b", "a;=b"])
    func `is refused when it is neither`(text: String) {
        #expect(ScenarioRequest(text) == nil)
    }
}
