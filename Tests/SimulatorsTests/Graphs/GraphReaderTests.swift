import Contracts
import Testing

@testable import Simulators

@Suite struct `Graph documents` {
    @Test func `a right one is read in full`() throws {
        let graph = try read(ParcelGraph.document)
        #expect(graph.states.map(\.id) == ["packed", "sent", "delivered", "lost"])
        #expect(graph.states.filter(\.isFinal).map(\.id) == ["delivered", "lost"])
        #expect(graph.stateMember == "status")
        let pack = try #require(graph.transitions.first)
        #expect(pack.trigger == .call("create_parcel"))
        #expect(pack.from.isEmpty)
        #expect(
            pack.timers == [
                GraphTimer(
                    kind: "pickup",
                    change: .businessDays(2, .fed, time: LocalTime(hour: 17, minute: 0)))
            ])
        #expect(graph.transitions[2].condition?.parameters["grams"]?.int == 1_000)
        #expect(graph.transitions[3].timers[1].change == .at(member: "loss_at"))
        #expect(graph.transitions(from: "sent").map(\.id) == ["deliver", "lose"])
        #expect(graph.document == ParcelGraph.document)
    }

    /// One change to the right document, and the fault it must bring: rule, pointer, and a word of
    /// what is expected.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let rule: String
        let pointer: String
        let expected: String
        let change: @Sendable (inout JSONValue) -> Void

        init(
            _ rule: String, _ pointer: String, _ expected: String,
            _ change: @escaping @Sendable (inout JSONValue) -> Void
        ) {
            self.rule = rule
            self.pointer = pointer
            self.expected = expected
            self.change = change
        }

        var testDescription: String { "\(rule) at \(pointer)" }
    }

    static let mistakes: [Mistake] = [
        Mistake("required", "/summary", "", { $0["summary"] = nil }),
        Mistake("additionalProperties", "/transition", "", { $0["transition"] = [] }),
        Mistake("pattern", "/name", "", { $0["name"] = "Parcel" }),
        Mistake("maxProperties", "/transitions/0/trigger", "") {
            $0.edit(transition: 0) { $0["trigger"] = ["call": "create_parcel", "fact": "packed"] }
        },
        Mistake("unique", "/states/1/id", "an id of its own") {
            $0.edit("states", 1) { $0["id"] = "packed" }
        },
        Mistake("unique", "/transitions/1/id", "an id of its own") {
            $0.edit(transition: 1) { $0["id"] = "pack" }
        },
        Mistake("state", "/transitions/4/to", "a known state") {
            $0.edit(transition: 4) { $0["to"] = "send" }
        },
        Mistake("state", "/transitions/6/from/0", "a known state") {
            $0.edit(transition: 6) { $0["from"] = ["gone"] }
        },
        Mistake("operation", "/transitions/1/trigger/call", "a known operation") {
            $0.edit(transition: 1) { $0["trigger"] = ["call": "repaint_parcel"] }
        },
        Mistake("guard", "/transitions/3/guard", "a known guard") {
            $0.edit(transition: 3) { $0["guard"] = "weighs_at_least" }
        },
        Mistake("effect", "/transitions/5/effects/0", "a known effect") {
            $0.edit(transition: 5) { $0["effects"] = ["signs"] }
        },
        Mistake("event", "/transitions/6/emits/0", "a known event") {
            $0.edit(transition: 6) { $0["emits"] = ["parcel.vanished"] }
        },
        Mistake("emits", "/transitions/6/emits", "an event") {
            $0.edit(transition: 6) { $0["emits"] = nil }
        },
        Mistake("to", "/transitions/0", "first state") {
            $0.edit(transition: 0) { $0["to"] = nil }
        },
        Mistake("beginning", "/transitions", "empty from") {
            $0.edit(transition: 0) { $0["from"] = ["lost"] }
        },
        Mistake("unreachable", "/states/3", "a way here") {
            $0.edit(transition: 6) { $0["to"] = "delivered" }
        },
        Mistake("final", "/states/1", "not final") {
            $0.edit("states", 1) { $0["final"] = true }
        },
        Mistake("final", "/states/3", "\"final\": true") {
            $0.edit("states", 3) { $0["final"] = nil }
        },
        Mistake("doubled", "/transitions/3", "send_express") {
            $0.edit(transition: 2) { $0["guard"] = nil }
        },
        Mistake("doubled", "/transitions/3", "send_express") {
            $0.edit(transition: 3) {
                $0["guard"] = ["name": "weighs_at_most", "parameters": ["grams": 1_000]]
            }
        },
        Mistake("timer", "/transitions/4/trigger/timer", "a known timer") {
            $0.edit(transition: 4) { $0["trigger"] = ["timer": "pick_up"] }
        },
        Mistake("timer", "/transitions/2/timers/0/kind", "a known timer") {
            $0.edit(transition: 2) { $0["timers"] = [["kind": "loose", "cancel": true]] }
        },
        Mistake("timer", "/transitions/0/timers/0/kind", "a known timer") {
            $0.edit(transition: 0) { $0["timers"] = [["kind": "theft", "after": "P1D"]] }
        },
        Mistake("timer", "/transitions/2/timers/0", "one of after, business_days, at, cancel") {
            $0.edit(transition: 2) { $0["timers"] = [["kind": "loss"]] }
        },
        Mistake("timer", "/transitions/2/timers/0", "one of after, business_days, at, cancel") {
            $0.edit(transition: 2) {
                $0["timers"] = [["kind": "loss", "after": "P1D", "cancel": true]]
            }
        },
        Mistake("duration", "/transitions/2/timers/0/after", "ISO 8601") {
            $0.edit(transition: 2) { $0["timers"] = [["kind": "loss", "after": "1 day"]] }
        },
        Mistake("dependentRequired", "/transitions/0/timers/0/calendar", "") {
            $0.edit(transition: 0) { $0["timers"] = [["kind": "pickup", "business_days": 2]] }
        },
        Mistake("enum", "/transitions/0/timers/0/calendar", "") {
            $0.edit(transition: 0) {
                $0["timers"] = [["kind": "pickup", "business_days": 2, "calendar": "mars"]]
            }
        },
    ]

    @Test(arguments: mistakes)
    func `each mistake is pointed at, with what is expected there`(mistake: Mistake) throws {
        var document = ParcelGraph.document
        mistake.change(&document)
        let faults = try #require(throws: GraphFaults.self) { try read(document) }.faults
        #expect(
            faults.contains {
                $0.rule == mistake.rule && $0.pointer.description == mistake.pointer
                    && (mistake.expected.isEmpty || $0.expected.contains(mistake.expected))
            }, "\(faults)")
    }

    @Test func `several mistakes come together, with the nearest right names`() throws {
        var document = ParcelGraph.document
        document.edit(transition: 4) { $0["to"] = "snet" }
        document.edit(transition: 5) { $0["effects"] = ["sing"] }
        let faults = try #require(throws: GraphFaults.self) { try read(document) }.faults
        #expect(faults.map(\.nearest).contains("sent"))
        #expect(faults.map(\.nearest).contains("sign"))
    }

    private func read(_ document: JSONValue) throws(GraphFaults) -> Graph {
        try GraphReader.read(
            document,
            names: GraphNames(
                guards: Set(ParcelGraph.vocabulary.guards.keys),
                effects: Set(ParcelGraph.vocabulary.effects.keys), calls: ParcelGraph.calls,
                events: [
                    "parcel.packed", "parcel.sent", "parcel.delivered", "parcel.signed",
                    "parcel.lost",
                ]))
    }
}

extension JSONValue {
    fileprivate mutating func edit(_ list: String, _ index: Int, _ change: (inout JSONValue) -> Void) {
        var items = self[list]?.array ?? []
        change(&items[index])
        self[list] = .array(items)
    }

    fileprivate mutating func edit(transition index: Int, _ change: (inout JSONValue) -> Void) {
        edit("transitions", index, change)
    }
}
