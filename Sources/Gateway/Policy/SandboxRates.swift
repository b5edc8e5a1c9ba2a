import Contracts

/// Limits that a sandbox sets on the calls to itself, beside those of its tenant: for all of them,
/// for a class, or for a part of an API. Each has a bucket of its own, which all callers share; a
/// call needs room in every one that means it.
struct SandboxRates: Sendable {
    /// The operations that a limit means.
    enum Class: String, Sendable {
        case all
        /// `GET` and `HEAD`.
        case reads
        /// Every other method.
        case writes

        func includes(_ method: String) -> Bool {
            let isRead = method == "GET" || method == "HEAD"
            return switch self {
            case .all: true
            case .reads: isRead
            case .writes: !isRead
            }
        }
    }

    struct Rate: Sendable {
        let name: String
        let calls: Class
        /// Nil for every path.
        let pattern: String?
        let limit: RateLimit

        /// As refusals and the RateLimit fields name it.
        var policy: String { SandboxRates.policyPrefix + name }
    }

    let rates: [Rate]

    static let policyPrefix = "sandbox."
    static let none = SandboxRates(rates: [])

    private init(rates: [Rate]) {
        self.rates = rates
    }

    /// Of the policy's member `rate_limits`, which has passed the platform's contract.
    init(_ document: JSONValue) throws(PolicyFault) {
        var rates: [Rate] = []
        for (index, entry) in (document.array ?? []).enumerated() {
            let place = "/rate_limits/\(index)"
            let name = entry["name"]?.string ?? ""
            guard !rates.contains(where: { $0.name == name }) else {
                throw PolicyFault(pointer: "\(place)/name", expected: "a name that no other limit has")
            }
            let pattern = entry["path"]?.string
            guard pattern.map(PathPattern.isValid) ?? true else {
                throw PolicyFault(pointer: "\(place)/path", expected: PathPattern.form)
            }
            let perSecond = Int(entry["rate_per_second"]?.int ?? 1)
            rates.append(
                Rate(
                    name: name, calls: entry["calls"]?.string.flatMap(Class.init) ?? .all,
                    pattern: pattern,
                    limit: RateLimit(perSecond: perSecond, burst: entry["burst"]?.int.map { Int($0) } ?? perSecond)))
        }
        self.rates = rates
    }

    /// The limits that mean a call. `path` begins with the contract's name.
    func rates(method: String, path: @autoclosure () -> String) -> [Rate] {
        guard !rates.isEmpty else { return [] }
        let path = path()
        return rates.filter { rate in
            rate.calls.includes(method)
                && (rate.pattern.map { PathPattern.matches($0, path) } ?? true)
        }
    }

    var document: JSONValue {
        .array(
            rates.map { rate in
                var entry: JSONValue = [
                    "name": .string(rate.name), "calls": .string(rate.calls.rawValue),
                ]
                if let pattern = rate.pattern { entry["path"] = .string(pattern) }
                entry["rate_per_second"] = .int(rate.limit.perSecond)
                entry["burst"] = .int(rate.limit.burst)
                return entry
            })
    }
}
