import Contracts

/// One member of a specification: a fault, how often it happens, and when.
package struct ChaosMember: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case latency(ChaosLatency)
        /// An error of the contract with one of these statuses.
        case status([Int])
        /// The connection is reset.
        case reset
        /// Nothing comes; the connection ends after so long.
        case timeout(hold: Duration)
        /// The head promises the whole body, so many bytes of it come; nil stands for half.
        case truncate(bytes: Int?)
        case slowBody(bytesPerSecond: Int)
        /// The call happens twice, as behind a proxy that repeats it; the second answer counts.
        case duplicate
        /// So many calls in a row share their draws: as many faults as without, but together.
        case burst(calls: Int)
    }

    /// Whether the call has its effect before the fault.
    package enum Phase: String, Sendable {
        /// Nothing is stored.
        case before
        /// The effect is kept, the answer is lost or spoilt.
        case after
    }

    /// As written, e.g. `5xx`; also the rule that draws.
    package let name: String
    package let kind: Kind
    package let rate: ChaosRate
    package let phase: Phase

    var isBurst: Bool { if case .burst = kind { true } else { false } }

    /// `parts`: `name` or `name=value`, then `parameter=value` each.
    init(_ parts: [String]) throws(ChaosFault) {
        let (name, value) = Self.pair(parts[0])
        var parameters = try ChaosParameters(parts.dropFirst(), of: name)
        let kind: Kind
        var rate = ChaosRate.always
        switch name {
        case "latency": kind = .latency(try ChaosLatency(value ?? "", member: parts[0]))
        case "burst":
            let calls = value == nil ? Limits.chaosBurstDefault : ChaosText.count(value ?? "")
            guard let calls, Limits.chaosBurst.contains(calls) else {
                throw ChaosFault(
                    member: parts[0],
                    expected: "burst=n with n calls from \(Limits.chaosBurst.lowerBound) to \(Limits.chaosBurst.upperBound)")
            }
            kind = .burst(calls: calls)
        default:
            kind = try Self.fault(name, &parameters)
            if let value { rate = try ChaosRate(value, member: parts[0]) }
        }
        phase = try Self.phase(of: kind, name, &parameters)
        try parameters.allTaken()
        self.name = name
        self.kind = kind
        self.rate = rate
    }

    private static func fault(
        _ name: String, _ parameters: inout ChaosParameters
    ) throws(ChaosFault) -> Kind {
        switch name {
        // What a client may well repeat: timed out, in conflict, too many.
        case "4xx": return .status([408, 409, 429])
        case "5xx": return .status([500, 502, 503, 504])
        case "reset": return .reset
        case "timeout":
            return .timeout(
                hold: try parameters.duration("hold", max: Limits.chaosHoldMax)
                    ?? Limits.chaosHoldDefault)
        case "truncate":
            return .truncate(bytes: try parameters.count("bytes", in: Limits.chaosTruncateBytes))
        case "slow_body":
            let pace = try parameters.count("bytes_per_second", in: Limits.chaosBytesPerSecond)
            return .slowBody(bytesPerSecond: pace ?? Limits.chaosBytesPerSecondDefault)
        case "dup": return .duplicate
        default:
            if name.utf8.count == 3, let status = ChaosText.count(name), (400...599).contains(status) {
                return .status([status])
            }
            throw ChaosFault(member: name, expected: expectedName(name))
        }
    }

    private static func phase(
        of kind: Kind, _ name: String, _ parameters: inout ChaosParameters
    ) throws(ChaosFault) -> Phase {
        switch kind {
        case .latency, .duplicate, .burst: return .before
        case .status: return try parameters.phase(or: .before)
        case .reset, .timeout: return try parameters.phase(or: .after)
        case .truncate, .slowBody:
            guard try parameters.phase(or: .after) == .after else {
                throw ChaosFault(
                    member: "\(name);phase=before", expected: "phase=after: there is no body before")
            }
            return .after
        }
    }

    private static func expectedName(_ name: String) -> String {
        let names = [
            "latency", "4xx", "5xx", "reset", "timeout", "truncate", "slow_body", "dup", "burst",
        ]
        let all = "one of \(names.joined(separator: ", ")), a status from 400 to 599, or off alone"
        return nearestName(to: name, among: names).map { "\($0)? It is \(all)" } ?? all
    }

    static func pair(_ text: String) -> (name: String, value: String?) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = halves.count == 2 ? ChaosText.trimmed(String(halves[1])) : nil
        return (ChaosText.trimmed(String(halves[0])), value)
    }
}

/// The parameters of a member, taken one by one; what is left over is a fault.
struct ChaosParameters {
    private let member: String
    private var values: [(name: String, value: String)] = []

    init(_ parts: ArraySlice<String>, of member: String) throws(ChaosFault) {
        self.member = member
        for part in parts {
            let (name, value) = ChaosMember.pair(part)
            guard let value, !name.isEmpty, !values.contains(where: { $0.name == name }) else {
                throw ChaosFault(
                    member: "\(member);\(part)", expected: "parameters as name=value, each once")
            }
            values.append((name, value))
        }
    }

    mutating func phase(or standard: ChaosMember.Phase) throws(ChaosFault) -> ChaosMember.Phase {
        guard let value = take("phase") else { return standard }
        guard let phase = ChaosMember.Phase(rawValue: value) else {
            throw ChaosFault(member: "\(member);phase=\(value)", expected: "phase=before or phase=after")
        }
        return phase
    }

    mutating func duration(_ name: String, max: Duration) throws(ChaosFault) -> Duration? {
        guard let value = take(name) else { return nil }
        return try ChaosText.duration(value, max: max, member: "\(member);\(name)=\(value)")
    }

    mutating func count(_ name: String, in range: ClosedRange<Int>) throws(ChaosFault) -> Int? {
        guard let value = take(name) else { return nil }
        guard let count = ChaosText.count(value), range.contains(count) else {
            throw ChaosFault(
                member: "\(member);\(name)=\(value)",
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }

    func allTaken() throws(ChaosFault) {
        guard let left = values.first else { return }
        throw ChaosFault(
            member: "\(member);\(left.name)=\(left.value)",
            expected: "no such parameter: timeout takes hold, truncate bytes, slow_body bytes_per_second, faults of an answer phase")
    }

    private mutating func take(_ name: String) -> String? {
        guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
        return values.remove(at: index).value
    }
}
