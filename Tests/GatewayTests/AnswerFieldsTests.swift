import Contracts
import HTTP
import Identifiers
import PlatformSupport
import Tenancy
import Testing
import TestSupport

@testable import Gateway

/// What every answer carries, whoever failed.
@Suite struct `Every answer` {
    @Test(arguments: Way.allCases)
    func `carries its id, its trace and the mark of a test system`(_ way: Way) async throws {
        let sandbox = try await TestSandbox.make()
        let good = sandbox.prepared("GET", "/v1/balance")
        let calls = [
            good, good.key(nil), good.key("nonsense"), sandbox.prepared("GET", "/nothing"),
            sandbox.prepared("POST", "/v1/payments", ["amount": -1]),
            sandbox.prepared("GET", "/v1/payments/pay_none"), TestCall("GET", "/healthz"),
            TestCall("GET", "/nothing"), TestCall("GET", "/").host("no-such.sbx.localhost"),
        ]
        var ids: Set<String> = []
        for call in calls {
            let answer = try await sandbox.gateway.send(call, by: way)
            let id = try #require(answer["Request-Id"])
            #expect(RequestID(id) != nil)
            ids.insert(id)
            #expect(answer["X-Sbx-Test-Only"] == "true")
            #expect(answer["X-Content-Type-Options"] == "nosniff")
            #expect(answer["traceparent"].map(Self.isTraceparent) == true)
            if answer.isProblem { #expect(answer.json["request_id"]?.string == id) }
        }
        #expect(ids.count == calls.count)
    }

    @Test func `of a sandbox is sandboxed in browsers, of the platform not`() async throws {
        let sandbox = try await TestSandbox.make()
        #expect(try await sandbox.call("GET", "/v1/balance")["Content-Security-Policy"] == "sandbox")
        let refused = try await sandbox.gateway.send(sandbox.prepared("GET", "/v1/balance").key(nil))
        #expect(refused["Content-Security-Policy"] == "sandbox")
        let platform = try await sandbox.tenant.call("GET", "/v1/sandboxes")
        #expect(platform["Content-Security-Policy"] == nil)
    }

    @Test func `to a known caller tells the limits that hold for him`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) { _ in }
        let sandbox = try await tenant.sandbox()
        let answer = try await sandbox.call("GET", "/v1/balance")
        #expect(answer["RateLimit-Policy"] == "\"key\";q=200;w=2")
        #expect(answer["RateLimit"] == "\"key\";r=199;t=1")
        let listed = try await tenant.call("GET", "/v1/sandboxes")
        #expect(listed["RateLimit-Policy"] == "\"key\";q=200;w=2")
    }

    @Test(arguments: [(100, 200, "q=200;w=2"), (3, 7, "q=9;w=3"), (500, 100, "q=500;w=1")])
    func `tells a quota and a window that give the true rate`(
        perSecond: Int, burst: Int, parameters: String
    ) async throws {
        let tenant = try await TestTenant.make(TestGateway.shared) {
            $0.ratePerSecond = perSecond
            $0.burst = burst
        }
        let answer = try await tenant.call("GET", "/v1/sandboxes")
        #expect(answer["RateLimit-Policy"] == "\"tenant\";\(parameters)")
        #expect(answer["RateLimit"]?.hasPrefix("\"tenant\";r=\(burst - 1);") == true)
    }

    @Test func `to HEAD is the one to GET without its body`() async throws {
        let sandbox = try await TestSandbox.make()
        let payment = try await sandbox.pay()
        for path in ["/v1/payments/\(payment.id)", "/v1/balance", "/v1/payments/pay_none", "/nothing"] {
            let full = try await sandbox.gateway.send(sandbox.prepared("GET", path), by: .socket)
            let bare = try await sandbox.gateway.send(sandbox.prepared("HEAD", path), by: .socket)
            #expect(bare.status == full.status, "\(path)")
            #expect(bare.body.isEmpty)
            #expect(bare["Content-Type"] == full["Content-Type"])
            #expect(bare["Content-Length"] == String(full.body.count) || !full.isSuccess)
        }
        let changing = try await sandbox.gateway.send(sandbox.prepared("HEAD", "/v1/refunds/x/y"))
        #expect(changing.status == 404)
    }

    @Test func `a problem is complete and its page exists`() async throws {
        let sandbox = try await TestSandbox.make()
        let answer = try await sandbox.gateway.send(sandbox.prepared("GET", "/v1/balance").key(nil))
        #expect(answer.isProblem)
        let id = answer["Request-Id"] ?? ""
        for member in ["type", "title", "status", "detail", "code", "hint", "instance", "request_id"] {
            #expect(answer.json[member] != nil, "\(member)")
        }
        #expect(answer.json["status"]?.int == 401)
        #expect(
            answer.json["explain_url"]?.string
                == "http://localhost/v1/sandboxes/\(sandbox.slug)/requests/\(id)/explain")
        try await expectExplained(answer, sandbox.tenant)
        for code in ProblemCode.allCases {
            let page = try await sandbox.gateway.send(
                TestCall("GET", "/docs/problems/\(code.rawValue)"))
            #expect(page.status == 200, "\(code.rawValue)")
        }
        let none = try await sandbox.gateway.send(TestCall("GET", "/docs/problems/no_such_code"))
        #expect(none.status == 404)
    }

    @Test func `a problem of the platform API leads to its explanation, once its tenant is known`() async throws {
        let sandbox = try await TestSandbox.make()
        let tenant = sandbox.tenant
        let answers = [
            try await tenant.call("GET", "/v1/sandboxes/no-such-box"),
            try await tenant.call("POST", "/v1/sandboxes", ["slug": "-"]),
            try await sandbox.gateway.send(TestCall("GET", "/v1/sandboxes").key(sandbox.key)),
        ]
        for answer in answers {
            let id = answer["Request-Id"] ?? ""
            #expect(
                answer.json["explain_url"]?.string == "http://localhost/v1/requests/\(id)/explain")
            try await expectExplained(answer, tenant)
        }
        let stranger = try await TestTenant.make(sandbox.gateway)
        let id = answers[0]["Request-Id"] ?? ""
        #expect(try await stranger.call("GET", "/v1/requests/\(id)").status == 404)
        let nobody = try await sandbox.gateway.send(TestCall("GET", "/v1/sandboxes"))
        #expect(nobody.json["explain_url"] == nil)
    }

    /// The address in a problem answers with the problem's own code as the cause.
    private func expectExplained(_ answer: TestAnswer, _ tenant: TestTenant) async throws {
        try await tenant.gateway.gateway.drain()
        let url = try #require(answer.json["explain_url"]?.string)
        let explained = try await tenant.call("GET", String(url.dropFirst("http://localhost".count)))
        #expect(explained.status == 200, "\(explained)")
        #expect(explained.at("/cause/code")?.string == answer.code)
    }

    // MARK: Trace Context

    private static let trace = "12345678901234567890123456789012"
    private static let received = "00-\(trace)-1234567890123456-01"

    static func isTraceparent(_ text: String) -> Bool {
        let parts = text.split(separator: "-").map(String.init)
        return parts.map(\.count) == [2, 32, 16, 2] && parts[0] == "00"
            && parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" }
            && parts.joined().allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    @Test func `continues the caller's trace with a span of its own`() async throws {
        let gateway = try await TestGateway.shared
        let answer = try await gateway.send(
            TestCall("GET", "/healthz").field("TraceParent", Self.received))
        let parts = answer["traceparent"]?.split(separator: "-").map(String.init) ?? []
        #expect(parts.count == 4)
        #expect(parts[1] == Self.trace)
        #expect(parts[2] != "1234567890123456")
        #expect(parts[3] == "01")
    }

    @Test func `starts a trace of its own where the caller's is invalid or doubled`() async throws {
        let gateway = try await TestGateway.shared
        let invalid = [
            "", "00", "ff-\(Self.trace)-1234567890123456-01", Self.received + ".",
            Self.received + "-more", "00-\(Self.trace)-0000000000000000-01",
            "00-00000000000000000000000000000000-1234567890123456-01",
            "00-\(Self.trace.dropLast())-1234567890123456-01", "00-\(Self.trace)-123456789012345A-01",
        ]
        var calls = invalid.map { TestCall("GET", "/healthz").field("traceparent", $0) }
        calls.append(
            TestCall("GET", "/healthz").field("traceparent", Self.received)
                .field("traceparent", Self.received))
        for call in calls {
            let answer = try await gateway.send(call)
            let sent = try #require(answer["traceparent"])
            #expect(Self.isTraceparent(sent))
            #expect(!sent.contains(Self.trace), "\(call.fields)")
        }
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus absent"))
    func `passes the cases of Trace Context's own test suite`() async throws {
        let gateway = try await TestGateway.shared
        let cases = try JSONParser.parse(Corpus.bytes("trace-context/cases.json")).array ?? []
        var tried = 0
        for item in cases {
            let fields = item["headers"]?.array ?? []
            var call = TestCall("GET", "/healthz")
            for field in fields {
                call = call.field(field[0]?.string ?? "", field[1]?.string ?? "")
            }
            // A field that HTTP itself refuses does not reach the gateway.
            guard (try? call.request()) != nil else { continue }
            let answer = try await gateway.send(call)
            let name = item["id"]?.string ?? ""
            let parts = answer["traceparent"]?.split(separator: "-").map(String.init) ?? []
            #expect(answer["traceparent"].map(Self.isTraceparent) == true, "\(name)")
            if let wanted = item["expect"]?["trace_id"]?.string {
                #expect(parts[1] == wanted, "\(name)")
                tried += 1
            }
            for other in item["expect"]?["trace_id_not"]?.array ?? [] {
                #expect(parts[1] != other.string, "\(name)")
                tried += 1
            }
        }
        #expect(tried >= 20)
    }
}
