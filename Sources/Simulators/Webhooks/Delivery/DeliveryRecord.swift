import Access
import Contracts
import Identifiers
import Postgres
import Runtime

/// A batch of outcomes in the form in which two statements store it, whatever its size: JSON
/// arrays that the database turns into rows.
struct DeliveryRecord {
    /// Rows for the log.
    let attempts: [UInt8]
    /// New states of the deliveries.
    let deliveries: [UInt8]

    init(_ outcomes: [DeliveryOutcome], keys: MasterKeys, at now: WallInstant) {
        attempts = JSONWriter.bytes(.array(outcomes.flatMap(Self.attempts)))
        deliveries = JSONWriter.bytes(.array(outcomes.map { Self.delivery($0, keys, at: now) }))
    }

    /// The purpose that a dead letter's payload is sealed for.
    static func purpose(_ id: DeliveryID) -> String { "dead_letter:\(id)" }

    private static func attempts(_ outcome: DeliveryOutcome) -> [JSONValue] {
        outcome.attempts.enumerated().map { index, attempt in
            var row: JSONValue = [
                "id": .string(outcome.item.id.uuidText),
                "number": .int(outcome.item.attempts + 1 + index),
                "started_us": .int(attempt.startedAt.microseconds),
                "duration_us": .int(attempt.duration.microseconds),
                "succeeded": .bool(attempt.succeeded), "request": attempt.request.document,
            ]
            if let connect = attempt.connectDuration {
                row["connect_us"] = .int(connect.microseconds)
            }
            if let status = attempt.status { row["status"] = .int(status) }
            if let error = attempt.error { row["error"] = .string(error) }
            if case .answered(let answer) = attempt.result { row["response"] = answer.document }
            return row
        }
    }

    private static func delivery(
        _ outcome: DeliveryOutcome, _ keys: MasterKeys, at now: WallInstant
    ) -> JSONValue {
        let item = outcome.item
        var row: JSONValue = [
            "id": .string(item.id.uuidText), "state": "pending",
            "attempts": .int(item.attempts + outcome.attempts.count),
            "round_attempts": .int(item.roundAttempts + 1), "due_us": .int(now.microseconds),
        ]
        if let status = outcome.attempts.first?.status { row["status"] = .int(status) }
        if let error = outcome.attempts.first?.error { row["error"] = .string(error) }
        switch outcome.verdict {
        case .delivered: row["state"] = "delivered"
        case .dead, .gone:
            row["state"] = "dead"
            row["sealed"] = .string(bytea(keys.seal(item.payload, for: purpose(item.id))))
        case .retry(let pause):
            let due = outcome.endedAt + pause
            row["due_us"] = .int(due.microseconds)
            if item.destination.endpoint.retryClock == .virtual {
                row["due_virtual_us"] = .int(
                    (item.destination.clock.now(at: outcome.endedAt) + pause).microseconds)
            }
        case .unattempted: preconditionFailure("there is nothing to record of it")
        }
        return row
    }

    /// The text form of bytea.
    private static func bytea(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\\x" + String(decoding: text, as: UTF8.self)
    }
}

extension ID {
    /// The text form of the database's uuid, without hyphens.
    var uuidText: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// What a batch of outcomes says of its endpoint; nil when nothing changes, and for callbacks, each
/// of which has a receiver of its own.
struct EndpointHealth {
    private enum Change {
        case recovered
        case failing(since: WallInstant)
        case disable(WebhookEndpoint.DisabledReason)
    }

    private let change: Change

    init?(after outcomes: [DeliveryOutcome]) {
        guard let destination = outcomes.first?.item.destination, !destination.lane.isOfCallbacks
        else { return nil }
        let endpoint = destination.endpoint
        if outcomes.contains(where: \.isGone) {
            change = .disable(.gone)
        } else if outcomes.contains(where: { $0.attempts.contains(where: \.succeeded) }) {
            guard endpoint.failingSince != nil else { return nil }
            change = .recovered
        } else if let since = endpoint.failingSince {
            let last = outcomes.map(\.endedAt).max() ?? since
            guard last - since >= WebhookLimits.failingUntilDisabled else { return nil }
            change = .disable(.failing)
        } else if let first = outcomes.flatMap(\.attempts).map(\.startedAt).min() {
            change = .failing(since: first)
        } else {
            return nil
        }
    }

    func calls(_ lane: DeliveryLane, at now: WallInstant) -> [Call] {
        switch change {
        case .recovered: [DeliveryStatements.failing(since: nil, lane)]
        case .failing(let since): [DeliveryStatements.failing(since: since, lane)]
        case .disable(let reason):
            [
                DeliveryStatements.disable(lane, reason, at: now),
                DeliveryStatements.settleWithoutEndpoint(lane, at: now),
            ]
        }
    }
}

extension DeliveryOutcome {
    fileprivate var isGone: Bool {
        if case .gone = verdict { true } else { false }
    }
}
