import Contracts
import TestSupport
import Testing

@Suite struct `The payments contract` {
    static let contract = Result { try Contract(JSONParser.parse(Project.bytes("contracts/payments.json"))) }
    var contract: Contract { get throws { try Self.contract.get() } }

    @Test func `reads without a problem`() throws {
        #expect(try contract.title == "Payments")
        #expect(try contract.basePath == "")
        #expect(try contract.extension("x-sbx-name") == "payments")
    }

    @Test func `has the operations that the platform simulates`() throws {
        let found = try contract.operations.map { "\($0.method) \($0.path) \($0.id)" }
        #expect(
            found == [
                "GET /v1/customers list_customers",
                "POST /v1/customers create_customer",
                "GET /v1/customers/{customer} get_customer",
                "DELETE /v1/customers/{customer} delete_customer",
                "PATCH /v1/customers/{customer} update_customer",
                "POST /v1/customers/{customer}/verify verify_customer",
                "GET /v1/payment_methods list_payment_methods",
                "POST /v1/payment_methods create_payment_method",
                "GET /v1/payment_methods/{payment_method} get_payment_method",
                "GET /v1/payments list_payments",
                "POST /v1/payments create_payment",
                "GET /v1/payments/{payment} get_payment",
                "POST /v1/payments/{payment}/capture capture_payment",
                "POST /v1/payments/{payment}/cancel cancel_payment",
                "POST /v1/payments/{payment}/confirm confirm_payment",
                "POST /v1/payments/{payment}/increment_authorization increment_authorization",
                "POST /v1/payments/{payment}/review review_payment",
                "GET /v1/authentications list_authentications",
                "GET /v1/authentications/{authentication} get_authentication",
                "GET /v1/authentications/{authentication}/challenge show_challenge",
                "POST /v1/authentications/{authentication}/challenge answer_challenge",
                "POST /v1/authentications/{authentication}/complete complete_authentication",
                "GET /v1/refunds list_refunds",
                "POST /v1/refunds create_refund",
                "GET /v1/refunds/{refund} get_refund",
                "POST /v1/refunds/{refund}/cancel cancel_refund",
                "GET /v1/disputes list_disputes",
                "POST /v1/disputes create_dispute",
                "GET /v1/disputes/{dispute} get_dispute",
                "POST /v1/disputes/{dispute}/evidence submit_dispute_evidence",
                "POST /v1/disputes/{dispute}/accept accept_dispute",
                "GET /v1/fx_quotes list_fx_quotes",
                "POST /v1/fx_quotes create_fx_quote",
                "GET /v1/fx_quotes/{fx_quote} get_fx_quote",
                "GET /v1/clearing_records list_clearing_records",
                "GET /v1/clearing_records/{clearing_record} get_clearing_record",
                "GET /v1/settlements list_settlements",
                "GET /v1/settlements/{settlement} get_settlement",
                "GET /v1/payouts list_payouts",
                "POST /v1/payouts create_payout",
                "GET /v1/payouts/{payout} get_payout",
                "POST /v1/payouts/{payout}/cancel cancel_payout",
                "GET /v1/balance get_balance",
                "GET /v1/ledger get_ledger",
                "GET /v1/test_inputs list_test_inputs",
                "GET /v1/currencies list_currencies",
            ])
    }

    @Test func `every example fits its own schema`() throws {
        var checked = 0
        for operation in try contract.operations {
            for media in operation.requestBody?.content ?? [] {
                checked += expectExamplesFit(media, operation.id)
            }
            for response in operation.responses {
                for media in response.content {
                    checked += expectExamplesFit(media, "\(operation.id) \(response.status)")
                }
            }
        }
        #expect(checked > 100)
    }

    @Test func `every operation has a summary, a fidelity, a key and an example of its answer`() throws {
        for operation in try contract.operations {
            #expect(operation.summary?.isEmpty == false)
            let fidelity: JSONValue = operation.id == "list_currencies" ? "static" : "domain"
            #expect(operation.extension("x-sbx-fidelity") == fidelity)
            let isOpen = operation.extension("x-sbx-guests") == true
            let reading = operation.method == "GET" ? [["payments:read"]] : []
            let scopes = isOpen ? [] : reading + [["payments:write"]]
            #expect(operation.scopeAlternatives == scopes, "\(operation.id)")
            #expect(operation.security.contains { $0.schemes == ["key": []] } == !isOpen)
            guard !isOpen else { continue }
            let status = operation.responses[0].status
            #expect(try operation.example(status: #require(Int(status))) != nil)
        }
    }

    @Test func `declares the scopes that its operations ask for`() throws {
        #expect(try contract.scopes == ["payments:read", "payments:write"])
    }

    @Test func `tells the minor units of the awkward currencies`() throws {
        let list = try contract.operation(id: "list_currencies")?.example(status: 200)?["data"]?.array
        let units = Dictionary(
            uniqueKeysWithValues: (list ?? []).map { ($0["code"]!.string!, $0["minor_units"]!.int!) })
        #expect(units["jpy"] == 0)
        #expect(units["kwd"] == 3)
        #expect(units["eur"] == 2)
    }

    @Test(arguments: [
        (#"{"amount": -5, "currency": "eur"}"#, "body/amount: expected integer ≥ 1, got -5"),
        (#"{"amount": "5", "currency": "eur"}"#, #"body/amount: expected integer ≥ 1 and ≤ 99999999, got "5""#),
        (#"{"amount": 1.5, "currency": "eur"}"#, "body/amount: expected integer ≥ 1 and ≤ 99999999, got 1.5"),
        (#"{"amount": 100000000, "currency": "eur"}"#, "body/amount: expected integer ≤ 99999999, got 100000000"),
        (#"{"amount": 5, "currency": "EUR"}"#, #"body/currency: expected text that matches ^[a-z]{3}$, got "EUR""#),
        (#"{"amount": 5}"#, #"body/currency: expected the member "currency", got nothing"#),
        (#"{"amount": 5, "currency": "eur", "custmer": "cus_1"}"#,
         #"body/custmer: expected no member "custmer", got "cus_1"; did you mean "customer"?"#),
        (#"{"amount": 5, "currency": "eur", "capture_method": "manuel"}"#,
         #"body/capture_method: expected one of "automatic", "manual", got "manuel"; did you mean "manual"?"#),
        (#"{"amount": 5, "currency": "eur", "metadata": {"a": 1}}"#,
         "body/metadata/a: expected string, got 1"),
        (#"{"amount": 5, "currency": "eur", "payment_method_data": {"type": "card", "card": {"number": "4242 4242", "exp_month": 1, "exp_year": 2030}}}"#,
         "body/payment_method_data/card/number: expected text that matches ^[0-9]{12,19}$, got a value that is not shown"),
        (#"[]"#, "body: expected object, got an empty array"),
    ]) func `refuses a body with the place and the reason`(_ body: String, _ expected: String) throws {
        let operation = try #require(try contract.operation(id: "create_payment"))
        let faults = operation.validateRequest(
            pathParameters: [], query: [], headers: { _ in nil }, body: try JSONParser.parse(body))
        #expect(faults.map(\.description) == [expected])
    }

    @Test func `names all faults in the order of the document`() throws {
        let operation = try #require(try contract.operation(id: "create_payment"))
        let body: JSONValue = ["metadata": ["k": 1], "foo": 1, "amount": 0, "description": 5]
        let faults = operation.validateRequest(
            pathParameters: [], query: [], headers: { _ in nil }, body: body)
        #expect(faults.map(\.fault.pointer.description) == ["/currency", "/metadata/k", "/foo", "/amount", "/description"])
        #expect(faults.map(\.fault.rule) == ["required", "type", "additionalProperties", "minimum", "type"])
    }

    @Test func `checks query, header and a missing body`() throws {
        let list = try #require(try contract.operation(id: "list_payments"))
        let faults = list.validateRequest(
            pathParameters: [], query: [("limit", "101"), ("statsu", "failed")],
            headers: { _ in nil }, body: nil)
        #expect(faults.map(\.location) == [.query, .query])
        #expect(faults[0].description == #"query parameter "limit": expected integer ≤ 100, got 101"#)
        #expect(faults[1].fault.nearest == "status")
        #expect(list.validateRequest(pathParameters: [], query: [("limit", "100"), ("status", "failed")], headers: { _ in nil }, body: nil) == [])

        let create = try #require(try contract.operation(id: "create_payment"))
        let key = String(repeating: "k", count: 256)
        let bad = create.validateRequest(
            pathParameters: [], query: [], headers: { $0 == "Idempotency-Key" ? key : nil }, body: nil)
        #expect(bad.map(\.location) == [.header, .body])
    }

    @Test func `checks answers`() throws {
        let get = try #require(try contract.operation(id: "get_payment"))
        var payment = try #require(get.example(status: 200, name: "succeeded"))
        #expect(get.validateAnswer(status: 200, body: payment) == [])
        payment["status"] = "done"
        #expect(get.validateAnswer(status: 200, body: payment).map(\.fault.rule) == ["enum"])
        #expect(get.validateAnswer(status: 200, body: nil).map(\.fault.rule) == ["content"])
    }

    @Test func `finds operations by method and path`() throws {
        #expect(try matched("POST", "/v1/payments/pay_1/capture") == "capture_payment payment=pay_1")
        #expect(try matched("GET", "/v1/payments/a%2Fb%20c") == "get_payment payment=a/b c")
        #expect(try matched("GET", "/v1/b%61lance") == "get_balance ")
        #expect(try matched("PUT", "/v1/customers/cus_1") == "allowed DELETE GET PATCH")
        for path in ["", "/", "/v1", "/v1/payments/", "/v1/payments//capture", "/v1/nothing", "v1/payments", "/v1/payments/%ZZ"] {
            #expect(try matched("GET", path) == "not found", "\(path)")
        }
    }

    private func matched(_ method: String, _ path: String) throws -> String {
        switch try contract.match(method: method, path: path) {
        case .matched(let operation, let parameters):
            "\(operation.id) " + parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        case .methodNotAllowed(let allowed): "allowed " + allowed.joined(separator: " ")
        case .notFound: "not found"
        }
    }

    private func expectExamplesFit(_ media: MediaType, _ place: String) -> Int {
        let examples = media.examples.map(\.value) + [media.example].compactMap { $0 }
        #expect(!examples.isEmpty, "\(place) has no example")
        for example in examples {
            #expect(media.schema?.validate(example) == [], "\(place)")
        }
        return examples.count
    }
}
