import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Postgres
import Runtime
import Tenancy

// What the policy step has refused or only let run as a rehearsal: for people, and for builds.
extension PlatformAPI {
    static let blockedCallHandlers: [String: Handler] = [
        "list_blocked_calls": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.listBlockedCalls(call, access)
        },
        "export_blocked_calls": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.exportBlockedCalls(call, access)
        },
        "assert_blocked_calls": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.assertBlockedCalls(call.body, access)
        },
    ]

    private func listBlockedCalls(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        var query = try blockedCalls(since: call.query("since"))
        query.rows = call.rows()
        if let cursor = call.query("cursor") {
            guard let id = RequestID(cursor) else { throw .invalidCursor }
            query.before = id
        }
        await settleLog(nil)
        let page = try await found(query, access)
        return Answer(
            200,
            [
                "data": .array(page.requests.map(\.blocked)),
                "next": .string(orNull: page.next?.description),
            ])
    }

    private func exportBlockedCalls(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let calls = try await all(try blockedCalls(since: call.query("since")), access)
        var lines: [UInt8] = []
        for call in calls {
            lines += JSONWriter.bytes(call.blocked)
            lines.append(UInt8(ascii: "\n"))
        }
        return Answer(200, contentType: "application/jsonl", lines)
    }

    private func assertBlockedCalls(
        _ body: JSONValue, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        let rules = body["rules"]?.array?.compactMap(\.string)
        let allowed = body["max"]?.int.map(Int.init) ?? 0
        let calls = try await all(try blockedCalls(since: body["since"]?.string), access)
            .map(\.blocked)
            .filter { call in rules?.contains(call["rule"]?.string ?? "") ?? true }
        guard calls.count <= allowed else {
            throw .blockedCalls(calls.count, allowed: allowed, first: Array(calls.prefix(10)))
        }
        return Answer(200, ["passed": true, "count": .int(calls.count)])
    }

    // MARK: Looking

    private func blockedCalls(since text: String?) throws(Refusal) -> RequestLogReader.Query {
        var query = RequestLogReader.Query()
        query.onlyBlocked = true
        if let text {
            guard let instant = SandboxInstant(rfc3339: text) else {
                throw .invalid(
                    pointer: "/since", rule: "format", expected: "a date and time with an offset")
            }
            query.since = WallInstant(microseconds: instant.microseconds)
        }
        return query
    }

    /// Up to ``GatewayLimits/exportedCalls``, newest first. What was called just now counts.
    private func all(
        _ start: RequestLogReader.Query, _ access: SandboxAccess
    ) async throws(Refusal) -> [LoggedRequest] {
        await settleLog(nil)
        var query = start
        query.rows = 100
        var calls: [LoggedRequest] = []
        while calls.count < GatewayLimits.exportedCalls {
            let page = try await found(query, access)
            calls += page.requests
            guard let next = page.next else { break }
            query.before = next
        }
        return calls
    }
}

extension LoggedRequest {
    /// The call with what the policy step decided.
    fileprivate var blocked: JSONValue {
        let decision = DecisionRecord.published(storedDecisions).array?.first {
            $0["step"] == "policy" && $0["verdict"] != "passed"
        }
        return [
            "id": summary["id"] ?? .null, "started_at": summary["started_at"] ?? .null,
            "method": summary["method"] ?? .null, "path": summary["path"] ?? .null,
            "operation": summary["operation"] ?? .null, "status": .int(status),
            "verdict": decision?["verdict"] ?? .null, "rule": decision?["code"] ?? .null,
            "evidence": decision?["evidence"] ?? .null,
        ]
    }
}
