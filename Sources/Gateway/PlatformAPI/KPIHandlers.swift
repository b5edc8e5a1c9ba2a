import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators

// Whether the platform does what it is for: how soon partners succeed, whether their webhooks
// arrive, and how much of what can be provoked is.
extension PlatformAPI {
    static let kpiHandlers: [String: Handler] = [
        "get_kpis": .admin { api, call, access throws(Refusal) in try await api.kpis(call, access) }
    ]

    private func kpis(
        _ call: PlatformCall, _ access: OperatorAccess
    ) async throws(Refusal) -> Answer {
        let days = try call.usageDays(now: services.clock.now())
        let (from, until) = (DayText.start(days.lowerBound), DayText.start(days.upperBound + 1))
        let figures = services.stores.usage
        let query = UsageQuery(days: days)
        let (usage, scenarios, firsts, webhooks) = try await counted {
            (
                try await figures.usage(query, of: nil, as: access),
                try await figures.scenarios(days, as: access),
                try await figures.firstSuccesses(from: from, until: until, as: access),
                try await figures.webhooks(from: from, until: until, as: access)
            )
        }
        return Answer(
            200,
            [
                "from": .string(DayText.text(days.lowerBound)),
                "to": .string(DayText.text(days.upperBound)),
                "calls": .object(JSONObject(usage.totals.members)),
                "time_to_first_success": firsts.document,
                "webhooks": webhooks.document,
                "scenarios": scenarioCoverage(used: scenarios),
            ])
    }

    /// Of the scenarios of the built-in contracts, which ones somebody asked for.
    private func scenarioCoverage(used: Set<String>) -> JSONValue {
        let known = services.library.contracts.flatMap { contract in
            contract.simulator.scenarios.map { "\(contract.name).\($0.name)" }
        }
        let unused = known.filter { !used.contains($0) }
        return [
            "known": .int(known.count), "used": .int(known.count - unused.count),
            "coverage": .share(Int64(known.count - unused.count), of: Int64(known.count)),
            "unused": .array(unused.sorted().map { .string($0) }),
        ]
    }
}

extension UsageFigures.FirstSuccesses {
    fileprivate var document: JSONValue {
        func seconds(_ milliseconds: Int64?) -> JSONValue {
            milliseconds.map { .number(JSONNumber(thousandths: max($0, 0))) } ?? .null
        }
        return [
            "tenants": .int(tenants), "succeeded": .int(succeeded),
            "within_two_minutes": .int(withinTwoMinutes),
            "median_seconds": seconds(medianMilliseconds),
            "ninetieth_percentile_seconds": seconds(ninetiethMilliseconds),
        ]
    }
}

extension UsageFigures.Webhooks {
    /// The success rate is of deliveries that have come to an end.
    fileprivate var document: JSONValue {
        [
            "deliveries": .int(deliveries), "delivered": .int(delivered), "dead": .int(dead),
            "success_rate": .share(delivered, of: delivered + dead),
            "attempts": .int(attempts), "attempts_succeeded": .int(succeeded),
        ]
    }
}

extension JSONValue {
    /// A part of a whole with three decimals; null of nothing.
    fileprivate static func share(_ part: Int64, of whole: Int64) -> JSONValue {
        whole == 0 ? .null : .number(JSONNumber(thousandths: (part * 1_000 + whole / 2) / whole))
    }
}
