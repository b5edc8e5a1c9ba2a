import Contracts
import HTTP
import Identifiers
import Runtime
import Testing

@testable import Simulators

@Suite struct `Event filters` {
    @Test func `match one type, all below a name, or all`() throws {
        for (filter, type, matches) in [
            ("payment.captured", "payment.captured", true),
            ("payment.captured", "payment.captured_late", false),
            ("payment.*", "payment.captured", true), ("payment.*", "payment_method.created", false),
            ("payment.*", "payment", false), ("*", "refund.succeeded", true),
        ] {
            let read = try #require(EventFilter(filter))
            #expect(read.matches(type) == matches, "\(filter) \(type)")
        }
    }

    @Test func `become patterns in which an underscore is no wildcard`() throws {
        for (filter, pattern) in [
            ("payment_method.*", "payment\\_method.%"), ("*", "%"), ("a.b", "a.b"),
        ] {
            #expect(EventFilter(filter)?.likePattern == pattern)
        }
    }

    @Test(arguments: ["", ".", "a.", ".a", "a.*.b", "pay*", "A.b", "a b", "a%", "a.**"])
    func `refuse`(_ text: String) {
        #expect(EventFilter(text) == nil)
    }
}

@Suite struct `Fault plans` {
    @Test func `turn groups of deliveries around`() throws {
        var plan = FaultPlan()
        #expect(plan.ordered([1, 2, 3]) == [1, 2, 3])
        plan.reorder = 3
        #expect(plan.ordered([1, 2, 3, 4, 5, 6, 7]) == [3, 2, 1, 6, 5, 4, 7])
    }

    @Test func `read what they write`() throws {
        let plan = try FaultPlan([
            "duplicate": 2, "reorder": 4, "delay": "PT1M", "bad_signature": 1,
            "stale_timestamp": "PT10M", "drop_first": 3,
        ])
        #expect(try FaultPlan(plan.document) == plan)
        #expect(plan.delaySeconds == 60 && plan.staleTimestampSeconds == 600)
        #expect(plan.firstDelay == .seconds(61))
    }

    @Test(
        arguments: [
            ["duplicate": 6], ["reorder": -1], ["delay": "P2D"], ["delay": "P1M"],
            ["drop_first": 11],
            ["stale_timestamp": "soon"],
        ] as [JSONValue])
    func `refuse`(_ document: JSONValue) {
        #expect(throws: WebhookError.self) { try FaultPlan(document) }
    }
}

@Suite struct `Endpoint URLs` {
    private let closed = EndpointURLRule(egress: EgressGuard(), domain: "sbx.localhost")

    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost:9000/hook", "http://a.localhost/",
        "http://10.0.0.1/",
        "http://[::1]/", "http://169.254.169.254/latest", "ftp://example.com/", "example.com",
        "http://user@example.com/", "http://0x7f.1/", "http://other.sbx.localhost/_inbox",
        "http://mine.sbx.localhost/payments",
    ])
    func `are refused`(_ url: String) {
        #expect(throws: WebhookError.self) { try closed.isInbox(url, of: "mine", denying: .none) }
    }

    @Test func `may be public, what the operator allows, or the sandbox's own inbox`() throws {
        #expect(try !closed.isInbox("https://example.com/hook", of: "mine", denying: .none))
        #expect(try closed.isInbox("http://mine.sbx.localhost:8080/_inbox", of: "mine", denying: .none))
        #expect(try closed.isInbox("http://mine.sbx.localhost/_inbox/a", of: "mine", denying: .none))
        let range = try #require(AddressRange("127.0.0.0/8"))
        let open = EndpointURLRule(
            egress: EgressGuard(allowing: [range]), domain: "sbx.localhost")
        #expect(try !open.isInbox("http://localhost:9000/", of: "mine", denying: .none))
    }
}

@Suite struct `The retry schedule` {
    private let delivery = DeliveryID(high: 1, low: 2)

    @Test func `makes ten attempts in about three days, and no more`() {
        let pauses = (1...9).compactMap {
            RetrySchedule.pause(after: $0, of: delivery, retryAfter: nil)
        }
        let total = pauses.reduce(.zero, +)
        #expect(pauses.count == 9)
        #expect(total > .seconds(3_600 * 68) && total < .seconds(3_600 * 84))
        #expect(RetrySchedule.pause(after: 10, of: delivery, retryAfter: .seconds(1)) == nil)
        for (pause, planned) in zip(pauses, WebhookLimits.retryPauses) {
            #expect(abs(pause.microseconds - planned.microseconds) <= planned.microseconds / 10)
        }
    }

    @Test func `waits at least as long as the receiver asks, within a day`() {
        #expect(
            RetrySchedule.pause(after: 1, of: delivery, retryAfter: .seconds(90)) == .seconds(90))
        for (value, expected) in [
            ("120", Duration.seconds(120)), ("999999", .seconds(86_400)), ("0", .zero),
        ] {
            #expect(RetrySchedule.retryAfter(["Retry-After": value]) == expected)
        }
        for value in ["-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            #expect(RetrySchedule.retryAfter(["Retry-After": value]) == nil)
        }
    }
}
