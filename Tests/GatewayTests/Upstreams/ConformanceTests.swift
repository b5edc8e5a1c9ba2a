import Contracts
import HTTP
import Testing

@testable import Gateway

/// A server held against a contract, operation by operation.
@Suite struct `A conformance run` {
    private static func run(
        _ sandbox: TestSandbox, _ body: JSONValue
    ) async throws -> TestAnswer {
        try await sandbox.tenant.call("POST", "/v1/contracts/parcels/conformance", body)
    }

    private static func verdicts(_ answer: TestAnswer) -> [String: String] {
        (answer.at("/operations")?.array ?? []).reduce(into: [:]) {
            $0[$1["operation"]?.string ?? ""] = $1["verdict"]?.string
        }
    }

    @Test func `finds that our own sandbox keeps to what it serves`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let made = try await sandbox.parcels("POST", "/parcels", [:])
        let port = try await TestGateway.shared.port
        let body: JSONValue = [
            "base_url": .string("http://parcels--\(sandbox.host):\(port)"),
            "credential": ["header": "Authorization", "secret": .string("Bearer \(sandbox.key)")],
            "methods": "all", "parameters": ["parcel": .string(made.id)],
        ]
        let answer = try await Self.run(sandbox, body)
        #expect(answer.status == 200, "\(answer)")
        #expect(answer.at("/drifts") == 0, "\(answer)")
        #expect(answer.at("/unreachable") == 0)
        // What the run has deleted itself is not found any more by the three operations behind.
        #expect(answer.at("/conforms") == 6, "\(answer)")
        #expect(answer.at("/skipped") == 3)
        #expect(answer.at("/partial") == false)
        #expect(!answer.text.contains(sandbox.key))
        let audit = try await sandbox.tenant.call("GET", "/v1/audit?action=check_conformance")
        #expect(audit.at("/data/0/action") == "check_conformance", "\(audit)")
        #expect(!audit.text.contains(sandbox.key))
    }

    @Test func `says of each operation where the server drifts, and skips what may change something`()
        async throws
    {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        var lost = `Passthrough`.parcel
        lost["status"] = "lost"
        let parcel = lost
        let answer = try await UpstreamServer.with({ asked in
            let parts = asked.line.split(separator: "/").map(String.init)
            switch parts[1] {
            case "depots":
                return Response(.ok, contentType: "text/html", Array("<p>".utf8))
            case "parcels" where parts.last == "scans":
                return .json(200, [["id": 7, "place": .null]])
            case "parcels" where parts.count > 2: return .json(200, parcel)
            default: return .json(500, [:])
            }
        }) { upstream, base in
            let answer = try await Self.run(
                sandbox, ["base_url": .string(base), "parameters": ["parcel": "par_1"]])
            #expect(upstream.requests.allSatisfy { $0.line.hasPrefix("GET ") })
            #expect(upstream.requests.allSatisfy { $0.fields["authorization"] == nil })
            return answer
        }
        #expect(
            Self.verdicts(answer) == [
                "list_parcels": "drifts", "get_parcel": "drifts", "list_scans": "conforms",
                "get_depot": "drifts", "create_parcel": "skipped", "update_parcel": "skipped",
                "delete_parcel": "skipped", "cancel_parcel": "skipped", "create_scan": "skipped",
            ], "\(answer)")
        let operations = answer.at("/operations")?.array ?? []
        let findings = operations.reduce(into: [String: JSONValue]()) {
            $0[$1["operation"]?.string ?? ""] = $1["findings"]?[0]
        }
        #expect(findings["list_parcels"]?["location"] == "status")
        #expect(findings["get_parcel"]?["pointer"] == "/status")
        #expect(findings["get_parcel"]?["rule"] == "enum")
        #expect(findings["get_depot"]?["name"] == "Content-Type")
    }

    @Test func `tells what it could not reach, and goes nowhere that is denied`() async throws {
        let sandbox = try await TestSandbox.make(serving: "parcels")
        let base = try await UpstreamServer.with({ _ in .json(200, [:]) }) { _, base in base }
        let gone = try await Self.run(
            sandbox, ["base_url": .string(base), "operations": ["list_parcels"]])
        #expect(gone.at("/unreachable") == 1, "\(gone)")
        #expect(gone.at("/operations/0/reason")?.string?.contains("cannot be reached") == true)
        let unknown = try await Self.run(
            sandbox, ["base_url": .string(base), "operations": ["list_parcel"]])
        #expect(unknown.pointers == ["/operations/0"], "\(unknown)")
        let inside = try await Self.run(sandbox, ["base_url": "http://10.0.0.1"])
        #expect(inside.pointers == ["/base_url"], "\(inside)")
        _ = try await sandbox.tenant.call("PUT", "/v1/denied-hosts", ["hosts": ["*.prod.example"]])
        let denied = try await Self.run(sandbox, ["base_url": "https://api.prod.example/v1"])
        #expect(denied.pointers == ["/base_url"], "\(denied)")
    }
}
