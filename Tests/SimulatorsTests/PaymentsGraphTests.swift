import Contracts
import PlatformSupport
import Testing

@testable import Simulators

@Suite struct `The payments graphs` {
    private static let graphs = Result {
        try PaymentsGraphs(
            contract: Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json"))),
            EmbeddedFile.graph)
    }

    @Test func `are read without a fault, under their own names`() throws {
        let graphs = try Self.graphs.get()
        #expect(graphs.all.map(\.graph.name) == PaymentsGraphs.names)
        #expect(Set(graphs.all.map(\.graph.type)).count == graphs.all.count)
    }

    @Test func `have the states that the tables and the contract name`() throws {
        let graphs = try Self.graphs.get()
        #expect(graphs.dispute.graph.states.map(\.id) == DisputeStage.allCases.map(\.rawValue))
        let contract = try Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json")))
        let schemas = contract.document["components"]?["schemas"]
        for (name, schema) in [
            ("payment", "PaymentStatus"), ("authentication", "AuthenticationStatus"),
            ("dispute", "DisputeStage"), ("payout", "PayoutStatus"),
        ] {
            let listed = schemas?[schema]?["enum"]?.array?.compactMap(\.string)
            let states = graphs.all.first { $0.graph.name == name }?.graph.states.map(\.id)
            #expect(listed == states, "\(name)")
        }
    }

    @Test func `fit the dispute stages that await nobody and end`() throws {
        let graph = try Self.graphs.get().dispute.graph
        for state in graph.states {
            #expect(DisputeStage(rawValue: state.id)?.isFinal == state.isFinal, "\(state.id)")
        }
    }
}
