import Contracts
import PlatformSupport
import Tenancy

// Calls whose content breaks the contract or a policy of the sandbox.
extension FailedCall {
    private static let good: JSONValue = [
        "amount": 1250, "currency": "eur", "payment_method": "pm_card_visa",
    ]

    /// A row that posts a payment with one thing wrong, then the good one.
    private static func wrongBody(
        _ name: String, _ pointer: String, _ change: @escaping @Sendable (inout JSONValue) -> Void
    ) -> FailedCall {
        FailedCall(name, "validate.validation_failed", names: pointer, promises: 201) { sandbox in
            var wrong = good
            change(&wrong)
            return (
                try await sandbox.call("POST", "/v1/payments", wrong),
                try await sandbox.call("POST", "/v1/payments", good)
            )
        }
    }

    /// A row that sends these bytes as a payment, then the good one.
    private static func wrongBytes(
        _ name: String, _ cause: String, names: String, _ bytes: [UInt8],
        type: String = "application/json"
    ) -> FailedCall {
        FailedCall(name, cause, names: names, promises: 201) { sandbox in
            let call = sandbox.prepared("POST", "/v1/payments").body(bytes).type(type)
            return (
                try await sandbox.gateway.send(call),
                try await sandbox.call("POST", "/v1/payments", good)
            )
        }
    }

    static let content: [FailedCall] = [
        wrongBody("a member that is missing", "/amount") { $0["amount"] = nil },
        wrongBody("a member of the wrong type", "/amount") { $0["amount"] = "12.50" },
        wrongBody("an unknown member", "/colour") { $0["colour"] = "red" },
        wrongBody("a number too small", "/amount") { $0["amount"] = 0 },
        wrongBody("a value that is not in the list", "/capture_method") {
            $0["capture_method"] = "later"
        },
        wrongBody("a currency that is none", "/currency") { $0["currency"] = "qqq" },
        FailedCall(
            "a query parameter out of range", "validate.validation_failed", names: "limit",
            promises: 200
        ) { sandbox in
            (
                try await sandbox.call("GET", "/v1/payments?limit=0"),
                try await sandbox.call("GET", "/v1/payments?limit=1")
            )
        },
        FailedCall(
            "a query parameter that does not exist", "validate.validation_failed", names: "colour",
            promises: 200
        ) { sandbox in
            (
                try await sandbox.call("GET", "/v1/payments?colour=red"),
                try await sandbox.call("GET", "/v1/payments")
            )
        },
        wrongBytes("a body that is no JSON", "validate.malformed_body", names: "JSON", Array("{\"amount\":".utf8)),
        wrongBytes(
            "a member twice", "validate.malformed_body", names: "JSON",
            Array(#"{"amount":1,"amount":2,"currency":"eur"}"#.utf8)),
        wrongBytes(
            "a body of the wrong type", "policy.unsupported_media_type", names: "application/json",
            Array("amount=1250".utf8), type: "text/plain"),
        wrongBytes(
            "a body that is too large", "policy.payload_too_large", names: "smaller",
            [UInt8](repeating: UInt8(ascii: " "), count: 12 << 20)),
    ]

    static let policies: [FailedCall] = [
        FailedCall(
            "a card number that could be real", "policy.card_number_refused", names: "test card",
            promises: 201
        ) { sandbox in
            let card: (String) -> JSONValue = { number in
                ["type": "card", "card": ["number": .string(number), "exp_month": 11, "exp_year": 2032]]
            }
            return (
                try await sandbox.call("POST", "/v1/payment_methods", card("4532015112830366")),
                try await sandbox.call("POST", "/v1/payment_methods", card("4242424242424242"))
            )
        },
        FailedCall(
            "personal data", "policy.personal_data_refused", names: "example.com", promises: 201
        ) { sandbox in
            _ = try await sandbox.set(policy: ["personal_data": "refuse"])
            return (
                try await sandbox.call("POST", "/v1/customers", ["email": "mara.lindqvist@gmail.com"]),
                try await sandbox.call("POST", "/v1/customers", ["email": "mara@example.com"])
            )
        },
        FailedCall("a guarded call", "policy.blocked_by_guard", names: "X-Dry-Run", promises: 200) { sandbox in
            let customer = try await sandbox.call("POST", "/v1/customers", ["name": "Mara"])
            _ = try await sandbox.set(policy: ["guard": ["destructive": "block"]])
            let path = "/v1/customers/\(customer.id)"
            return (
                try await sandbox.call("DELETE", path),
                try await sandbox.call("DELETE", path, fields: [("X-Dry-Run", "true")])
            )
        },
        FailedCall("a foreign page", "policy.origin_not_allowed", names: "cors", promises: 204) { sandbox in
            let preflight = TestCall("OPTIONS", "/v1/payments").host(sandbox.contractHost)
                .field("Origin", "https://other.example")
                .field("Access-Control-Request-Method", "POST")
            _ = try await sandbox.set(policy: ["cors": ["origins": ["https://app.example"]]])
            let failed = try await sandbox.gateway.send(preflight)
            _ = try await sandbox.set(policy: ["cors": ["origins": ["https://other.example"]]])
            return (failed, try await sandbox.gateway.send(preflight))
        },
        FailedCall(
            "an idempotency key with another body", "idempotency.idempotency_key_reused",
            names: "another", promises: 201
        ) { sandbox in
            _ = try await sandbox.pay(idempotencyKey: "order-1")
            return (
                try await sandbox.pay(idempotencyKey: "order-1") { $0["amount"] = 9 },
                try await sandbox.pay(idempotencyKey: "order-2") { $0["amount"] = 9 }
            )
        },
        FailedCall(
            "an idempotency key too long", "validate.validation_failed", names: "Idempotency-Key",
            promises: 201
        ) { sandbox in
            (
                try await sandbox.pay(idempotencyKey: String(repeating: "k", count: 256)),
                try await sandbox.pay(idempotencyKey: String(repeating: "k", count: 255))
            )
        },
        FailedCall(
            "too many calls", "quota_and_rate_limit.rate_limited", names: "Retry-After",
            promises: 200, limits: { ($0.ratePerSecond, $0.burst) = (1, 1) }
        ) { sandbox in
            let answers = try await withThrowingTaskGroup(of: TestAnswer.self) { group in
                for _ in 0..<40 { group.addTask { try await sandbox.call("GET", "/v1/balance") } }
                return try await group.reduce(into: [TestAnswer]()) { $0.append($1) }
            }
            guard let failed = answers.first(where: { $0.status == 429 }) else {
                throw TestFault("nothing was limited")
            }
            return (failed, try await sandbox.untilAllowed { try await sandbox.call("GET", "/v1/balance") })
        },
    ]
}

extension TestSandbox {
    fileprivate func set(policy: JSONValue) async throws -> TestAnswer {
        try await tenant.call("PUT", "/v1/sandboxes/\(slug)/policy", policy)
    }
}
