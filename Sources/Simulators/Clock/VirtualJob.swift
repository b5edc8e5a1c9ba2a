package import Access
package import Contracts
package import Tenancy

/// Something that happens in a contract's world at a time of every business day, whoever calls:
/// the end-of-day batch, settlement. As a timer it carries its calendar along and sets itself again.
package struct VirtualJob: Sendable, Hashable {
    package let contract: String
    /// Names the job in the contract, and is its timer's kind.
    package let kind: String
    package let calendar: BusinessCalendar
    /// There, in the calendar's zone.
    package let time: LocalTime

    /// The type of object that timers of jobs name; no such objects exist.
    package static let timerType = "job"

    package init(contract: String, kind: String, calendar: BusinessCalendar, time: LocalTime) {
        self.contract = contract
        self.kind = kind
        self.calendar = calendar
        self.time = time
    }

    /// Reads `{"kind", "calendar", "time"}`; nil for anything else.
    package init?(_ document: JSONValue, contract: String) {
        guard let kind = document["kind"]?.string,
            let calendar = document["calendar"]?.string.flatMap(BusinessCalendar.init),
            let time = document["time"]?.string.flatMap({ LocalTime($0) })
        else { return nil }
        self.init(contract: contract, kind: kind, calendar: calendar, time: time)
    }

    /// The job that a timer stands for; nil for timers of objects.
    package init?(_ timer: WorldTimer) {
        guard timer.type == Self.timerType, let payload = try? JSONParser.parse(timer.payload) else {
            return nil
        }
        self.init(payload, contract: timer.contract)
    }

    package var document: JSONValue {
        [
            "kind": .string(kind), "calendar": .string(calendar.rawValue),
            "time": .string(time.text),
        ]
    }

    /// Its first timer after an instant.
    package func timer(after instant: SandboxInstant) -> WorldTimer {
        WorldTimer(
            id: "job:\(contract):\(kind)", dueAt: calendar.next(time, after: instant),
            contract: contract, type: Self.timerType, entityID: kind, kind: kind,
            payload: JSONWriter.bytes(document))
    }
}
