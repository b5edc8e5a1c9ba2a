package import Access
import Contracts

/// A move of a sandbox's clock that is under way, as its head row keeps it: enough for anybody to
/// finish it after whoever began it was killed.
package struct ClockAdvance: Sendable, Hashable {
    /// Where the clock will stand.
    package let target: SandboxInstant
    /// Type of the event that ends it earlier, at the end of that instant; nil without.
    package let untilEvent: String?
    /// Whether the clock runs on from there.
    package let resumes: Bool

    package init(target: SandboxInstant, untilEvent: String? = nil, resumes: Bool) {
        self.target = target
        self.untilEvent = untilEvent
        self.resumes = resumes
    }

    var utf8: [UInt8] {
        JSONWriter.bytes([
            "target": .int(target.microseconds), "until_event": .string(orNull: untilEvent),
            "resumes": .bool(resumes),
        ])
    }

    /// Reads what ``utf8`` wrote.
    init(_ bytes: [UInt8]) {
        guard let document = try? JSONParser.parse(bytes), let target = document["target"]?.int,
            let resumes = document["resumes"]?.bool
        else { preconditionFailure("we wrote this column") }
        self.init(
            target: SandboxInstant(microseconds: target),
            untilEvent: document["until_event"]?.string, resumes: resumes)
    }
}
