import Tenancy

/// What the draws for one call came to.
package struct ChaosPlan: Sendable, Hashable {
    package struct Fault: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            case status(Int)
            case reset
            case timeout(hold: Duration)
            case truncate(bytes: Int?)
            case slowBody(bytesPerSecond: Int)
        }

        /// The member's name, e.g. `5xx`.
        package let name: String
        package let kind: Kind
        package let phase: ChaosMember.Phase
    }

    package private(set) var latency = Duration.zero
    package private(set) var isDuplicated = false
    package private(set) var fault: Fault?

    /// The plan for the call that the fault counter counted as `count`, from 1.
    package init(
        _ specification: ChaosSpecification, seed: Int64, operation: String, count: Int64
    ) {
        let block = specification.blockCalls.map { (count - 1) / $0 } ?? count
        for member in specification.members {
            var draws = Draws(
                seed: seed, operation: operation,
                canonicalRequest: Array("chaos \(member.name) \(block)".utf8))
            guard draws.chance(millionths: member.rate.millionths) else { continue }
            switch member.kind {
            case .latency(let latency):
                // Times vary from call to call, also within a burst.
                draws = Draws(
                    seed: seed, operation: operation,
                    canonicalRequest: Array("chaos latency \(count)".utf8))
                self.latency = latency.drawn(&draws)
            case .duplicate: isDuplicated = true
            case .burst: break
            case .status, .reset, .timeout, .truncate, .slowBody:
                fault = fault ?? Fault(member, &draws)
            }
        }
    }

    /// Nothing goes wrong with this call.
    package var isQuiet: Bool { latency == .zero && !isDuplicated && fault == nil }

    /// What `X-Sbx-Simulated` says, one text a fault.
    package var names: [String] {
        var names: [String] = []
        if latency > .zero {
            names.append("chaos=latency; milliseconds=\(Int(latency.inMilliseconds))")
        }
        if isDuplicated { names.append("chaos=dup") }
        if let fault {
            names.append("chaos=\(fault.name)\(fault.details); phase=\(fault.phase.rawValue)")
        }
        return names
    }
}

extension ChaosPlan.Fault {
    fileprivate init?(_ member: ChaosMember, _ draws: inout Draws) {
        switch member.kind {
        case .latency, .duplicate, .burst: return nil
        case .status(let statuses):
            kind = .status(statuses[Int(draws.below(UInt64(statuses.count)))])
        case .reset: kind = .reset
        case .timeout(let hold): kind = .timeout(hold: hold)
        case .truncate(let bytes): kind = .truncate(bytes: bytes)
        case .slowBody(let pace): kind = .slowBody(bytesPerSecond: pace)
        }
        name = member.name
        phase = member.phase
    }

    fileprivate var details: String {
        switch kind {
        case .status(let status): "; status=\(status)"
        case .reset: ""
        case .timeout(let hold): "; hold_milliseconds=\(Int(hold.inMilliseconds))"
        case .truncate(let bytes): bytes.map { "; bytes=\($0)" } ?? ""
        case .slowBody(let pace): "; bytes_per_second=\(pace)"
        }
    }
}

extension ChaosSpecification {
    fileprivate var blockCalls: Int64? {
        for member in members {
            if case .burst(let calls) = member.kind { return Int64(calls) }
        }
        return nil
    }
}
