import Access
import Contracts
import HTTP
import Identifiers
import PlatformSupport
import Postgres
import Testing

@testable import Gateway

/// Every operation of both documents, with everything that may be wrong with a request: a problem
/// that points at it, and nothing stored. The cases are generated, so a new operation is covered
/// the day it is written.
@Suite struct `Bad input` {
    @Test(arguments: ["platform", "payments"])
    func `is refused with a pointer on every operation, and nothing is stored`(
        document: String
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let target = try await Target(document, sandbox)
        let before = try target.storedRows()
        var tried = 0
        // A contract is a body of any media type and shape: its own tests say what is refused.
        let takeAnyDocument = [
            "import_contract", "lint_contract", "diff_contract", "import_rules",
            "put_contract_overlay",
        ]
        for operation in target.contract.operations where !takeAnyDocument.contains(operation.id) {
            for bad in target.badCalls(of: operation) {
                let answer = try await sandbox.gateway.send(bad.call)
                let place = "\(operation.id), \(bad.name): \(answer)"
                #expect(answer.status == bad.status, "\(place)")
                #expect(answer.isProblem, "\(place)")
                if let pointer = bad.pointer { #expect(answer.pointers.contains(pointer), "\(place)") }
                if let meant = bad.meant {
                    let offers = answer.json["errors"]?.array?.compactMap { $0["did_you_mean"]?.string }
                    #expect(offers?.contains(meant) == true, "\(place)")
                }
                tried += 1
            }
        }
        #expect(try target.storedRows() == before)
        #expect(tried >= 150)
    }

    @Test func `text that Postgres cannot hold is refused wherever it stands`() async throws {
        let sandbox = try await TestSandbox.make()
        let nul = "\u{0}"
        let bodies: [(String, JSONValue)] = [
            ("/name", ["name": .string("a\(nul)b")]), ("/metadata/a", ["metadata": ["a": .string(nul)]]),
            ("/metadata/a\(nul)", ["metadata": .object(JSONObject([.init(name: "a\(nul)", value: "b")]))]),
        ]
        for (pointer, body) in bodies {
            let answer = try await sandbox.call("POST", "/v1/customers", body)
            #expect(answer.status == 400, "\(answer)")
            #expect(answer.pointers == [pointer])
        }
        // What only looks like the escape is fine.
        let escaped = try await sandbox.call("POST", "/v1/customers", ["name": "\\u0000"])
        #expect(escaped.status == 201)
        #expect(escaped.at("/name") == "\\u0000")
        let targets = [
            "/v1/customers?email=a%00b", "/v1/payments?cursor=%00", "/v1/payments/pay_%00",
            "/v1/payments/%ff", "/v1/payments?status=%ff",
        ]
        for target in targets {
            let answer = try await sandbox.call("GET", target)
            #expect((400..<500).contains(answer.status), "\(target): \(answer)")
        }
        for target in ["/v1/sandboxes/%00", "/v1/sandboxes/\(sandbox.slug)/entities/a%00/b", "/v1/sandboxes?label=a:%00"] {
            let answer = try await sandbox.tenant.call("GET", target)
            #expect((400..<500).contains(answer.status), "\(target): \(answer)")
        }
        #expect(try await sandbox.call("GET", "/v1/customers?email=nobody%40example.com").status == 200)
    }

    @Test(arguments: Way.allCases)
    func `a field that says one thing is refused by its name when it comes twice`(
        way: Way
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let payment: JSONValue = ["amount": 5, "currency": "eur", "payment_method": "pm_card_visa"]
        let before = try await sandbox.call("GET", "/v1/payments").at("/data")
        let doors: [(TestCall, key: String)] = [
            (sandbox.prepared("POST", "/v1/payments", payment), sandbox.key),
            (TestCall("POST", "/v1/sandboxes").key(sandbox.tenant.key).json([:]), sandbox.tenant.key),
        ]
        for (call, key) in doors {
            let doubled = [
                ("Authorization", ["Bearer \(key)"]), ("Content-Type", ["application/json"]),
                ("Idempotency-Key", ["one", "two"]), ("Idempotency-Key", ["one", "one"]),
                ("X-Sandbox-Scenario", ["lost_card", "stolen_card"]),
            ]
            for (name, values) in doubled {
                var twice = call
                for value in values { twice = twice.field(name, value) }
                let answer = try await sandbox.gateway.send(twice, by: way)
                #expect(answer.status == 400, "\(name): \(answer)")
                #expect(answer.code == "repeated_field", "\(name)")
                #expect(answer.at("/errors/0/name")?.string == name)
            }
        }
        let scenarios = try await sandbox.call(
            "POST", "/v1/payments?sbx_scenario=lost_card&sbx_scenario=stolen_card", payment)
        #expect(scenarios.status == 400)
        #expect(try await sandbox.call("GET", "/v1/payments").at("/data") == before)
    }

    @Test(arguments: ["1e1", "10.0", "1E1", "007", "+7", "-0", "0x7", "7%20", "", "99999999999999999999"])
    func `a number of rows that is not plain digits is refused, never taken for the default`(
        text: String
    ) async throws {
        let sandbox = try await TestSandbox.make()
        let answers = [
            try await sandbox.call("GET", "/v1/payments?limit=\(text)"),
            try await sandbox.tenant.call("GET", "/v1/sandboxes?limit=\(text)"),
            try await sandbox.tenant.call("GET", "/v1/sandboxes/\(sandbox.slug)/requests?status=\(text)"),
        ]
        for answer in answers {
            #expect(answer.status == 400, "\(text): \(answer)")
            #expect(answer.code == "validation_failed")
            #expect(answer.pointers == [""])
            #expect(["limit", "status"].contains(answer.at("/errors/0/name")?.string))
        }
    }

    @Test func `a bad sign-up founds nothing: the address is still free`() async throws {
        let gateway = try await TestGateway.shared
        let address = IPAddress(v4: 0x0A02_0000 | UInt32.random(in: 0...0xFFFF))
        let email = "eve-\(UInt64.random(in: 0 ... .max))@example.com"
        let bad: [JSONValue] = [
            ["email": .string(email), "password": "short", "organization": "E"],
            ["email": .string(email), "password": "long enough, that", "organization": ""],
            ["email": .string(email), "password": "long enough, that"],
        ]
        for body in bad + bad {
            let answer = try await gateway.send(TestCall("POST", "/v1/signup").json(body).from(address))
            #expect(answer.status == 400)
            #expect(!answer.text.contains("long enough"))
        }
        let good: JSONValue = [
            "email": .string(email), "password": "long enough, that", "organization": "E",
        ]
        let answer = try await gateway.send(TestCall("POST", "/v1/signup").json(good).from(address))
        #expect(answer.status == 201)
    }

    @Test func `an isolation or a pack that is not there yet is 422, never the default`() async throws {
        let tenant = try await TestTenant.make(TestGateway.shared)
        for body in [["isolation": "schema"], ["isolation": "database"], ["pack": "retail"]] as [JSONValue] {
            let answer = try await tenant.call("POST", "/v1/sandboxes", body)
            #expect(answer.status == 422)
            #expect(answer.code == "not_available")
            #expect(answer.pointers.count == 1)
        }
        #expect(try await tenant.call("GET", "/v1/sandboxes").at("/data") == [])
    }
}

/// A request that must fail, and how.
private struct BadCall {
    let name: String
    let call: TestCall
    var status = 400
    var pointer: String?
    var meant: String?
}

/// One document's operations and where their calls go.
private struct Target {
    let contract: Contract
    private let document: String
    private let sandbox: TestSandbox
    private let places: Places
    private let held: String

    init(_ document: String, _ sandbox: TestSandbox) async throws {
        self.document = document
        self.sandbox = sandbox
        contract = try TestGateway.contract(document)
        places = try await Places(sandbox)
        held = try await sandbox.pay { $0["capture_method"] = "manual" }.id
    }

    private func base(_ operation: Contracts.Operation) -> TestCall {
        let values = [
            "payment": held, "customer": places.customer, "payment_method": places.method,
            "refund": places.refund, "sandbox": sandbox.slug, "code": "not_found",
            "type": "payment", "entity": held, "request": "req_0", "key": sandbox.keyID.description,
            "tenant": sandbox.access.tenant.description,
        ]
        var path = operation.path
        for (name, value) in values { path.replace("{\(name)}", with: value) }
        guard document == "platform" else { return sandbox.prepared(operation.method, path) }
        let isAdmin = path.hasPrefix("/admin") || path == "/metrics"
        return TestCall(operation.method, path).key(isAdmin ? TestGateway.adminKey : sandbox.tenant.key)
    }

    func badCalls(of operation: Contracts.Operation) -> [BadCall] {
        let base = base(operation)
        var escape = base
        escape.target += "?limit=%zz"
        var unknown = base
        unknown.target += "?no_such_parameter=1"
        let calls = [
            BadCall(name: "a bad percent escape", call: escape, pointer: ""),
            BadCall(name: "an unknown parameter", call: unknown, pointer: ""),
        ]
        return calls + queryCalls(operation, base) + bodyCalls(operation, base)
    }

    private func queryCalls(_ operation: Contracts.Operation, _ base: TestCall) -> [BadCall] {
        let names = operation.parameters.filter { $0.location == .query }.map(\.name)
        var calls: [BadCall] = []
        if names.contains("limit") {
            // Figures come in longer pages than objects.
            let tooMany = operation.id.hasSuffix("usage") ? "1001" : "101"
            for value in ["0", tooMany, "-1", "x", "", "1.5", "99999999999999999999"] {
                var call = base
                call.target += "?limit=\(value)"
                calls.append(BadCall(name: "limit=\(value)", call: call, pointer: ""))
            }
        }
        if names.contains("cursor") {
            for value in ["x", "c1_", "c1_-1", "%F0%9F%99%82"] {
                var call = base
                call.target += "?cursor=\(value)"
                calls.append(BadCall(name: "cursor=\(value)", call: call))
            }
        }
        return calls
    }

    private func bodyCalls(_ operation: Contracts.Operation, _ base: TestCall) -> [BadCall] {
        guard operation.requestBody != nil else {
            return [BadCall(name: "a body nobody asked for", call: base.json([:]), pointer: "")]
        }
        let example = places.filled(operation.requestExample() ?? [:])
        var calls = brokenBodies.map {
            BadCall(name: "no JSON: \($0)", call: base.body(Array($0.utf8)), pointer: "")
        }
        calls += ["[]", "\"text\"", "1", "null"].map {
            BadCall(name: "the value \($0)", call: base.body(Array($0.utf8)), pointer: "")
        }
        let huge = [UInt8](repeating: UInt8(ascii: " "), count: GatewayLimits.bodyBytes + 1)
        calls.append(BadCall(name: "too large", call: base.body(huge), status: 413))
        for type in ["text/plain", "application/xml", "application/x-www-form-urlencoded", nil] {
            calls.append(
                BadCall(name: "type \(type ?? "none")", call: base.json(example).type(type), status: 415))
        }
        return calls + memberCalls(operation, base, example)
    }

    private var brokenBodies: [String] {
        ["{", "{\"a\": }", "{'a': 1}", "{\"a\": 1} x", "{\"a\": 01}", "{\"a\": 1, \"a\": 2}", "\"\\ud800\"", String(repeating: "[", count: 100_000)]
    }

    /// A schema that only describes, as of a body that a rule is tried with.
    private func takesAnything(_ schema: JSONValue) -> Bool {
        schema.object?.members.allSatisfy { $0.name == "description" } ?? true
    }

    private func memberCalls(
        _ operation: Contracts.Operation, _ base: TestCall, _ example: JSONValue
    ) -> [BadCall] {
        let schema = resolved(
            operation.source["requestBody"]?["content"]?["application/json"]?["schema"] ?? [:])
        var calls: [BadCall] = []
        for member in schema["properties"]?.object?.members ?? [] where !takesAnything(member.value) {
            var wrong = example
            let isBoolean = resolved(member.value)["type"]?.string == "boolean"
            wrong[member.name] = isBoolean ? "text" : true
            calls.append(
                BadCall(
                    name: "\(member.name) of a wrong type", call: base.json(wrong),
                    pointer: "/\(member.name)"))
            var unknown = example
            unknown["\(member.name)x"] = 1
            calls.append(
                BadCall(
                    name: "\(member.name)x", call: base.json(unknown), pointer: "/\(member.name)x",
                    meant: member.name))
        }
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] {
            var missing = example
            missing[name] = nil
            calls.append(
                BadCall(name: "without \(name)", call: base.json(missing), pointer: "/\(name)"))
        }
        return calls
    }

    private func resolved(_ schema: JSONValue) -> JSONValue {
        guard let reference = schema["$ref"]?.string, let pointer = JSONPointer(String(reference.dropFirst()))
        else { return schema }
        return contract.document[pointer].map(resolved) ?? schema
    }

    /// Rows of the tenant in every table but those that log and count calls, bad ones too.
    func storedRows() throws -> [String: Int64] {
        let app = try TestPlatform.shared.connect(as: .app)
        let tables = try app.run(
            """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'sbx'::regnamespace AND c.relkind IN ('r', 'p')
                AND c.relname NOT LIKE 'request\\_log%'
                AND c.relname NOT IN ('usage_days', 'usage_hours', 'call_counts')
                AND has_table_privilege(c.oid, 'SELECT')
            """)
        let id = sandbox.access.tenant
        func digits(_ word: UInt64) -> String {
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        try app.run("BEGIN")
        try app.run("SELECT sbx.enter($1)", [digits(id.high) + digits(id.low)])
        var counts: [String: Int64] = [:]
        for index in 0..<tables.count {
            let table = tables[index].text(0)
            counts[table] = try app.run("SELECT count(*) FROM sbx.\(table)")[0].int(0)
        }
        try app.run("COMMIT")
        return counts
    }
}
