import HTTP
import Synchronization
import Testing

@testable import Gateway

/// A browser as the portal sees one: its cookies, where it says it posts from, and the proof that the
/// last form carried.
private struct Browser {
    let gateway: TestGateway
    let address: IPAddress
    private static let made = Atomic(0)
    var cookies: [String: String] = [:]
    var origin: String? = "http://localhost"
    var formToken = ""

    init() async throws {
        // An address of its own: sign-ups of one address are limited.
        let number = Self.made.add(1, ordering: .relaxed).newValue
        let address = try #require(IPAddress("198.18.\(number / 256).\(number % 256)"))
        try await self.init(at: address)
    }

    init(at address: IPAddress) async throws {
        gateway = try await TestGateway.shared
        self.address = address
    }

    mutating func open(_ path: String) async throws -> TestAnswer {
        let answer = try await send(TestCall("GET", path))
        if let found = answer.text.firstMatch(of: /name="form_token" value="([^"]+)"/) {
            formToken = String(found.1)
        }
        return answer
    }

    mutating func post(_ path: String, _ form: String) async throws -> TestAnswer {
        var call = TestCall("POST", path).type("application/x-www-form-urlencoded")
            .body(Array("\(form)&form_token=\(formToken)".utf8))
        if let origin { call = call.field("Origin", origin) }
        return try await send(call)
    }

    mutating func signUp() async throws -> TestAnswer {
        _ = try await open("/signup")
        return try await post(
            "/signup",
            "email=p\(UInt64.random(in: 0 ... .max))@example.com&password=correct+horse&organization=Acme")
    }

    private mutating func send(_ call: TestCall) async throws -> TestAnswer {
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let call = cookie.isEmpty ? call : call.field("Cookie", cookie)
        let answer = try await gateway.send(call.from(address))
        for line in answer.fields.values(of: "Set-Cookie") {
            #expect(line.hasPrefix("__Host-"))
            for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
                #expect(line.contains(part), "\(line)")
            }
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = pair.count == 2 ? String(pair[1]) : nil
        }
        return answer
    }
}

@Suite struct `Signing in to the portal` {
    @Test func `signing up shows the management key once and begins a session`() async throws {
        var browser = try await Browser()
        let welcome = try await browser.signUp()
        #expect(welcome.status == 200)
        #expect(welcome.text.contains("test_mk_"))
        #expect(try await browser.open("/home").status == 200)
    }

    @Test func `signing out ends the session also for a token that was kept`() async throws {
        var browser = try await Browser()
        _ = try await browser.signUp()
        _ = try await browser.open("/home")
        let kept = browser.cookies
        let out = try await browser.post("/signout", "")
        #expect(out.status == 303)
        #expect(out["Location"] == "/")
        browser.cookies = kept
        let again = try await browser.open("/home")
        #expect(again.status == 303)
        #expect(again["Location"] == "/signin?next=%2Fhome")
    }

    @Test func `a wrong password is refused with the address kept in the form`() async throws {
        var browser = try await Browser()
        _ = try await browser.open("/signin")
        let answer = try await browser.post("/signin", "email=nobody@example.com&password=correct+horse")
        #expect(answer.status == 401)
        #expect(answer.text.contains("value=\"nobody@example.com\""))
    }

    @Test func `after signing in the browser is not sent to another site`() async throws {
        for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            var browser = try await Browser()
            let page = try await browser.open("/signin?next=\(PercentEncoding.encode(next))")
            #expect(page.text.contains("name=\"next\" value=\"/home\""), "\(next)")
        }
    }

    @Test func `an address may sign up only so often, by form as by the API`() async throws {
        let address = try await Browser().address
        // At once: one after the other, the allowance would grow while passwords are hashed.
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<(2 * GatewayLimits.signUpsPerMinute) {
                group.addTask {
                    var browser = try await Browser(at: address)
                    return try await browser.signUp().status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 < 400 } >= GatewayLimits.signUpsPerMinute)
        #expect(statuses.contains(429))
    }
}

@Suite struct `Forms of the portal` {
    @Test func `a form from another site changes nothing`() async throws {
        var browser = try await Browser()
        _ = try await browser.signUp()
        _ = try await browser.open("/home")
        for origin in ["https://evil.example", "http://localhost:81", "null", nil] {
            browser.origin = origin
            #expect(try await browser.post("/home/sandboxes", "name=x").status == 403, "\(origin ?? "none")")
        }
        browser.origin = "http://localhost"
        let home = try await browser.open("/home")
        #expect(home.text.contains("You have no sandbox yet"))
    }

    @Test func `a form without the session's proof changes nothing`() async throws {
        var browser = try await Browser()
        _ = try await browser.signUp()
        let own = browser.formToken
        for token in ["", "AAAA", own] {
            browser.formToken = token
            #expect(try await browser.post("/home/sandboxes", "name=x").status == 403)
        }
    }

    @Test func `what is typed stays text`() async throws {
        var browser = try await Browser()
        _ = try await browser.signUp()
        _ = try await browser.open("/home")
        let hostile = "<img src=x onerror=alert(1)>"
        let made = try await browser.post("/home/sandboxes", "name=\(PercentEncoding.encode(hostile))")
        #expect(made.status == 201)
        let home = try await browser.open("/home")
        #expect(home.text.contains("&lt;img src=x onerror=alert(1)&gt;"))
        #expect(!home.text.contains("<img"))
    }
}

@Suite struct `Pages of the portal` {
    @Test func `another tenant's sandbox is not there`() async throws {
        let other = try await TestTenant.make(TestGateway.shared).sandbox()
        var browser = try await Browser()
        _ = try await browser.signUp()
        #expect(try await browser.open("/s/\(other.slug)").status == 404)
        #expect(try await browser.open("/s/\(other.slug)/requests").status == 404)
    }

    @Test func `a page that has not changed is not sent again`() async throws {
        var browser = try await Browser()
        _ = try await browser.open("/")
        let page = try await browser.open("/")
        let tag = try #require(page["ETag"])
        let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let again = try await browser.gateway.send(
            TestCall("GET", "/").field("If-None-Match", tag).field("Cookie", cookie))
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
    }

    @Test func `what a page reads leaves no row in the tenant's log`() async throws {
        var browser = try await Browser()
        _ = try await browser.signUp()
        _ = try await browser.open("/home")
        let made = try await browser.post("/home/sandboxes", "name=quiet")
        let slug = try #require(made.text.firstMatch(of: /href="\/s\/([a-z0-9-]+)"/)).1
        _ = try await browser.open("/s/\(slug)")
        let page = try await browser.open("/s/\(slug)/requests")
        #expect(page.status == 200)
        #expect(page.text.contains("No call has arrived yet"))
    }
}
