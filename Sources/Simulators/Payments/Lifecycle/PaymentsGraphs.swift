import Contracts

/// The engines of the payments domain, one for each of its lifecycles.
final class PaymentsGraphs: Sendable {
    typealias Engine = GraphEngine<PaymentsStep>

    let payment: Engine
    let authentication: Engine
    let refund: Engine
    let dispute: Engine
    let quote: Engine
    let clearing: Engine
    let settlement: Engine
    let payout: Engine

    /// Names of the documents in `graphs/`.
    static let names = [
        "payment", "authentication", "refund", "dispute", "fx_quote", "clearing", "settlement",
        "payout",
    ]

    /// `document` gives a graph's document by name.
    init(
        contract: Contract, _ document: (String) -> JSONValue
    ) throws(GraphFaults) {
        let calls = Set(contract.operations.map(\.id))
        func engine(
            _ name: String, _ vocabulary: PaymentsVocabulary
        ) throws(GraphFaults) -> Engine {
            try Engine(document(name), vocabulary: vocabulary, calls: calls)
        }
        payment = try engine("payment", PaymentLifecycle.vocabulary)
        authentication = try engine("authentication", AuthenticationLifecycle.vocabulary)
        refund = try engine("refund", RefundLifecycle.vocabulary)
        dispute = try engine("dispute", DisputeLifecycle.vocabulary)
        quote = try engine("fx_quote", PaymentsVocabulary())
        clearing = try engine("clearing", ClearingLifecycle.vocabulary)
        settlement = try engine("settlement", SettlementLifecycle.vocabulary)
        payout = try engine("payout", PayoutLifecycle.vocabulary)
    }

    var all: [Engine] {
        [payment, authentication, refund, dispute, quote, clearing, settlement, payout]
    }

    func engine(ofType type: String) -> Engine? {
        all.first { $0.graph.type == type }
    }
}
