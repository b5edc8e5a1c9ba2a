import Access
import Contracts
import HTTP
import Identifiers
import Identity
import PlatformSupport
import Runtime
import Simulators
import Tenancy
import Testing

@testable import Gateway

/// What a contract's `securitySchemes` ask for is what its sandbox takes, and nothing else.
@Suite struct `Credentials stand where the contract says` {
    /// An API with an operation for each scheme.
    private static let contract: JSONValue = {
        let schemes: [(String, JSONValue)] = [
            ("bearer", ["type": "http", "scheme": "bearer"]),
            ("basic", ["type": "http", "scheme": "basic"]),
            ("field", ["type": "apiKey", "in": "header", "name": "X-API-Key"]),
            ("parameter", ["type": "apiKey", "in": "query", "name": "api_key"]),
            ("cookie", ["type": "apiKey", "in": "cookie", "name": "session"]),
        ]
        var paths: JSONValue = [:]
        var declared: JSONValue = [:]
        for (name, scheme) in schemes + [("anything", .null)] {
            if !scheme.isNull { declared[name] = scheme }
            var requirement: JSONValue = [:]
            requirement[name] = []
            let security: JSONValue =
                scheme.isNull ? [["basic": []], ["field": []]] : .array([requirement])
            paths["/\(name)"] = [
                "get": [
                    "operationId": .string("get_\(name)"), "security": security,
                    "x-sbx-fidelity": "static",
                    "responses": [
                        "200": [
                            "description": "Good.",
                            "content": ["application/json": ["example": ["good": true]]],
                        ]
                    ],
                ]
            ]
        }
        return [
            "openapi": "3.1.0", "info": ["title": "Doors", "version": "1.0.0"], "paths": paths,
            "components": ["securitySchemes": declared],
        ]
    }()

    private struct Doors: Simulator {
        let contract = "doors"
        let scenarios: [Scenario] = []
        let eventTypes: [EventType] = []
        var world: WorldStore {
            preconditionFailure("every operation is answered by its example")
        }

        func answer(
            _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
        ) async throws(SimulationError) -> Simulated {
            preconditionFailure("every operation is answered by its example")
        }

        func inDryRun(_ session: DryRunID) -> Doors { self }
    }

    private struct House {
        let gateway: Gateway
        let sandbox: TestSandbox

        func get(_ target: String, _ fields: [(name: String, value: String)]) async throws -> TestAnswer {
            var call = TestCall("GET", target).host("doors--\(sandbox.host)")
            call.fields = fields
            return try await sandbox.gateway.answer(in: gateway, call)
        }
    }

    private func house() async throws -> House {
        let doors = MountableContract(name: "doors", try Contract(Self.contract), Doors())
        let gateway = try await TestGateway.shared.another(adding: [doors])
        let sandbox = try await TestSandbox.make {
            $0.mounts = [Mount(contract: "doors", version: "1.0.0", fidelity: .static)]
        }
        return House(gateway: gateway, sandbox: sandbox)
    }

    private func shown(
        _ key: String
    ) -> [(place: String, query: String, fields: [(name: String, value: String)])] {
        let basic = Self.base64("\(key):")
        return [
            ("bearer", "", [("Authorization", "Bearer \(key)")]),
            ("basic", "", [("Authorization", "Basic \(basic)")]),
            ("field", "", [("X-API-Key", key)]),
            ("parameter", "?api_key=\(key)", []),
            ("cookie", "", [("Cookie", "theme=dark; session=\(key)")]),
        ]
    }

    @Test func `each scheme opens its own operation and no other`() async throws {
        let house = try await house()
        for way in shown(house.sandbox.key) {
            for (place, _, _) in shown("") {
                let answer = try await house.get("/\(place)\(way.query)", way.fields)
                #expect((answer.status == 200) == (place == way.place), "\(way.place) at \(place): \(answer)")
                guard place != way.place else { continue }
                let isField = way.place == "bearer" || way.place == "basic"
                #expect(
                    answer.code == (isField ? "credential_misplaced" : "authentication_required"),
                    "\(way.place) at \(place): \(answer)")
                #expect(answer.status == 401)
                #expect(!answer.text.contains(house.sandbox.key))
            }
        }
    }

    @Test func `where a contract takes two, either opens, and the hint names both`() async throws {
        let house = try await house()
        for way in shown(house.sandbox.key) where ["basic", "field"].contains(way.place) {
            #expect(try await house.get("/anything", way.fields).status == 200, "\(way.place)")
        }
        let refused = try await house.get("/anything", [])
        #expect(refused.code == "authentication_required")
        #expect(refused.at("/hint")?.string?.contains("user name") == true)
        #expect(refused.at("/hint")?.string?.contains("X-API-Key") == true)
        #expect(refused["WWW-Authenticate"]?.hasPrefix("Basic ") == true)
    }

    @Test func `a foreign credential has the same name wherever it stands`() async throws {
        let house = try await house()
        let stranger = try await TestSandbox.make()
        let table: [(String, Int, String)] = [
            ("sk_live_51HabcdefghijkL", 401, "wrong_environment"),
            (stranger.key, 403, "wrong_sandbox"),
            (String(house.sandbox.key.dropLast()), 401, "credential_malformed"),
            (house.sandbox.clientSecret, 403, "wrong_credential_kind"),
            (house.sandbox.tenant.key, 403, "wrong_credential_kind"),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", 401, ""),
        ]
        for (key, status, code) in table {
            for way in shown(key) {
                let answer = try await house.get("/\(way.place)\(way.query)", way.fields)
                #expect(answer.status == status, "\(code) at \(way.place): \(answer)")
                if !code.isEmpty { #expect(answer.code == code, "\(way.place)") }
                #expect(!answer.text.contains(key))
            }
        }
    }

    @Test func `two keys in one place are refused`() async throws {
        let house = try await house()
        let key = house.sandbox.key
        let doubled = [
            try await house.get("/field", [("X-API-Key", key), ("X-API-Key", key)]),
            try await house.get("/parameter?api_key=\(key)&api_key=\(key)", []),
            try await house.get("/cookie", [("Cookie", "session=\(key); session=\(key)")]),
        ]
        for answer in doubled { #expect(answer.code == "repeated_field", "\(answer)") }
    }

    @Test func `the payments API takes its key as user name, too`() async throws {
        let sandbox = try await TestSandbox.make()
        let call = TestCall("GET", "/v1/balance").host(sandbox.contractHost)
        let good = Self.base64("\(sandbox.key):")
        #expect(
            try await sandbox.gateway.send(call.field("Authorization", "Basic \(good)")).status == 200)
        for (text, code) in [
            (Self.base64("sk_live_51HabcdefghijkL:"), "wrong_environment"), ("%%%", "authentication_required"),
        ] {
            let answer = try await sandbox.gateway.send(call.field("Authorization", "Basic \(text)"))
            #expect(answer.status == 401)
            #expect(answer.code == code, "\(answer)")
        }
    }

    @Test func `what is refused is counted by its code`() async throws {
        let sandbox = try await TestSandbox.make()
        func count() async throws -> Int {
            let text = try await sandbox.gateway.send(
                TestCall("GET", "/metrics").key(TestGateway.adminKey)
            ).text
            let name = "sbx_credentials_refused_total{code=\"wrong_environment\"} "
            let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
            return line.flatMap { Int($0.dropFirst(name.count)) } ?? 0
        }
        let before = try await count()
        for _ in 0..<3 {
            _ = try await sandbox.gateway.send(
                sandbox.prepared("GET", "/v1/balance").key("sk_live_51HabcdefghijkL"))
        }
        #expect(try await count() >= before + 3)
    }

    private static func base64(_ text: String) -> String {
        Base64.text(text.utf8)
    }
}
