/// Faults that somebody asks for, as `X-Chaos` writes them:
///
///     latency=300ms, 5xx=2%
///     latency=lognormal(90ms,0.4), reset=1%, truncate;bytes=20, burst=5
///
///     specification = "off" / member *( "," member )
///     member        = name [ "=" value ] *( ";" parameter "=" value )
///
/// Every member draws for itself. Of several that would end the answer, the first in the order
/// written counts; `latency` and `dup` go together with any of them.
package struct ChaosSpecification: Sendable, Hashable {
    /// As it was written.
    package let text: String
    /// In the order written; empty for `off`.
    package let members: [ChaosMember]

    package init(_ text: String) throws(ChaosFault) {
        self.text = text
        var members: [ChaosMember] = []
        let parts = Self.split(text, at: UInt8(ascii: ","))
        guard parts.count <= Limits.chaosMembers else {
            throw ChaosFault(member: text, expected: "at most \(Limits.chaosMembers) members")
        }
        if parts == ["off"] {
            self.members = []
            return
        }
        for part in parts {
            let member = try ChaosMember(Self.split(part, at: UInt8(ascii: ";")))
            guard !members.contains(where: { $0.name == member.name }) else {
                throw ChaosFault(member: member.name, expected: "to stand once only")
            }
            members.append(member)
        }
        guard members.contains(where: { !$0.isBurst }) else {
            throw ChaosFault(member: "burst", expected: "a fault that comes in bursts beside it")
        }
        self.members = members
    }

    /// The text's parts without blanks around them; separators between parentheses do not count.
    private static func split(_ text: String, at separator: UInt8) -> [String] {
        var parts: [[UInt8]] = [[]]
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == separator, depth <= 0 {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts.map { ChaosText.trimmed(String(decoding: $0, as: UTF8.self)) }
    }
}

/// What is wrong with a specification: which member, and what it should be.
package struct ChaosFault: Error, Hashable, Sendable {
    /// The member as it was written, at most 64 characters.
    package let member: String
    package let expected: String

    init(member: String, expected: String) {
        self.member = String(member.prefix(64))
        self.expected = expected
    }
}
