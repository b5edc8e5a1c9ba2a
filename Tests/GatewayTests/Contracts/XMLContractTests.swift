import Contracts
import Testing

@testable import Gateway

/// Contracts whose bodies are XML: `ImportedContracts.orders` and `pets`.
@Suite struct `A contract in XML` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "orders", seed: 7)
    }

    private func call(
        _ method: String, _ target: String, _ body: String? = nil, contract: String = "orders",
        type: String = "application/xml", fields: [(name: String, value: String)] = []
    ) async throws -> TestAnswer {
        var call = TestCall(method, target).host("\(contract)--\(sandbox.host)").key(sandbox.key)
            .body(body.map { Array($0.utf8) }).type(type)
        call.fields = fields
        return try await sandbox.gateway.send(call)
    }

    /// The id in `<order id="…">`.
    private func id(_ answer: TestAnswer) throws -> String {
        let pieces = answer.text.split(separator: "\"", omittingEmptySubsequences: false)
        let place = try #require(pieces.firstIndex { $0.hasSuffix("<order id=") }, "\(answer)")
        return String(pieces[place + 1])
    }

    private static let order =
        "<order><total>12</total><express>true</express><lines><line sku=\"a\"><count>2</count></line></lines></order>"

    @Test func `keeps what it was given and reads it back`() async throws {
        let made = try await call("POST", "/orders", Self.order)
        #expect(made.status == 201, "\(made)")
        #expect(made["Content-Type"] == "application/xml")
        #expect(made.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<order id=\""))
        #expect(made.text.contains("<total>12</total>"))
        #expect(made.text.contains("<lines><line sku=\"a\"><count>2</count></line></lines>"))
        let id = try id(made)
        let read = try await call("GET", "/orders/\(id)")
        #expect(read.status == 200)
        #expect(read.text == made.text)
        let listed = try await call("GET", "/orders")
        #expect(listed.text.contains("<orders><order id=\"\(id)\">"), "\(listed)")
        let changed = try await call("PATCH", "/orders/\(id)", "<order><total>13</total></order>")
        #expect(changed.text.contains("<total>13</total>"), "\(changed)")
        #expect(changed["Content-Type"] == "text/xml")
        #expect(try await call("DELETE", "/orders/\(id)").status == 204)
        let gone = try await call("GET", "/orders/\(id)")
        #expect(gone.status == 404)
        #expect(gone["Content-Type"] == "application/xml")
        #expect(gone.text.contains("<error><message>") && gone.text.contains(id), "\(gone)")
    }

    @Test func `refuses what does not fit, with the place in both spellings`() async throws {
        let refused = try await call(
            "POST", "/orders", "<order><total>x</total><lines><line sku=\"a\"><count>0</count></line></lines></order>")
        #expect(refused.status == 400, "\(refused)")
        #expect(refused["Content-Type"] == "application/xml")
        #expect(refused["X-Sbx-Refused"] == "validation_failed")
        for part in ["<error><message>", "/order/total: expected", "/order/lines/line[1]/count: expected"] {
            #expect(refused.text.contains(part), "\(refused)")
        }
        let errors = try await sandbox.explain(refused).at("/cause/evidence/errors")
        #expect(errors?[0]?["xpath"] == "/order/total")
        #expect(errors?[0]?["pointer"] == "/total")
        #expect(errors?[1]?["pointer"] == "/lines/0/count")
        #expect(errors?[1]?["rule"] == "minimum")
    }

    @Test func `refuses by a problem where the contract declares no error`() async throws {
        let id = try id(try await call("POST", "/orders", Self.order))
        let refused = try await call("PATCH", "/orders/\(id)", "<order><total>x</total></order>")
        #expect(refused["Content-Type"] == "application/problem+json")
        #expect(refused.pointers == ["/total"], "\(refused)")
        #expect(refused.at("/errors/0/xpath") == "/order/total")
    }

    @Test(arguments: [
        "<!DOCTYPE order [<!ENTITY t \"12\">]><order><total>&t;</total></order>", "<order><total>12</order>",
        "{\"total\": 12}",
    ]) func `refuses what is no XML or brings a document type`(_ body: String) async throws {
        let refused = try await call("POST", "/orders", body)
        #expect(refused.status == 400, "\(refused)")
        #expect(refused["X-Sbx-Refused"] == "malformed_body")
        #expect(refused.text.contains("<error><message>"), "\(refused)")
        #expect(try await sandbox.explain(refused).at("/cause/evidence/errors/0/rule") == "xml")
        #expect(try await call("GET", "/orders").text.contains("<orders/>"))
    }

    @Test func `refuses JSON where it takes XML alone`() async throws {
        let refused = try await call("POST", "/orders", "{\"total\": 12}", type: "application/json")
        #expect(refused.status == 415, "\(refused)")
    }

    @Test func `finds a card's number behind references`() async throws {
        // 4242 4242 4242 4242 is a test card's; this one is not.
        let digits = "4539578763621486".unicodeScalars.map { "&#\($0.value);" }.joined()
        let refused = try await call(
            "POST", "/orders", "<order><total>1</total><lines><line sku=\"\(digits)\"/></lines></order>")
        #expect(refused.status >= 400, "\(refused)")
        #expect(refused.code == "card_number_refused" || refused.text.contains("card"), "\(refused)")
    }

    @Test func `answers once for one idempotency key`() async throws {
        let key = [(name: "Idempotency-Key", value: "\"k-1\"")]
        let made = try await call("POST", "/orders", Self.order, fields: key)
        let again = try await call(
            "POST", "/orders", Self.order.replacing("<total>", with: "\n  <total>"), fields: key)
        #expect(again.status == 201, "the same value, written otherwise: \(again)")
        #expect(again.text == made.text)
        #expect(again["Content-Type"] == "application/xml")
        #expect(again["Idempotent-Replayed"] == "true")
    }

    @Test func `sends an example that is written out as it is`() async throws {
        let greeting = "<?xml version=\"1.0\"?><hello><to>you</to></hello>"
        #expect(try await call("GET", "/greeting").text == greeting)
        let preferred = try await call("GET", "/greeting", fields: [("Prefer", "code=200")])
        #expect(preferred.text == greeting)
        #expect(preferred["Content-Type"] == "application/xml")
        let made = try await call("GET", "/greeting", fields: [("Prefer", "dynamic=true")])
        #expect(made.text.contains("<hello>"), "\(made)")
    }

    @Test func `answers in the form that the client would rather have`() async throws {
        #expect(try await call("GET", "/choice").json == ["n": 3])
        let xml = try await call(
            "GET", "/choice", fields: [("Accept", "application/json;q=0.5, application/xml")])
        #expect(xml.text.hasSuffix("<choice n=\"3\"/>"), "\(xml)")
        #expect(xml["Content-Type"] == "application/xml")
        #expect(xml["Vary"]?.contains("Accept") == true)
        let written = try await call(
            "GET", "/choice", fields: [("Accept", "application/xml"), ("Prefer", "example=written")])
        #expect(written.text == "<choice n=\"9\"/>", "\(written)")
        let json = try await call("GET", "/choice", fields: [("Accept", "application/xml;q=0.1, */*")])
        #expect(json.json == ["n": 3])
    }

    @Test func `has declared errors by scenario in XML`() async throws {
        let refused = try await call(
            "POST", "/orders", Self.order, fields: [("X-Sandbox-Scenario", "status_400")])
        #expect(refused.status == 400)
        #expect(refused["Content-Type"] == "application/xml", "\(refused)")
        #expect(refused.text.contains("<error><message>"), "\(refused)")
    }

    @Test func `rehearses, and is answered by rules, in XML`() async throws {
        let rehearsed = try await call("POST", "/orders", Self.order, fields: [("X-Dry-Run", "true")])
        #expect(rehearsed.text.contains("<_dryRun>true</_dryRun>"), "\(rehearsed)")
        let rule = try await sandbox.tenant.call(
            "PUT", "/v1/sandboxes/\(sandbox.slug)/contracts/orders/rules/big",
            [
                "operation": "create_order",
                "when": [["in": "body", "pointer": "/total", "at_least": 100]],
                "answer": ["status": 400, "body": ["message": "too much: {{request.body.total}}"]],
            ])
        guard rule.isSuccess else {
            Issue.record("\(rule)")
            return
        }
        let refused = try await call("POST", "/orders", "<order><total>500</total></order>")
        #expect(refused.status == 400)
        #expect(refused.text.contains("<error><message>too much: 500</message></error>"), "\(refused)")
    }

    @Test func `of OpenAPI 2 says its types apart`() async throws {
        try await sandbox.serve("pets")
        let made = try await call("POST", "/pets", "<Pet><id>5</id><tag>a</tag><tag>b</tag></Pet>", contract: "pets")
        #expect(made.status == 201, "\(made)")
        #expect(made.text.hasSuffix("<Pet><id>5</id><tag>a</tag><tag>b</tag></Pet>"), "\(made)")
        let json = try await call("GET", "/pets/5", contract: "pets")
        #expect(json.json == ["id": 5, "tags": ["a", "b"]], "\(json)")
        let xml = try await call("GET", "/pets/5", contract: "pets", fields: [("Accept", "text/xml, application/xml")])
        #expect(xml.text.hasSuffix("<Pet><id>5</id><tag>a</tag><tag>b</tag></Pet>"), "\(xml)")
    }
}
