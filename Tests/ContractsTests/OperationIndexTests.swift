import Testing

@testable import Contracts

@Suite struct `Looking for operations` {
    private static let index: OperationIndex? = try? OperationIndex(
        Contract(
            lazily: JSONValue(
                contract: Array(
                    """
                    openapi: 3.0.3
                    info: {title: Shop, version: '1'}
                    paths:
                      /v1/payments:
                        get: {operationId: list_payments, summary: Newest first, responses: {'200': {description: Fine.}}}
                        post: {operationId: create_payment, summary: Charge a Card, responses: {'200': {description: Fine.}}}
                      /v1/cards/{card}:
                        get: {summary: 退款 of a card, responses: {'200': {description: Fine.}}}
                    """.utf8)
            )
        ).operations)

    private func found(_ words: String...) -> [String] { (Self.index?.found(words) ?? []).map(\.id) }

    @Test func `takes every word, wherever it stands and however it is written`() {
        #expect(found("CARD", "payment") == ["create_payment"])
        #expect(found("post") == ["create_payment"])
        #expect(found("/v1/payments") == ["list_payments", "create_payment"])
        #expect(found("退款") == ["GET /v1/cards/{card}"])
        #expect(found("payment", "unicorn").isEmpty)
        #expect(found(String(repeating: "x", count: 1_000)).isEmpty)
    }

    @Test func `shows first whose id begins so`() {
        #expect(found("create").first == "create_payment")
        #expect(found("c").first == "create_payment")
    }

    @Test func `without a word all are there, in the contract's order`() {
        #expect(found() == ["list_payments", "create_payment", "GET /v1/cards/{card}"])
        #expect(found("") == found())
    }
}
