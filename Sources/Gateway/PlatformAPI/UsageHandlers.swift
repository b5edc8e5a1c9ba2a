import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Postgres
import Runtime

// Usage figures: a tenant's own, and for the operator everybody's.
extension PlatformAPI {
    static let usageHandlers: [String: Handler] = [
        "get_usage": .tenant(.read) { api, call, access throws(Refusal) in
            let query = try call.usageQuery(now: api.services.clock.now())
            return try await api.usage(query) {
                try await api.services.stores.usage.usage(query, as: access)
            }
        },
        "get_hourly_usage": .sandbox(.read) { api, call, access throws(Refusal) in
            let count = call.query("hours").flatMap { Int64($0) } ?? 24
            let last = api.services.clock.now().microseconds / 3_600_000_000
            let hours = last - count + 1...last
            let counted = try await api.found {
                try await api.services.stores.usage.hours(hours, as: access)
            }
            let counts = Dictionary(uniqueKeysWithValues: counted.map { ($0.hour, $0.counts) })
            return Answer(
                200,
                [
                    "data": .array(
                        hours.map { (counts[$0] ?? UsageCounts()).document(ofHour: $0) })
                ])
        },
        "get_all_usage": .admin { api, call, access throws(Refusal) in
            let query = try call.usageQuery(now: api.services.clock.now())
            let tenant = try call.usageTenant()
            return try await api.usage(query) {
                try await api.services.stores.usage.usage(query, of: tenant, as: access)
            }
        },
    ]

    private func usage(
        _ query: UsageQuery, _ read: () async throws -> UsageFigures.Page
    ) async throws(Refusal) -> Answer {
        let page = try await counted(read)
        return Answer(
            200,
            [
                "from": .string(DayText.text(query.days.lowerBound)),
                "to": .string(DayText.text(query.days.upperBound)),
                "days": .array(query.days.map { .string(DayText.text($0)) }),
                "data": .array(page.lines.map { $0.document(query.grouping) }),
                "totals": .object(JSONObject(page.totals.members)),
                "next": .string(orNull: page.next.map { Base64URL.text($0.utf8) }),
            ])
    }

    /// What `read` finds once everything that this gateway has counted is stored.
    func counted<Value>(_ read: () async throws -> Value) async throws(Refusal) -> Value {
        try await found {
            try await usage.write()
            return try await read()
        }
    }

    private func found<Value>(_ read: () async throws -> Value) async throws(Refusal) -> Value {
        do {
            return try await read()
        } catch let error as PostgresError {
            throw .storage(error, during: .simulate)
        } catch {
            preconditionFailure("usage figures fail as the database does: \(error)")
        }
    }
}

extension PlatformCall {
    /// From a day or so many of them, thirty when nothing is said; first and last count.
    func usageDays(now: WallInstant) throws(Refusal) -> ClosedRange<Int64> {
        let today = now.microseconds / DayText.microseconds
        let last = try day("to") ?? today
        let count = query("days").flatMap { Int64($0) } ?? 30
        let first = try day("from") ?? last - count + 1
        guard first <= last, last - first < Int64(Access.Limits.usageDaysKept) else {
            throw .invalid(
                pointer: "/from", rule: "range",
                expected: "a day not after to, and not more than \(Access.Limits.usageDaysKept) days before it")
        }
        return first...last
    }

    fileprivate func usageQuery(now: WallInstant) throws(Refusal) -> UsageQuery {
        var usage = UsageQuery(days: try usageDays(now: now))
        usage.rows = query("limit").flatMap(Int.init) ?? 100
        // The document has checked the names.
        let names = (query("group_by") ?? "day").split(separator: ",")
        usage.grouping = Set(names.compactMap { UsageQuery.Grouping(rawValue: String($0)) })
        if let text = query("sandbox") {
            guard let sandbox = SandboxID(text) else {
                throw .invalid(
                    pointer: "/sandbox", rule: "format", expected: "the id of a sandbox, sbx_…")
            }
            usage.sandbox = sandbox
        }
        if let cursor = query("cursor") {
            guard let bytes = Base64URL.decode(cursor),
                let place = String(validating: bytes, as: UTF8.self), StorableText.isStorable(place)
            else { throw .invalidCursor }
            usage.after = place
        }
        return usage
    }

    fileprivate func usageTenant() throws(Refusal) -> TenantID? {
        guard let text = query("tenant") else { return nil }
        guard let tenant = TenantID(text) else {
            throw .invalid(pointer: "/tenant", rule: "format", expected: "the id of a tenant, tnt_…")
        }
        return tenant
    }

    private func day(_ name: String) throws(Refusal) -> Int64? {
        guard let text = query(name) else { return nil }
        guard let day = DayText.day(text) else {
            throw .invalid(pointer: "/\(name)", rule: "format", expected: "a day as 2026-01-31")
        }
        return day
    }
}

/// Days since 1970 as people write them.
enum DayText {
    static let microseconds: Int64 = 86_400_000_000

    static func text(_ day: Int64) -> String {
        String(WallInstant(microseconds: day * microseconds).description.prefix(10))
    }

    static func day(_ text: String) -> Int64? {
        guard text.utf8.count == 10, let instant = SandboxInstant(rfc3339: text + "T00:00:00Z")
        else { return nil }
        return instant.microseconds / microseconds
    }

    /// The first instant of a day.
    static func start(_ day: Int64) -> WallInstant { WallInstant(microseconds: day * microseconds) }
}

extension UsageLine {
    /// The members that the lines are grouped by, then the figures.
    fileprivate func document(_ grouping: Set<UsageQuery.Grouping>) -> JSONValue {
        var document: JSONValue = [:]
        if grouping.contains(.day) { document["day"] = .string(orNull: day) }
        if grouping.contains(.tenant) { document["tenant"] = .string(orNull: tenant?.description) }
        if grouping.contains(.sandbox) {
            document["sandbox"] = .string(orNull: sandbox?.description)
        }
        if grouping.contains(.operation) {
            document["contract"] = .string(orNull: contract)
            document["operation"] = .string(orNull: operation)
        }
        if grouping.contains(.scenario) { document["scenario"] = .string(orNull: scenario) }
        if grouping.contains(.key) { document["key"] = principal?.document ?? .null }
        for member in counts.members { document[member.name] = member.value }
        return document
    }
}

extension UsagePrincipal {
    fileprivate var document: JSONValue {
        let id =
            switch kind {
            case "user": UserID(high: high, low: low).description
            case "client": ClientID(high: high, low: low).description
            default: KeyID(high: high, low: low).description
            }
        return ["kind": .string(kind), "id": .string(id)]
    }
}

extension UsageCounts {
    fileprivate func document(ofHour hour: Int64) -> JSONValue {
        [
            "from": .string(WallInstant(microseconds: hour * 3_600_000_000).description),
            "until": .string(WallInstant(microseconds: (hour + 1) * 3_600_000_000).description),
            "calls": .int(calls), "succeeded": .int(succeeded),
            "simulated_failures": .int(simulatedFailures), "refused": .int(refused),
            "platform_failures": .int(platformFailures),
        ]
    }

    var members: [JSONObject.Member] {
        [
            JSONObject.Member(name: "calls", value: .int(calls)),
            JSONObject.Member(name: "succeeded", value: .int(succeeded)),
            JSONObject.Member(name: "simulated_failures", value: .int(simulatedFailures)),
            JSONObject.Member(name: "refused", value: .int(refused)),
            JSONObject.Member(name: "platform_failures", value: .int(platformFailures)),
            JSONObject.Member(
                name: "mean_duration_ms",
                value: calls == 0
                    ? .null : .number(JSONNumber(thousandths: durationMicroseconds / calls))),
            JSONObject.Member(name: "request_bytes", value: .int(requestBytes)),
            JSONObject.Member(name: "response_bytes", value: .int(responseBytes)),
        ]
    }
}
