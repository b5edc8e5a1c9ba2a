import Access
import Contracts
import Glibc
import HTTP
import Runtime
import Tenancy
import TestSupport
import Testing

@testable import Gateway

/// Partners parse events, so their form is held to files: `Tests/Golden/events/{type}.{version}.json`.
/// A changed form is a new version; `SBX_UPDATE_GOLDEN=1 swift test --filter 'Payloads of events'`
/// writes the files anew, to be read in review.
@Suite struct `Payloads of events` {
    private static let version = "2026-01-01"
    private static let folder = "Tests/Golden/events"

    @Test func `are what their golden files say, for every type`() async throws {
        let sandbox = try await TestSandbox.make { draft in
            draft.seed = 7
            draft.clock = .init(
                mode: .frozen, now: SandboxInstant(rfc3339: "2026-01-31T09:30:00Z"))
        }
        try await run(sandbox)
        let base = "/v1/sandboxes/\(sandbox.slug)"
        var first: [String: JSONValue] = [:]
        var page: String? = base + "/events?limit=100"
        while let target = page {
            let listed = try await sandbox.tenant.call("GET", target)
            for event in listed.json["data"]?.array ?? [] {
                first[event["type"]?.string ?? ""] = event
                #expect(event["api_version"]?.string == Self.version)
            }
            page = listed.at("/next")?.string.map { base + "/events?limit=100&cursor=\($0)" }
        }
        let types = try await sandbox.tenant.call("GET", base + "/event-types")
        let names = types.json["data"]?.array?.compactMap { $0["type"]?.string } ?? []
        #expect(names.count >= 11)
        for name in names {
            let event = try #require(first[name], "nothing here lets \(name) happen; add a call")
            try compare(name, event)
        }
    }

    /// Calls after which each type has happened.
    private func run(_ sandbox: TestSandbox) async throws {
        let customer = try await sandbox.call(
            "POST", "/v1/customers", ["name": "Mara Lindqvist", "email": "mara@example.com"])
        _ = try await sandbox.call(
            "PATCH", "/v1/customers/\(customer.id)", ["phone": "+46 8 123 45"])
        _ = try await sandbox.call(
            "POST", "/v1/payment_methods",
            [
                "type": "card",
                "card": ["number": "4242424242424242", "exp_month": 11, "exp_year": 2031],
                "customer": .string(customer.id),
            ])
        let paid = try await sandbox.pay()
        _ = try await sandbox.call(
            "POST", "/v1/refunds", ["payment": .string(paid.id), "amount": 250])
        _ = try await sandbox.pay(scenario: "insufficient_funds")
        _ = try await sandbox.pay { $0["payment_method"] = nil }
        for end in ["capture", "cancel"] {
            let held = try await sandbox.pay { $0["capture_method"] = "manual" }
            _ = try await sandbox.call("POST", "/v1/payments/\(held.id)/\(end)", [:])
        }
        _ = try await sandbox.call("DELETE", "/v1/customers/\(customer.id)")
        try await sandbox.letEveryPaymentEventHappen()
        for name in ["Mara Lindqvist", "M4ra Lindqvist"] {
            let customer = try await sandbox.call(
                "POST", "/v1/customers", ["name": .string(name), "phone": "+46 8 123 45"])
            _ = try await sandbox.call("POST", "/v1/customers/\(customer.id)/verify")
        }
    }

    private func compare(_ name: String, _ event: JSONValue) throws {
        let root = try #require(Project.root)
        let path = "\(root)/\(Self.folder)/\(name).\(Self.version).json"
        let text = Array((JSONWriter.text(event, .pretty) + "\n").utf8)
        if Files.environment("SBX_UPDATE_GOLDEN") == "1" {
            let file = try #require(fopen(path, "wb"), "cannot write \(path)")
            fwrite(text, 1, text.count, file)
            fclose(file)
        }
        let golden = Files.bytes(path) ?? []
        #expect(
            golden == text,
            "\(name) is not what \(path) says:\n\(String(decoding: text, as: UTF8.self))")
    }
}
