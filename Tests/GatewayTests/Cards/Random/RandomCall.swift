import Access
import Contracts
import PlatformSupport
import Tenancy

@testable import Gateway

/// A POST to the payments API.
struct RandomCall: Sendable, CustomStringConvertible {
    let target: String
    var body: JSONValue?
    var fields: [(name: String, value: String)] = []

    init(_ target: String, _ body: JSONValue? = nil) {
        self.target = target
        self.body = body
    }

    var description: String {
        let fields = fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return "\(target) \(body.map { JSONWriter.text($0) } ?? "") \(fields)"
    }
}

extension TestSandbox {
    func send(_ call: RandomCall) async throws -> TestAnswer {
        try await self.call("POST", call.target, call.body, fields: call.fields)
    }

    /// On both loops, none waiting for another. Answers in the order of `calls`.
    func sendAtOnce(_ calls: [RandomCall]) async throws -> [TestAnswer] {
        let gateway = gateway
        return try await withThrowingTaskGroup(of: (Int, TestAnswer).self) { group in
            for (place, call) in calls.enumerated() {
                var prepared = prepared("POST", call.target, call.body)
                prepared.fields = call.fields
                group.addTask { [prepared] in
                    (place, try await gateway.answer(in: gateway.gateway, prepared, on: place % 2))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// A GET that no chaos spoils.
    func read(_ target: String) async throws -> TestAnswer {
        try await call("GET", target, fields: [("X-Chaos", "off")])
    }

    /// All of a list that fits a page.
    func all(_ list: String) async throws -> [JSONValue] {
        try await read("/v1/\(list)?limit=100").at("/data")?.array ?? []
    }

    /// The platform API below this sandbox.
    func world(
        _ method: String, _ path: String, _ body: JSONValue? = nil
    ) async throws -> TestAnswer {
        try await tenant.call(method, "/v1/sandboxes/\(slug)/\(path)", body)
    }

    /// Everything that a partner can see of the world, an object a line.
    func picture() async throws -> [String] {
        var picture: [String] = []
        for list in [
            "payments", "authentications", "refunds", "disputes", "clearing_records",
            "settlements",
        ] {
            picture += try await all(list).map { "\(list) \(JSONWriter.text($0))" }
        }
        picture.append(try await read("/v1/ledger").text)
        let events = try await world("GET", "events?limit=100").at("/data")?.array ?? []
        picture += events.map { "event \(JSONWriter.text($0))" }
        let clock = try await world("GET", "clock")
        picture.append("\(clock.at("/now")?.string ?? "") \(clock.at("/mode")?.string ?? "")")
        return picture
    }

    /// A fork, as its own key sees it.
    func fork() async throws -> TestSandbox {
        let made = try await world("POST", "fork", [:])
        let slug = made.at("/slug")?.string ?? ""
        let key = made.at("/credentials/api_key")?.string ?? ""
        let tenant = tenant
        let keyID = keyID
        let fork = try await gateway.platform.run { platform in
            guard let location = try await platform.directory.sandbox(slug: slug) else {
                throw TestFault("no fork was made: \(made)")
            }
            let principal = Principal(
                tenant: tenant.access.tenant, kind: .sandboxKey(keyID, location.sandbox),
                scopes: Scopes(.sandbox))
            return try platform.control.access(onHostOf: location, as: principal)
        }
        return TestSandbox(
            tenant: tenant, access: fork, key: key, keyID: keyID, clientSecret: clientSecret)
    }
}
