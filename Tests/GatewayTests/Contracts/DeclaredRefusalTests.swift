import Contracts
import Testing

@testable import Gateway

/// A request that does not fit a contract of the partner's own: what its client is told.
@Suite struct `Refusals in a contract's own shape` {
    private let sandbox: TestSandbox

    init() async throws {
        sandbox = try await TestSandbox.make(serving: "refusals", seed: 7)
    }

    private func post(_ path: String, _ body: JSONValue = ["name": 1]) async throws -> TestAnswer {
        try await sandbox.call("refusals", "POST", path, body)
    }

    @Test(arguments: [
        ("/list", 422, ["errors": [["kind": "input", "detail": "body/name: expected string"]]]),
        ("/text", 400, "body/name: expected string"),
        ("/rest", 400, ["code": 400, "message": "body/name: expected string"]),
        ("/class", 400, ["code": 400, "message": "body/name: expected string"]),
        ("/closed", 400, ["message": "bad_request", "kind": "input"]),
    ] as [(String, Int, JSONValue)])
    func `are what its clients can read, and name the member`(
        path: String, status: Int, body: JSONValue
    ) async throws {
        let answer = try await post(path)
        #expect(answer.status == status, "\(answer)")
        #expect(answer.json == body)
        #expect(answer["Content-Type"] == "application/json")
        #expect(answer["X-Sbx-Refused"] == "validation_failed")
        #expect(answer["X-Sbx-Simulated"] == nil)
    }

    @Test func `name every part of the request that is wrong`() async throws {
        let answer = try await post("/rest?limit=20&page=2", [:])
        let message = try #require(answer.at("/message")?.string)
        for part in ["query limit: expected", "query page: expected", "body/name: expected"] {
            #expect(message.contains(part), "\(message)")
        }
    }

    @Test func `lead to the whole explanation`() async throws {
        let answer = try await post("/text")
        let link = try #require(answer["Link"])
        #expect(link.hasSuffix("/explain>; rel=\"help\""), "\(link)")
        let explained = try await sandbox.explain(answer)
        #expect(explained.at("/cause/code") == "validation_failed")
        #expect(explained.at("/cause/evidence/errors/0/pointer") == "/name")
    }

    @Test(arguments: ["/problem", "/none"])
    func `are problem documents where it has no other shape`(path: String) async throws {
        let answer = try await post(path)
        #expect(answer.status == 400)
        #expect(answer.code == "validation_failed")
        #expect(answer.at("/errors/0/pointer") == "/name")
        #expect(answer["X-Sbx-Refused"] == nil)
    }

    @Test func `are given for a body that cannot be read, too`() async throws {
        var call = sandbox.prepared("POST", "/text")
        call.host = "refusals--\(sandbox.host)"
        call.body = Array("{".utf8)
        call.contentType = "application/json"
        let answer = try await sandbox.gateway.send(call)
        #expect(answer.status == 400)
        #expect(answer["X-Sbx-Refused"] == "malformed_body")
        #expect(answer.json.string?.hasPrefix("body: expected JSON") == true, "\(answer)")
    }

    @Test func `a preference that the contract declares is the contract's`() async throws {
        let answer = try await sandbox.call(
            "refusals", "POST", "/preferred", nil, fields: [("Prefer", "return=minimal")])
        #expect(answer.status == 201)
        #expect(answer.at("/id")?.string != nil, "\(answer)")
        #expect(answer["Preference-Applied"] == nil)
    }
}
