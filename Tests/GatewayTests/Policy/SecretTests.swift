import Contracts
import Testing

@testable import Gateway

@Suite struct `Secrets in what is written down` {
    @Test(arguments: [
        ("/v1/payments/pay_1", "/v1/payments/pay_1"),
        ("/v1/payments/5500005555555559", "/v1/payments/****************"),
        ("/v1/payments/%35500005555555559", "/v1/payments/****************"),
        ("/v1/payments/test_sk_abcdefgh", "/v1/payments/***"),
        ("/v1/payments/test_sk_", "/v1/payments/test_sk_"),
        ("/v1/x%20y", "/v1/x%20y"),
        ("/v1/%zz", "/v1/%zz"),
    ])
    func `become asterisks in paths`(_ path: String, _ kept: String) {
        let masked = SecretMask.masked(path: Array(path.utf8)[...])
        #expect(String(decoding: masked, as: UTF8.self) == kept)
    }

    @Test func `become asterisks in texts, and what stands around stays`() {
        #expect(SecretMask.masked("order 42 by 5500 0055 5555 5559!") == "order 42 by **** **** **** ****!")
        #expect(SecretMask.masked("key=sk_live_0123456789abcdef, ok") == "key=***, ok")
        #expect(SecretMask.masked("日本語 eyJhbGciOiJub25lIn0.x.y 文") == "日本語 *** 文")
    }

    @Test func `become asterisks in members by name and by value`() {
        let masked = SecretMask.masked([
            "http.request.header.authorization": ["Basic YQ=="], "db.password": "x",
            "list": ["whsec_abcdefgh", 5, true], "nul": "a\u{0}b",
        ])
        #expect(
            masked == [
                "http.request.header.authorization": "***", "db.password": "***",
                "list": ["***", 5, true], "nul": "a\u{FFFD}b",
            ])
    }
}

@Suite struct `A key where none belongs` {
    @Test func `is refused and not stored, wherever it stands`() async throws {
        let sandbox = try await TestSandbox.make()
        let key = "sk_live_0123456789abcdefghij"
        let body: (JSONValue) -> JSONValue = { note in
            ["amount": 1, "currency": "usd", "payment_method": "pm_card_visa", "metadata": ["note": note]]
        }
        let good = body("none")
        let calls = [
            sandbox.prepared("POST", "/v1/payments", body(.string("see \(key)"))),
            sandbox.prepared("POST", "/v1/payments", body(.string(sandbox.key))),
            sandbox.prepared("POST", "/v1/payments", good).field("Idempotency-Key", key),
            sandbox.prepared("GET", "/v1/payments/\(key)"),
            sandbox.prepared("POST", "/v1/payments")
                .type("application/x-www-form-urlencoded")
                .body(Array("description=sk%5Flive_0123456789abcdefghij".utf8)),
        ]
        for call in calls {
            let answer = try await sandbox.gateway.send(call)
            #expect(answer.status == 422 && answer.code == "secret_refused", "\(call.target): \(answer)")
            #expect(!answer.text.contains(key))
        }
        #expect(try await sandbox.call("POST", "/v1/payments", body("a test_sk_… key")).status == 201)
        let onPlatform = try await sandbox.tenant.call("POST", "/v1/sandboxes", ["name": .string(key)])
        #expect(onPlatform.code == "secret_refused")
    }
}
