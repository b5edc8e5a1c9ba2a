import Contracts
import Glibc
import Runtime

/// `sbx demo`: a partner's first journey against a running platform, each step printed with the
/// curl that makes the same call.
enum DemoCommand {
    static func run(_ options: Options) async throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("url")
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
        var journey = Journey(client: client, isJSON: options.isSet("json"))
        try journey.play()
        return journey.hasFailed ? .failure : .success
    }
}

/// The steps, and what became of them.
private struct Journey {
    let client: PlatformClient
    let isJSON: Bool
    /// The log's rows come within a second of their calls (DESIGN § 9).
    private let logPatience = Duration.seconds(1)
    private(set) var hasFailed = false
    private var number = 0

    init(client: PlatformClient, isJSON: Bool) {
        self.client = client
        self.isJSON = isJSON
    }

    mutating func play() throws {
        let tag = String(SystemRandom().next(), radix: 36)
        let account = try step(
            "Sign up", 201, "POST", "/v1/signup",
            body: [
                "email": "demo-\(tag)@example.com", "password": "a long enough passphrase",
                "organization": "Demo \(tag)",
            ])
        let managementKey = account["management_key"]?["secret"]?.string ?? ""
        let sandbox = try step(
            "Create a sandbox", 201, "POST", "/v1/sandboxes", key: managementKey,
            body: ["name": "Demo", "labels": ["made-by": "demo"]])
        let base = sandbox["apis"]?[0]?["base_url"]?.string ?? ""
        let key = sandbox["credentials"]?["api_key"]?.string ?? ""
        let payment: JSONValue = [
            "amount": 4_999, "currency": "usd", "payment_method": "pm_card_visa",
            "description": "First call",
        ]
        let paid = try step("Pay", 201, "POST", base + "/v1/payments", key: key, body: payment)
        let id = paid["id"]?.string ?? ""
        _ = try step("Read it back", 200, "GET", base + "/v1/payments/\(id)", key: key)
        let declined = try step(
            "Pay without funds", 402, "POST", base + "/v1/payments", key: key,
            fields: ["X-Sandbox-Scenario: insufficient_funds"], body: payment)
        note("decline_code", declined["error"]?["decline_code"]?.string ?? "none")
        _ = try step("Refund", 201, "POST", base + "/v1/refunds", key: key, body: ["payment": .string(id)])
        _ = try step("Look at the balance", 200, "GET", base + "/v1/balance", key: key)
        try explain(sandbox, managementKey)
    }

    private mutating func explain(_ sandbox: JSONValue, _ key: String) throws {
        let path = "/v1/sandboxes/\(sandbox["slug"]?.string ?? "")/requests"
        let failed = try step(
            "Find the call that failed", 200, "GET", path + "?status=402", key: key,
            awaiting: { $0["data"]?[0] != nil })
        let id = failed["data"]?[0]?["id"]?.string ?? ""
        let why = try step("Ask why", 200, "GET", path + "/\(id)/explain", key: key)
        note("verdict", why["verdict"]?.string ?? "none")
    }

    private mutating func step(
        _ name: String, _ expected: Int, _ method: String, _ url: String, key: String? = nil,
        fields: [String] = [], body: JSONValue? = nil,
        awaiting isThere: (JSONValue) -> Bool = { _ in true }
    ) throws -> JSONValue {
        number += 1
        let call = PlatformClient.Call(
            method: method, url: url, key: key, fields: fields, body: body)
        var reply = try client.send(call)
        let deadline = MonotonicInstant.now() + logPatience
        while !isThere(reply.body), MonotonicInstant.now() < deadline {
            usleep(50_000)
            reply = try client.send(call)
        }
        let isExpected = reply.status == expected && isThere(reply.body)
        if !isExpected { hasFailed = true }
        if isJSON {
            let line: JSONValue = [
                "step": .int(number), "name": .string(name), "method": .string(method),
                "url": .string(url), "status": .int(reply.status), "expected": .bool(isExpected),
                "request_id": .string(orNull: reply.requestID), "curl": .string(client.curl(call)),
            ]
            print(JSONWriter.text(line))
        } else {
            print("\(number). \(name): \(method) \(url) → \(reply.status)\(isExpected ? "" : " (unexpected)")")
            print("   \(client.curl(call))")
            if !isExpected { print("   \(reply.body)") }
        }
        return reply.body
    }

    private func note(_ name: String, _ value: String) {
        if !isJSON { print("   \(name): \(value)") }
    }
}
