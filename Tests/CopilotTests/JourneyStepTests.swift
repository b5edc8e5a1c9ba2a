import Contracts
import Testing

@testable import Copilot

@Suite struct `Journeys of plans` {
    private func journey(
        _ steps: JSONValue, _ more: [(String, JSONValue)] = [], inbox: String? = nil
    ) throws(JourneyFault) -> Journey {
        var plan: JSONValue = ["outcome": "plan", "steps": steps]
        for (name, value) in more { plan[name] = value }
        return try Journey(plan: plan, inbox: inbox)
    }

    @Test func `write repeats out, and keep what points at them`() throws {
        let made = try journey([
            ["action": "create_payment", "params": ["amount": 1, "currency": "usd"], "count": 3],
            ["action": "create_refund", "params": [:], "after": [0], "if": ["step": 0, "status": "failed"]],
        ])
        #expect(made.steps.map(\.planStep) == [0, 0, 0, 1])
        #expect(made.steps[3].after == [2] && made.steps[3].condition?.step == 2)
        #expect(Journey(stored: made.document).document == made.document)
    }

    @Test func `put faults, endpoint, clock and deliveries in their places`() throws {
        let made = try journey(
            [["action": "authorize_payment"], ["action": "capture_payment"]],
            [
                ("webhook", true), ("chaos", ["latency_ms": 5]), ("time_travel", "P8D"),
                ("time_travel_before", 1),
            ], inbox: "http://here.example/_inbox")
        #expect(
            made.steps.map(\.action) == [
                "set_chaos", "create_webhook_endpoint", "authorize_payment", "advance_time",
                "capture_payment", "list_deliveries",
            ])
    }

    @Test func `have at most fifty steps, and none that no call makes`() throws {
        let payment: JSONValue = ["action": "create_payment", "count": 50]
        #expect(try journey([payment]).steps.count == 50)
        #expect(throws: JourneyFault.tooManySteps(limit: 50)) {
            try journey([payment, ["action": "get_balance"]])
        }
        #expect(throws: JourneyFault.noPlan) { try journey([]) }
        #expect(throws: JourneyFault.notAvailable(step: 0, action: "send_sms")) {
            try journey([["action": "send_sms"]])
        }
        #expect(throws: JourneyFault.notAvailable(step: 0, action: "set_chaos")) {
            try journey([["action": "get_balance"]], [("chaos", ["webhook_reorder": true])])
        }
    }

    @Test(arguments: [
        (#"{"latency_ms": 300}"#, "latency=300ms"),
        (#"{"latency_ms": {"min": 20, "max": 90}}"#, "latency=uniform(20ms,90ms)"),
        (#"{"error_rate": 0.25, "error_status": 503}"#, "503=25%"),
        (#"{"error_rate": 1.0, "error_class": "4xx"}"#, "4xx"),
        (#"{"connection_reset_rate": 0.015}"#, "reset=1.5%"),
        (#"{"timeout_rate": 0.3}"#, "timeout=30%"),
        (#"{"off": true}"#, ""),
        (#"{"error_every": 7}"#, nil),
        (#"{"latency_ms": 5, "match": {"api": "sms"}}"#, nil),
    ] as [(String, String?)])
    func `say a plan's faults as the settings take them`(_ chaos: String, _ text: String?) throws {
        #expect(ChaosText.text(try JSONParser.parse(Array(chaos.utf8))) == text)
    }

    @Test func `change by inputs only what a step takes`() throws {
        let made = try journey([["action": "create_payment", "params": ["amount": 1, "currency": "usd"]]])
        let inputs: JSONValue = ["0": ["amount": 7, "scenario": "card_declined"]]
        let changed = try made.changed(by: inputs.object ?? JSONObject(), from: 0)
        #expect(changed.steps[0].params["amount"] == 7 && changed.steps[0].scenario == "card_declined")
        for (inputs, pointer) in [
            (["1": [:]], "/inputs/1"), (["0": ["weather": "fine"]], "/inputs/0/weather"),
        ] as [(JSONValue, String)] {
            let fault = #expect(throws: JourneyFault.self) {
                try made.changed(by: inputs.object ?? JSONObject(), from: 0)
            }
            guard case .input(pointer, _)? = fault else {
                Issue.record("\(String(describing: fault))")
                continue
            }
        }
    }
}
