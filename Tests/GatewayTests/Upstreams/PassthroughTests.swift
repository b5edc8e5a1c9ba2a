import Contracts
import HTTP
import Postgres
import Runtime
import Testing

@testable import Gateway

/// Operations of a mounted contract that a server behind it answers.
@Suite struct `Passthrough` {
    static let parcel: JSONValue = [
        "id": "par_1", "status": "created", "created_at": "2026-01-31T08:30:00Z",
    ]

    @Test func `sends the caller's request on, with the upstream's credential in place of ours`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let fields: HeaderFields = ["X-Rate": "7", "Set-Cookie": "a=b", "Keep-Alive": "timeout=5"]
        try await UpstreamServer.with({ _ in .json(201, Self.parcel, fields) }) { upstream, base in
            try await sandbox.pass(
                to: base + "/live/", credential: ["header": "X-Api-Key", "secret": "upstream-key-1"])
            let answer = try await sandbox.parcels(
                "POST", "/parcels", ["weight_grams": 5],
                fields: [
                    ("X-Api-Version", "2"), ("Idempotency-Key", "\"k\""), ("X-Forwarded-For", "::1"),
                    ("X-Note", sandbox.key), ("Cookie", "session=\(sandbox.key)"),
                ])
            #expect(answer.status == 201, "\(answer)")
            #expect(answer.json == Self.parcel)
            #expect(answer["X-Rate"] == "7")
            #expect(answer["X-Sbx-Mode"] == "passthrough")
            #expect(answer["Set-Cookie"] == "a=b")
            #expect(answer["Keep-Alive"] == nil)
            #expect(answer["X-Sbx-Drift"] == nil)
            let asked = try #require(upstream.requests.first)
            #expect(asked.line == "POST /live/parcels")
            #expect(asked.body == JSONWriter.bytes(["weight_grams": 5]))
            #expect(asked.fields["x-api-key"] == "upstream-key-1")
            #expect(asked.fields["x-api-version"] == "2")
            #expect(asked.fields["idempotency-key"] == "\"k\"")
            for field in asked.fields {
                #expect(!field.value.contains(sandbox.key), "\(field)")
                #expect(!["authorization", "cookie", "x-forwarded-for"].contains(field.name.lowercased()))
            }
        }
    }

    @Test func `sets the upstream's cookies for the sandbox's own host, and sends them back`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        var fields = HeaderFields()
        for cookie in [
            "sid=1; Domain=parcels.test.example; Path=/live/v1; Secure; HttpOnly; SameSite=None",
            "deep=2; path=/elsewhere; Max-Age=60; SameSite=Lax; Partitioned", "__Host-x=3; Secure; Path=/",
            "=nameless", "large=\(String(repeating: "x", count: 4_096))",
        ] { fields.append("Set-Cookie", cookie) }
        let sent = fields
        try await UpstreamServer.with({ _ in .json(200, Self.parcel, sent) }) { upstream, base in
            try await sandbox.pass(to: base + "/live")
            let cookies = [(name: "Cookie", value: "sid=1; key=\(sandbox.key); other=2")]
            let answer = try await sandbox.parcels("GET", "/parcels/par_1", fields: cookies)
            #expect(answer.fields.values(of: "set-cookie") == [
                "sid=1; Path=/v1; HttpOnly", "deep=2; Path=/; Max-Age=60; SameSite=Lax",
            ])
            #expect(upstream.requests.last?.fields["cookie"] == "sid=1; other=2")
            let told = try await sandbox.logged(answer).json["decisions"]?.array?.compactMap {
                $0["evidence"]?["cookies"]
            }.first
            #expect(told?["set"] == ["sid", "deep"], "\(told ?? .null)")
            #expect(told?["dropped"]?.array?.compactMap { $0["name"]?.string } == ["__Host-x", "", "large"])
            let byHost = try await sandbox.gateway.send(
                TestCall("GET", "/parcels/parcels/par_1").host(sandbox.host).key(sandbox.key))
            #expect(byHost.fields.values(of: "set-cookie").first == "sid=1; Path=/parcels/v1; HttpOnly")
        }
    }

    @Test func `sets no cookies on the platform's own host, and sends none of it`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let fields: HeaderFields = ["Set-Cookie": "sid=1; Path=/"]
        try await UpstreamServer.with({ _ in .json(200, Self.parcel, fields) }) { upstream, base in
            try await sandbox.pass(to: base)
            let answer = try await sandbox.gateway.send(
                TestCall("GET", "/api/\(sandbox.slug)/parcels/parcels/par_1").key(sandbox.key)
                    .field("Cookie", "session=portal"))
            #expect(answer.status == 200, "\(answer)")
            #expect(answer["Set-Cookie"] == nil)
            #expect(upstream.requests.last?.fields["cookie"] == nil)
        }
    }

    @Test func `keeps the contract's path and the caller's query, behind a base path or not`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let page: JSONValue = ["data": [], "has_more": false]
        try await UpstreamServer.with({ _ in .json(200, page) }) { upstream, base in
            try await sandbox.pass(to: base)
            for target in ["/parcels?cursor=a%26b%20c", "/v1/parcels?cursor=a%26b+c&sbx_scenario="] {
                _ = try await sandbox.parcels("GET", target)
            }
            let lines = upstream.requests.map(\.line)
            #expect(lines.first == "GET /parcels?cursor=a%26b%20c")
            #expect(lines.allSatisfy { $0 == lines.first })
        }
    }

    @Test func `is set for single operations, and refuses those that the contract has not`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let place = sandbox.mount(of: "parcels")
        let lonely = try await sandbox.tenant.call("PATCH", place, ["mode": "passthrough"])
        #expect(lonely.pointers == ["/upstream"], "\(lonely)")
        let unknown = try await sandbox.tenant.call(
            "PATCH", place, ["operations": ["get_parcle": "passthrough"]])
        #expect(unknown.pointers == ["/operations/get_parcle"], "\(unknown)")
        try await UpstreamServer.with({ _ in .json(200, Self.parcel) }) { upstream, base in
            let set = try await sandbox.tenant.call(
                "PATCH", place,
                ["operations": ["get_parcel": "passthrough"], "upstream": ["base_url": .string(base)]])
            #expect(set.at("/mode") == "simulate", "\(set)")
            #expect(set.at("/operations") == ["get_parcel": "passthrough"])
            #expect(try await sandbox.parcels("POST", "/parcels", [:]).status == 201)
            #expect(upstream.requests.isEmpty)
            #expect(try await sandbox.parcels("GET", "/parcels/par_1").json == Self.parcel)
            // Back with null, and what else was set stays.
            let reset = try await sandbox.tenant.call(
                "PATCH", place, ["operations": ["get_parcel": .null]])
            #expect(reset.at("/operations") == [:])
            #expect(reset.at("/upstream/base_url")?.string == base)
            #expect(try await sandbox.parcels("GET", "/parcels/par_1").status == 404)
        }
    }

    @Test func `never shows the upstream's credential, and drops it where the base URL changes`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let place = sandbox.mount(of: "parcels")
        let secret = "Bearer abcdefghijklmnop"
        let set = try await sandbox.pass(
            to: "http://127.0.0.1:9", credential: ["header": "Authorization", "secret": .string(secret)])
        #expect(set.at("/upstream/credential") == ["header": "Authorization"])
        #expect(try await sandbox.tenant.call("GET", place).at("/upstream") == set.at("/upstream"))
        let kept = try await sandbox.pass(to: "http://127.0.0.1:9/")
        #expect(kept.at("/upstream/credential/header") == "Authorization")
        for (name, sql) in [
            ("settings", "SELECT document FROM sbx.sandbox_settings WHERE tenant_id = $1"),
            ("audit", "SELECT details::text FROM sbx.audit_log WHERE tenant_id = $1"),
        ] {
            let rows = try await sandbox.rows("secret_in_\(name)", sql)
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { !$0.text(0).contains("abcdefghijklmnop") }, "\(name)")
        }
        let moved = try await sandbox.pass(to: "http://127.0.0.1:10")
        #expect(moved.at("/upstream/credential") == .null)
        let live = try await sandbox.tenant.call(
            "PATCH", place,
            [
                "upstream": [
                    "base_url": "http://127.0.0.1:9",
                    "credential": ["header": "X-Key", "secret": "sk_live_0123456789abcdef"],
                ]
            ])
        #expect(live.code == "secret_refused", "\(live)")
    }

    @Test func `passes an answer on that breaks the contract, and counts it by operation`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let wrong: JSONValue = ["id": 7, "status": "lost", "created_at": "2026-01-31T08:30:00Z"]
        try await UpstreamServer.with(
            { $0.line.hasSuffix("par_9") ? .json(418, [:]) : .json(200, wrong) }
        ) { _, base in
            try await sandbox.pass(to: base)
            let first = try await sandbox.parcels("GET", "/parcels/par_1")
            #expect(first.status == 200)
            #expect(first.json == wrong)
            #expect(first["X-Sbx-Drift"] == "2")
            let second = try await sandbox.parcels("GET", "/parcels/par_9")
            #expect(second.status == 418)
            let drift = try await sandbox.tenant.call("GET", sandbox.mount(of: "parcels") + "/drift")
            #expect(drift.at("/data/0/operation") == "get_parcel", "\(drift)")
            #expect(drift.at("/data/0/answers") == 2)
            #expect(drift.at("/data/0/drifted") == 2)
            #expect(drift.at("/data/0/findings/0/location") == "status")
            #expect(drift.at("/data/0/findings/0/got") == "418")
            let explained = try await sandbox.explain(second)
            #expect(explained.at("/cause/code") == "upstream_answered", "\(explained)")
        }
    }

    @Test func `is a child span of the call, whose trace goes on at the upstream`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        try await UpstreamServer.with({ _ in .json(200, Self.parcel) }) { upstream, base in
            try await sandbox.pass(to: base)
            let answer = try await sandbox.parcels("GET", "/parcels/par_1")
            let parts = (answer["traceparent"] ?? "").split(separator: "-").map(String.init)
            try await sandbox.gateway.gateway.drain()
            let trace = try await sandbox.tenant.call(
                "GET", "/v1/sandboxes/\(sandbox.slug)/traces/\(parts[1])")
            let child = try #require(trace.at("/spans/1"), "\(trace)")
            #expect(child["source"] == "upstream")
            #expect(child["kind"] == "client")
            #expect(child["parent_span_id"]?.string == parts[2])
            #expect(child["attributes"]?["http.response.status_code"] == 200)
            let sent = upstream.requests.first?.fields["traceparent"]
            #expect(sent == "00-\(parts[1])-\(child["span_id"]?.string ?? "")-\(parts[3])")
        }
    }

    @Test func `is not used for what the call itself asks for, nor for a dry run`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        try await UpstreamServer.with({ _ in .json(201, Self.parcel) }) { upstream, base in
            try await sandbox.pass(to: base)
            let refused = try await sandbox.parcels(
                "POST", "/parcels", [:], fields: [("X-Sandbox-Scenario", "status_409")])
            #expect(refused.status == 409, "\(refused)")
            let rehearsed = try await sandbox.parcels(
                "POST", "/parcels", [:], fields: [("X-Dry-Run", "true")])
            #expect(rehearsed.at("/_dryRun") == true, "\(rehearsed)")
            #expect(upstream.requests.isEmpty)
            // A faulty request does not reach it either.
            #expect(try await sandbox.parcels("POST", "/parcels", ["colour": 1]).status == 400)
            #expect(upstream.requests.isEmpty)
        }
    }
}

@Suite struct `An upstream that fails` {
    @Test func `that nobody serves is unreachable`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let base = try await UpstreamServer.with({ _ in .json(200, [:]) }) { _, base in base }
        try await sandbox.pass(to: base)
        let answer = try await sandbox.parcels("GET", "/parcels/par_1")
        #expect(answer.status == 502)
        #expect(answer.code == "upstream_unreachable", "\(answer)")
        let explained = try await sandbox.explain(answer)
        #expect(explained.at("/cause/code") == "upstream_unreachable", "\(explained)")
        #expect(explained.at("/to_change/0")?.string?.contains("simulate") == true)
    }

    @Test func `that does not answer in time is a timeout`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let answer = try await UpstreamServer.with({ _ in
            await EventLoop.current?.sleep(for: .seconds(60))
            return .json(200, [:])
        }) { _, base in
            try await sandbox.pass(to: base)
            return try await sandbox.parcels("GET", "/parcels/par_1")
        }
        #expect(answer.status == 504)
        #expect(answer.code == "upstream_timeout", "\(answer)")
    }

    @Test func `that answers more than is taken is unusable`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let large = [UInt8](repeating: 0x20, count: GatewayLimits.upstreamAnswerBytes + 1)
        let answer = try await UpstreamServer.with({ _ in
            Response(.ok, contentType: "application/json", large)
        }) { _, base in
            try await sandbox.pass(to: base)
            return try await sandbox.parcels("GET", "/parcels/par_1")
        }
        #expect(answer.status == 502)
        #expect(answer.code == "upstream_unusable", "\(answer)")
    }
}
