package import Contracts
import Runtime
import Tenancy

/// The faults that an endpoint's deliveries come with, so that a receiver can be seen to bear
/// them. All of it is counted and nothing drawn: the same events give the same faults.
package struct FaultPlan: Sendable, Hashable {
    /// Further copies of each attempt that succeeds, with the same id.
    package var duplicate: Int64 = 0
    /// Events that come close together leave in groups of this size, each in reverse order.
    package var reorder: Int64 = 0
    /// From the event to its first attempt.
    package var delaySeconds: Int64 = 0
    /// The first so many attempts of each delivery carry a signature that is wrong.
    package var badSignature: Int64 = 0
    /// The signature is right, and its timestamp this much too old.
    package var staleTimestampSeconds: Int64 = 0
    /// The first so many attempts of each delivery never reach the receiver.
    package var dropFirst: Int64 = 0

    package init() {}

    /// Reads the form of the platform API, whose contract has checked the members' types.
    package init(_ document: JSONValue) throws(WebhookError) {
        duplicate = try Self.count(document, "duplicate", max: WebhookLimits.duplicatesMax)
        reorder = try Self.count(document, "reorder", max: WebhookLimits.reorderWindowMax)
        delaySeconds = try Self.seconds(document, "delay")
        badSignature = try Self.count(
            document, "bad_signature", max: WebhookLimits.faultyAttemptsMax)
        staleTimestampSeconds = try Self.seconds(document, "stale_timestamp")
        dropFirst = try Self.count(document, "drop_first", max: WebhookLimits.faultyAttemptsMax)
    }

    package var document: JSONValue {
        [
            "duplicate": .int(duplicate), "reorder": .int(reorder), "delay": "PT\(delaySeconds)S",
            "bad_signature": .int(badSignature), "stale_timestamp": "PT\(staleTimestampSeconds)S",
            "drop_first": .int(dropFirst),
        ]
    }

    var firstDelay: Duration {
        .seconds(delaySeconds) + (reorder > 1 ? WebhookLimits.reorderCollection : .zero)
    }

    /// The order in which a claimed run of deliveries leaves.
    func ordered<Element>(_ elements: [Element]) -> [Element] {
        guard reorder > 1 else { return elements }
        return stride(from: 0, to: elements.count, by: Int(reorder)).flatMap { start in
            elements[start..<min(start + Int(reorder), elements.count)].reversed()
        }
    }

    private static func count(
        _ document: JSONValue, _ name: String, max: Int64
    ) throws(WebhookError) -> Int64 {
        guard let value = document[name] else { return 0 }
        guard let count = value.int, (0...max).contains(count) else {
            throw .invalid(pointer: "/faults/\(name)", rule: "range", expected: "0 to \(max)")
        }
        return count
    }

    private static func seconds(
        _ document: JSONValue, _ name: String
    ) throws(WebhookError) -> Int64 {
        guard let value = document[name] else { return 0 }
        guard let text = value.string, let duration = ISODuration(text), duration.months == 0,
            duration.seconds <= WebhookLimits.faultSecondsMax
        else {
            throw .invalid(
                pointer: "/faults/\(name)", rule: "duration",
                expected: "an ISO 8601 duration of at most a day, such as PT10M")
        }
        return duration.seconds
    }
}
