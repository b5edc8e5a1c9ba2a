import Contracts
import PlatformSupport
import Testing

@testable import Gateway

@Suite struct `Documents known to fit` {
    private let contract: Contract
    private let read: Operation
    private let other: Operation

    init() throws {
        contract = try Contract(JSONParser.parse(EmbeddedFile.bytes("contracts/payments.json")))
        read = try #require(contract.operation(id: "get_payment"))
        other = try #require(contract.operation(id: "get_refund"))
    }

    @Test func `are known by their bytes, operation and status`() {
        var documents = ValidDocuments()
        let document = Array(#"{"id":"pay_1"}"#.utf8)
        #expect(!documents.contains(document, read, status: 200))
        documents.insert(document, read, status: 200)
        #expect(documents.contains(document, read, status: 200))
        #expect(!documents.contains(document, read, status: 201))
        #expect(!documents.contains(document, other, status: 200))
        #expect(!documents.contains(Array(#"{"id":"pay_2"}"#.utf8), read, status: 200))
    }

    @Test func `are few, and none of them long`() {
        var documents = ValidDocuments()
        let long = [UInt8](repeating: 0x20, count: GatewayLimits.validDocumentBytes + 1)
        documents.insert(long, read, status: 200)
        #expect(!documents.contains(long, read, status: 200))
        let all = (0..<4 * GatewayLimits.validDocuments).map { Array("\($0)".utf8) }
        for document in all { documents.insert(document, read, status: 200) }
        let known = all.count { documents.contains($0, read, status: 200) }
        #expect((1...GatewayLimits.validDocuments).contains(known))
    }
}
