import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Postgres
import Runtime

extension PlatformAPI {
    static let requestHandlers: [String: Handler] = [
        "list_requests": .sandbox(.read) { api, call, access throws(Refusal) in
            try await api.listRequests(call, access)
        },
        "get_request": .sandbox(.read) { api, call, access throws(Refusal) in
            Answer(200, try await api.logged(call, access).document)
        },
        "explain_request": .sandbox(.read) { api, call, access throws(Refusal) in
            Answer(200, Explanation(try await api.logged(call, access)).document)
        },
        "get_tenant_request": .tenant(.read) { api, call, access throws(Refusal) in
            Answer(200, try await api.logged(call, access).document)
        },
        "explain_tenant_request": .tenant(.read) { api, call, access throws(Refusal) in
            Answer(200, Explanation(try await api.logged(call, access)).document)
        },
    ]

    private func listRequests(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> Answer {
        var query = RequestLogReader.Query()
        query.status = call.query("status").flatMap(Int.init)
        query.operation = call.query("operation")
        query.trace = call.query("trace_id")
        query.scenario = call.query("scenario")
        query.entity = call.query("entity")
        query.since = try call.instant("since")
        query.until = try call.instant("until")
        query.rows = call.rows()
        if let cursor = call.query("cursor") {
            guard let id = RequestID(cursor) else {
                throw .invalidCursor
            }
            query.before = id
        }
        let page = try await found(query, access)
        return Answer(
            200,
            [
                "data": .array(page.requests.map(\.summary)),
                "next": .string(orNull: page.next?.description),
            ])
    }

    func found(
        _ query: RequestLogReader.Query, _ access: SandboxAccess
    ) async throws(Refusal) -> (requests: [LoggedRequest], next: RequestID?) {
        do {
            return try await services.stores.requests.requests(query, as: access)
        } catch let error as PostgresError {
            throw .storage(error, during: .simulate)
        } catch {
            preconditionFailure("a look-up fails as the database does: \(error)")
        }
    }

    private func logged(
        _ call: PlatformCall, _ access: SandboxAccess
    ) async throws(Refusal) -> LoggedRequest {
        try await logged(call, in: "sandbox") { id throws(PostgresError) in
            try await services.stores.requests.request(id, as: access)
        }
    }

    private func logged(
        _ call: PlatformCall, _ access: TenantAccess
    ) async throws(Refusal) -> LoggedRequest {
        try await logged(call, in: "tenant") { id throws(PostgresError) in
            try await services.stores.requests.request(id, as: access)
        }
    }

    /// The call's row; waits a moment for the writer, because people look up what they just did.
    private func logged(
        _ call: PlatformCall, in owner: String,
        _ find: (RequestID) async throws(PostgresError) -> LoggedRequest?
    ) async throws(Refusal) -> LoggedRequest {
        let missing = Refusal(
            .simulate, .notFound,
            "The \(owner)'s log has no call \"\(call.path("request").prefix(40))\".",
            hint: "Use the Request-Id of an answer to this \(owner).")
        guard let id = RequestID(call.path("request")) else { throw missing }
        let deadline = MonotonicInstant.now() + GatewayLimits.logPatience
        while true {
            do throws(PostgresError) {
                if let found = try await find(id) { return found }
            } catch {
                throw .storage(error, during: .simulate)
            }
            guard MonotonicInstant.now() < deadline else { throw missing }
            await EventLoop.current?.sleep(for: .milliseconds(20))
        }
    }
}

extension LoggedRequest {
    fileprivate var document: JSONValue {
        var document = summary
        for member in facts.object?.members ?? [] { document[member.name] = member.value }
        document["decisions"] = DecisionRecord.published(storedDecisions)
        return document
    }
}
