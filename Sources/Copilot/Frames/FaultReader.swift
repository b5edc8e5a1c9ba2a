import Contracts

/// Faults are settings of the sandbox, not steps: a clause about calls in general fills `chaos`.
enum FaultReader {
    /// Whether the clause speaks of faults; if so, they are written into the draft.
    static func take(_ clause: Clause, _ items: [Item], _ draft: inout Draft) -> Bool {
        let cues = Set(clause.happenings.compactMap(\.cue))
        let reading = Reading(clause, items)
        let hasFault = cues.contains { $0.hasPrefix("fault.") }
        let isRate =
            (reading.rate != nil || reading.every != nil)
            && (reading.fails || cues.contains("calls"))
        let goesOn =
            !draft.faults.isEmpty && draft.frames.isEmpty
            && (reading.status != nil || reading.fails || cues.contains("calls"))
        let isStatus =
            cues.contains("calls") && reading.status != nil
            && !clause.happenings.contains { $0.action != nil }
        guard hasFault || isRate || goesOn || isStatus, !reading.hasMoney, !reading.isAboveOne
        else { return false }
        reading.write(cues, &draft.faults)
        if cues.contains(where: { $0.hasPrefix("fault.webhook") })
            || cues.contains("webhook") && hasFault
        {
            draft.wantsWebhook = true
        }
        if cues.contains("no_webhook") { draft.wantsWebhook = false }
        draft.spans += clause.happenings.filter { $0.value != nil }.map { items[$0.item].span }
        draft.rules += clause.happenings.compactMap { $0.match?.phrase.id }
        return true
    }

    /// The values of one clause.
    private struct Reading {
        var rate: Quantity?
        var every: Int?
        var status: Int?
        var lengths: [Value.Span] = []
        var count: Int?
        var kilobits: Int?
        var fails = false
        var timesOut = false
        var hasMoney = false
        var areas: [(key: String, value: String)] = []

        /// A share of the calls above all of them.
        var isAboveOne: Bool {
            guard let rate, let one = Quantity.power(rate.scale) else { return false }
            return rate.digits > one
        }

        init(_ clause: Clause, _ items: [Item]) {
            for happening in clause.happenings {
                switch happening.value {
                case .rate(let share)?: rate = share
                case .number(let number)?: take(number.whole ?? 0)
                case .duration(let length)?: lengths.append(length)
                case .count(let n)?: count = n
                case .money?: hasMoney = true
                case .identifier(let path)? where path.first == "/": areas.append(("path", path))
                default: break
                }
                switch happening.outcome {
                case "timeout"?:
                    timesOut = true
                    fails = true
                case "fail"?, "decline"?, "error"?: fails = true
                default: break
                }
                if case .set(let key, let name)? = happening.meaning,
                    key == "api" || key == "method"
                {
                    areas.append((key, name))
                }
                if happening.cue != "every_n", happening.match?.phrase.meaning.isFact == true {
                    for case .number(let number) in happening.match?.values ?? [] {
                        take(number.whole ?? 0)
                    }
                }
                if happening.cue == "every_n", case .number(let n)? = happening.match?.values.first
                {
                    every = n.whole
                }
                if happening.cue == "every_n", case .ordinal(let n)? = happening.match?.values.first
                {
                    every = n
                }
                if happening.cue == "every_n", case .count(let n)? = happening.match?.values.first {
                    every = n
                }
                if happening.cue == "every_other" { every = 2 }
                if happening.cue == "half" { rate = Quantity(5, scale: 1) }
            }
        }

        private mutating func take(_ number: Int) {
            if (400..<600).contains(number) {
                status = number
                fails = true
            } else if number > 0 {
                kilobits = number
            }
        }

        func write(_ cues: Set<String>, _ faults: inout JSONObject) {
            if cues.contains("fault.off"), lengths.isEmpty, rate == nil {
                faults["off"] = true
                return
            }
            let share = JSONValue.number(JSONNumber(decimal(rate ?? Quantity(1)))!)
            for (cue, key) in Self.rates where cues.contains(cue) { faults[key] = share }
            if cues.contains("fault.latency") || cues.contains("fault.webhook_delay") {
                writeLatency(cues, &faults)
            }
            if cues.contains("fault.bandwidth"), let kilobits {
                faults["bandwidth_kbps"] = .int(kilobits)
            }
            if cues.contains("fault.webhook_duplicates") {
                faults["webhook_duplicates"] = .int(count ?? kilobits ?? 2)
            }
            if cues.contains("fault.webhook_reorder") { faults["webhook_reorder"] = true }
            if cues.contains("fault.retry_after") { faults["retry_after"] = true }
            writeErrors(cues, share, &faults)
            for (key, value) in areas {
                var match = faults["match"] ?? .object(JSONObject())
                match[key] = .string(value)
                faults["match"] = match
            }
            let ends = cues.contains("fault.for") || !cues.contains("fault.latency")
            if ends,
                let length = cues.contains("fault.latency")
                    ? lengths.dropFirst().last : lengths.last, !cues.contains("fault.webhook_delay")
            {
                faults["duration"] = .string(length.iso8601)
            }
        }

        private func writeLatency(_ cues: Set<String>, _ faults: inout JSONObject) {
            guard let first = lengths.first else { return }
            if cues.contains("fault.webhook_delay") {
                faults["webhook_delay_ms"] = .int(first.milliseconds)
                return
            }
            if lengths.count > 1, cues.contains("between") {
                faults["latency_ms"] = [
                    "min": .int(first.milliseconds), "max": .int(lengths[1].milliseconds),
                ]
            } else if let kilobits, cues.contains("between") {
                let unit = first.milliseconds >= 1000 && kilobits < 60 ? 1000 : 1
                faults["latency_ms"] = [
                    "min": .int(kilobits * unit), "max": .int(first.milliseconds),
                ]
            } else {
                faults["latency_ms"] = .int(first.milliseconds)
            }
        }

        private func writeErrors(
            _ cues: Set<String>, _ share: JSONValue, _ faults: inout JSONObject
        ) {
            let other = Self.rates.contains { cues.contains($0.cue) }
            if timesOut, !other {
                faults["timeout_rate"] = share
                return
            }
            let isError =
                fails && !other || cues.contains("fault.down") || cues.contains("fault.4xx")
                || cues.contains("fault.5xx")
            guard isError else { return }
            if let status { faults["error_status"] = .int(status) }
            if cues.contains("fault.4xx") { faults["error_class"] = "4xx" }
            if cues.contains("fault.5xx") { faults["error_class"] = "5xx" }
            if let every {
                faults["error_every"] = .int(every)
            } else if faults["error_rate"] == nil || rate != nil {
                faults["error_rate"] = share
            }
        }

        private func decimal(_ share: Quantity) -> String {
            var digits = String(share.digits)
            while digits.count <= share.scale { digits = "0" + digits }
            var text =
                share.scale == 0
                ? digits : "\(digits.dropLast(share.scale)).\(digits.suffix(share.scale))"
            if share.scale > 0 {
                while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
            }
            return text
        }

        private static let rates: [(cue: String, key: String)] = [
            ("fault.reset", "connection_reset_rate"), ("fault.truncate", "truncate_rate"),
            ("fault.slow_body", "slow_body_rate"),
            ("fault.malformed", "malformed_body_rate"), ("fault.webhook_drop", "webhook_drop_rate"),
            ("fault.timeout", "timeout_rate"),
        ]
    }
}
