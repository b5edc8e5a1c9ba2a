import Access
import Contracts
import Observability
import Simulators
import Tenancy

extension PlatformAPI {
    static let clockHandlers: [String: Handler] = [
        "advance_clock": .sandbox(.write) { api, call, access throws(Refusal) in
            let asked = try AskedMove(call)
            return try await api.answer(asked) { clock throws(ClockError) in
                asked.isPreview
                    ? try await clock.preview(asked.request, as: access)
                    : try await clock.advance(asked.request, as: access)
            }
        },
        "freeze_clock": .sandbox(.write) { api, _, access throws(Refusal) in
            try await api.answer(nil) { clock throws(ClockError) in
                try await clock.freeze(as: access)
            }
        },
        "resume_clock": .sandbox(.write) { api, _, access throws(Refusal) in
            try await api.answer(nil) { clock throws(ClockError) in
                try await clock.resume(as: access)
            }
        },
    ]

    private func answer(
        _ asked: AskedMove?, _ move: (ClockEngine) async throws(ClockError) -> ClockOutcome
    ) async throws(Refusal) -> Answer {
        do throws(ClockError) {
            var document = try await move(services.clockEngine).document
            if asked?.isPreview == true { document["preview"] = true }
            return Answer(200, document)
        } catch {
            throw .clock(error, pointer: asked?.pointer ?? "")
        }
    }
}

/// A move as the body asks for it, and the member that says where to.
private struct AskedMove: Sendable {
    let request: ClockRequest
    let pointer: String
    let isPreview: Bool

    init(_ call: PlatformCall) throws(Refusal) {
        let body = call.body
        let ways = ["by", "to", "until_event", "business_days", "until"]
        let given = ways.filter { body[$0] != nil }
        guard let way = given.first, given.count == 1 else {
            throw .invalid(
                pointer: given.count > 1 ? "/\(given[1])" : "", rule: "oneOf",
                expected: "exactly one of \(ways.joined(separator: ", "))")
        }
        try Self.check(body, needs: "calendar", with: "business_days")
        guard body["horizon"] == nil || way == "until_event" else {
            throw .invalid(
                pointer: "/horizon", rule: "dependentRequired",
                expected: "until_event beside it, or no horizon")
        }
        pointer = "/\(way)"
        isPreview = body["preview"]?.bool ?? (call.query("preview") == "true")
        request = try Self.request(way, body)
    }

    private static func request(_ way: String, _ body: JSONValue) throws(Refusal) -> ClockRequest {
        switch way {
        case "by": return .by(try duration(body, "by", otherwise: "PT0S"))
        case "to":
            guard let instant = body["to"]?.string.flatMap({ SandboxInstant(rfc3339: $0) }) else {
                throw .invalid(pointer: "/to", rule: "format", expected: "an RFC 3339 date-time")
            }
            return .to(instant)
        case "until_event":
            return .untilEvent(
                body["until_event"]?.string ?? "",
                horizon: try duration(body, "horizon", otherwise: "P1Y"))
        case "business_days":
            let calendar = body["calendar"]?.string.flatMap { BusinessCalendar(rawValue: $0) }
            return .businessDays(Int(body["business_days"]?.int ?? 0), calendar ?? .fed)
        default: return .untilTimer(kind: "settlement")
        }
    }

    private static func duration(
        _ body: JSONValue, _ member: String, otherwise: String
    ) throws(Refusal) -> ISODuration {
        guard let duration = ISODuration(body[member]?.string ?? otherwise) else {
            throw .invalid(
                pointer: "/\(member)", rule: "format",
                expected: "an ISO 8601 duration like P2D or PT36H, up to a thousand years")
        }
        return duration
    }

    /// Both or neither.
    private static func check(
        _ body: JSONValue, needs one: String, with other: String
    ) throws(Refusal) {
        guard (body[one] == nil) != (body[other] == nil) else { return }
        let missing = body[one] == nil ? one : other
        throw .invalid(
            pointer: "/\(missing)", rule: "dependentRequired",
            expected: "\(missing), because \(missing == one ? other : one) is there")
    }
}

extension ClockOutcome {
    fileprivate var document: JSONValue {
        var document: JSONValue = [
            "now": .string(now.rfc3339),
            "mode": .string(VirtualClock(mode: mode, epoch: 0).modeName),
            "fired": .array(
                fired.map { firing in
                    var line = firing.timer.document
                    line["effects"] = .array(firing.effects.map(\.document))
                    return line
                }),
            "fired_count": .int(firedCount),
            "next": next?.document ?? .null,
            "partial": .bool(isPartial),
        ]
        if let foundEvent { document["found"] = .bool(foundEvent) }
        return document
    }
}

extension WorldTimer {
    fileprivate var document: JSONValue {
        ["at": .string(dueAt.rfc3339), "kind": .string(kind), "id": .string(id)]
    }
}

extension WorldEffect {
    fileprivate var document: JSONValue {
        switch self {
        case .changed(let key, let version):
            [
                "what": "entity", "type": .string(key.type), "id": .string(key.id),
                "version": version.map { .int($0) } ?? .null,
            ]
        case .posted(let account, let amount):
            [
                "what": "ledger", "account": .string(account.name),
                "currency": .string(account.currency), "amount": .int(amount),
            ]
        case .emitted(let id, let type):
            ["what": "event", "type": .string(type), "id": .string(id)]
        case .scheduled(let timer):
            ["what": "timer", "id": .string(timer.id), "at": .string(timer.dueAt.rfc3339)]
        case .cancelled(let id):
            ["what": "timer", "id": .string(id), "at": .null]
        }
    }
}
