import Contracts
import TestSupport
import Testing

@testable import HTTP

@Suite struct `Media types` {
    @Test func `are read with their parameters`() {
        let type = MediaType("Application/JSON ; Charset=\"utf-8\";a=b")
        #expect(type?.essence == "application/json")
        #expect(type?.parameter("charset") == "utf-8")
        #expect(type?.parameter("a") == "b")
        #expect(MediaType("application/problem+json")?.isJSON == true)
        #expect(MediaType("text/plain")?.isJSON == false)
    }

    @Test(arguments: ["", "a", "a/", "/b", "a/b/c", "a b/c", "a/b;c", "a/b;c=", "a/b;c=\"d"])
    func `are refused when malformed`(text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(arguments: [
        (nil, "text/html"), ("application/json", "application/json"),
        ("text/*;q=0.5, application/json;q=0.6", "application/json"),
        ("*/*", "text/html"), ("*/*;q=0.1, text/html;q=0", "application/json"),
        ("image/png", nil), ("text/html;q=0", nil), ("application/*", "application/json"),
    ] as [(String?, String?)])
    func `are chosen by the client's weights`(accept: String?, best: String?) {
        var fields = HeaderFields()
        if let accept { fields.append("Accept", accept) }
        #expect(Accept(fields).best(of: ["text/html", "application/json"]) == best)
    }
}

@Suite struct `Structured fields` {
    @Test(arguments: [
        ("\"a-1\"", .key("a-1")), ("a-1", .key("a-1")), (" \"a b\\\"c\" ", .key("a b\"c")),
        ("", .malformed), ("\"\"", .malformed), ("a b", .malformed), ("\"a", .malformed),
        ("\"a\";b", .malformed), ("a,b", .malformed), ("\"a\\b\"", .malformed),
        (String(repeating: "k", count: 255), .key(String(repeating: "k", count: 255))),
        (String(repeating: "k", count: 256), .malformed),
    ] as [(String, IdempotencyKey)])
    func `idempotency keys are strings or plain tokens`(value: String, key: IdempotencyKey) {
        #expect(IdempotencyKey(["Idempotency-Key": value]) == key)
    }

    @Test func `an idempotency key may be absent and not stand twice`() {
        #expect(IdempotencyKey([:]) == .absent)
        #expect(IdempotencyKey(["Idempotency-Key": "a", "idempotency-key": "a"]) == .malformed)
    }

    @Test func `limits are told per policy`() {
        var fields = HeaderFields()
        RateLimitState.append(
            [
                RateLimitState(
                    policy: "key", quota: 100, windowSeconds: 1, remaining: 42, resetSeconds: 1),
                RateLimitState(
                    policy: "in-flight", quota: 50, windowSeconds: nil, unit: .concurrentRequests,
                    remaining: 49, resetSeconds: nil),
            ], to: &fields)
        #expect(
            fields["ratelimit-policy"]
                == "\"key\";q=100;w=1, \"in-flight\";q=50;qu=\"concurrent-requests\"")
        #expect(fields["ratelimit"] == "\"key\";r=42;t=1, \"in-flight\";r=49")
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus absent"))
    func `strings agree with the corpus`() throws {
        let cases = try JSONParser.parse(Corpus.bytes("structured-fields/string.json"))
        var compared = 0
        for item in cases.array ?? [] {
            guard let raw = item["raw"]?.array?.compactMap(\.string), raw.count == 1 else {
                continue
            }
            compared += 1
            let expected = item["expected"]?.array?.first?.string
            #expect(StructuredString.parse(raw[0]) == expected, "\(item["name"]?.string ?? "")")
        }
        #expect(compared > 5)
    }
}
