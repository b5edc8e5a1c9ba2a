import Contracts

extension FrameBuilder {
    /// An outcome in one word finds the step that it is said of.
    mutating func attach(_ outcome: String, _ happening: Happening, _ index: Int, _ clause: Clause)
    {
        if topic == "renewal", applyRenewal(outcome, happening) { return }
        if isMember, let current, scenario(outcome, current) != nil {
            return apply(happening, to: current)
        }
        if let current, scenario(outcome, current) != nil {
            if let next = actionAhead(index, clause), adjacent(happening, next),
                scenario(outcome, Frame(concrete(next.action!))) != nil,
                next.action != current.action
            {
                waiting.outcomes.append(happening)
                return
            }
            return apply(happening, to: current)
        }
        if let ahead = actionAhead(index, clause)?.action,
            scenario(outcome, Frame(concrete(ahead))) != nil
        {
            waiting.outcomes.append(happening)
            return
        }
        if let frame = draft.frames.last(where: { scenario(outcome, $0) != nil }) {
            if waiting.amount == nil || frame.amount == nil { return apply(happening, to: frame) }
        }
        waiting.outcomes.append(happening)
    }

    private func adjacent(_ happening: Happening, _ next: Happening) -> Bool {
        next.item - (happening.match?.end ?? happening.item) <= 2
    }

    private func scenario(_ outcome: String, _ frame: Frame) -> String? {
        if let topic, let found = OutcomeTable.scenario(outcome, topic: topic) {
            if found.isEmpty { return found }
            if let home = OutcomeTable.home(of: found), home.families.contains(frame.entry.family) {
                return found
            }
        }
        return OutcomeTable.scenario(outcome, of: frame)
    }

    /// Writes an outcome into a step, together with what was said of it before.
    mutating func apply(_ happening: Happening, to frame: Frame) {
        if case .scenario(let name)? = happening.meaning {
            return write(name, false, happening, frame)
        }
        guard let outcome = happening.outcome, let name = scenario(outcome, frame) else { return }
        frame.note(span(happening), rule(happening))
        let isGeneric = OutcomeTable.generic.contains(outcome) && topic == nil
        if let known = frame.scenario, let both = OutcomeTable.combined(known, outcome) {
            frame.scenario = both
            return
        }
        if name.isEmpty {
            if frame.scenario != nil, frame.isScenarioGeneric, outcome == "ok",
                frame.entry.family != "kyc"
            {
                frame.contradicts = true
            }
            frame.isSaidToSucceed = true
        } else {
            if frame.isSaidToSucceed, isGeneric, ["fail", "decline"].contains(outcome) {
                frame.contradicts = true
            }
            write(name, isGeneric, happening, frame)
        }
    }

    private func write(_ name: String, _ isGeneric: Bool, _ happening: Happening, _ frame: Frame) {
        frame.note(span(happening), rule(happening))
        if let known = frame.scenario {
            let opposite: Set<String> = ["dispute_won", "dispute_lost"]
            if opposite.isSuperset(of: [known, name]), known != name { frame.contradicts = true }
            if isGeneric || !frame.isScenarioGeneric { return replaceIfMoreExact(name, frame) }
        }
        (frame.scenario, frame.isScenarioGeneric) = (name, isGeneric)
    }

    /// Of two named causes the first stands, unless the second is a code of the scheme, or the first
    /// is only a part of the second.
    private func replaceIfMoreExact(_ name: String, _ frame: Frame) {
        guard let known = frame.scenario else { return }
        if known == "three_ds_challenge_succeeded", name != known, name.hasPrefix("three_ds") {
            frame.scenario = name
        }
        if known == "three_ds_challenge_succeeded",
            ["card_declined", "insufficient_funds", "do_not_honor"].contains(name)
        {
            frame.scenario = "three_ds_succeeded_then_declined"
        }
        let codes = [
            "ach_return_", "ach_noc", "sepa_return_", "bacs_return_", "carrier_error_",
            "message_rejected",
        ]
        if codes.contains(where: name.hasPrefix), codes.contains(where: known.hasPrefix),
            name != known, !frame.hasCode
        {
            frame.scenario = name
        }
    }

    /// A scenario by its own name, or by a phrase that means only it.
    mutating func attachScenario(
        _ name: String, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        if name == "code_" { return numberedCode(happening) }
        guard let home = OutcomeTable.home(of: name) else { return }
        if let frame = current, takes("block_reason", frame) {
            if name == "lost_card" { return put("block_reason", "lost", happening, frame) }
            if name == "stolen_card" { return put("block_reason", "stolen", happening, frame) }
            if name.hasPrefix("fraud") {
                return put("block_reason", "suspected_fraud", happening, frame)
            }
        }
        let fits = { (frame: Frame) in home.families.contains(frame.entry.family) }
        if let current, fits(current) { return write(name, false, happening, current) }
        if let ahead = actionAhead(index, clause)?.action, fits(Frame(concrete(ahead))) {
            waiting.outcomes.append(happening)
            return
        }
        if let frame = draft.frames.last(where: { fits($0) && $0.scenario == nil })
            ?? draft.frames.last(where: fits)
        {
            if waiting.amount == nil { return write(name, false, happening, frame) }
        }
        let frame = Frame(home.action)
        frame.isImplied = true
        begin(frame)
        write(name, false, happening, frame)
    }

    /// `R01`, `AC04`: the transfer's return, its correction, or the reason of a recall.
    mutating func schemeCode(_ code: String, _ happening: Happening) {
        if let frame = draft.frames.last(where: { $0.entry.params.contains("recall_reason") }),
            frame.params["recall_reason"] == nil
        {
            return put("recall_reason", .string(code), happening, frame)
        }
        let known = draft.frames.last { $0.entry.family == "transfer" }
        let frame = if let known { known } else { impliedTransfer() }
        let prefix =
            code.count == 4 ? "sepa_return_" : code.hasPrefix("C") ? "ach_noc_" : "ach_return_"
        (frame.scenario, frame.isScenarioGeneric, frame.hasCode) = (prefix + code, false, true)
        frame.note(span(happening), rule(happening))
        waiting.outcomes = []
    }

    private mutating func impliedTransfer() -> Frame {
        if let frame = draft.frames.last(where: { $0.action == "create_payment" }) {
            frame.action = "create_transfer"
            return frame
        }
        let frame = Frame("create_transfer")
        begin(frame)
        return frame
    }

    /// "code 51", "error 30003": what a number means depends on who answers with it.
    private mutating func numberedCode(_ happening: Happening) {
        guard case .number(let number)? = happening.match?.values.first, let code = number.whole
        else { return }
        if takeMessageCode(number, happening) { return }
        if let frame = draft.frames.last(where: {
            takes("network_reason_code", $0) || $0.entry.family == "code"
        }) {
            let key = frame.entry.family == "code" ? "code" : "network_reason_code"
            return put(key, .string(text.text(items[happening.match!.end].span)), happening, frame)
        }
        if let frame = draft.frames.last(where: { $0.params["rail"] == "bacs" }) {
            return write("bacs_return_\(code)", false, happening, frame)
        }
        if let name = Self.cardCodes[code],
            let frame = draft.frames.last(where: { $0.entry.family == "payment" })
        {
            write(name, false, happening, frame)
        }
    }

    /// Five digits beside a message: a carrier's or the platform's error.
    mutating func takeMessageCode(_ number: Quantity, _ happening: Happening) -> Bool {
        guard let code = number.whole, (20_000..<70_000).contains(code),
            let frame = draft.frames.last(where: { ["sms", "whatsapp"].contains($0.entry.family) })
        else { return false }
        frame.hasCode = true
        frame.scenario = code < 30_000 ? "message_rejected_\(code)" : "carrier_error_\(code)"
        frame.note(span(happening), rule(happening))
        return true
    }

    /// ISO 8583 field 39.
    private static let cardCodes = [
        1: "call_issuer", 4: "pickup_card", 5: "do_not_honor", 13: "invalid_amount",
        14: "incorrect_number", 41: "lost_card",
        43: "stolen_card", 51: "insufficient_funds", 54: "expired_card", 55: "incorrect_pin",
        57: "transaction_not_allowed",
        59: "fraud_suspected", 61: "card_velocity_exceeded", 62: "restricted_card",
        63: "security_violation",
        65: "card_velocity_exceeded", 75: "pin_try_exceeded", 91: "issuer_not_available",
        94: "duplicate_transaction",
        96: "processing_error",
    ]

    private mutating func applyRenewal(_ outcome: String, _ happening: Happening) -> Bool {
        guard let frame = draft.frames.last(where: { $0.entry.family == "subscription" }) ?? current
        else { return false }
        switch outcome {
        case "fail", "decline", "no_funds":
            frame.scenario =
                ordinal?.0 == 2
                ? "second_renewal_fails" : ordinal?.0 == 3 ? "third_renewal_fails" : "renewal_fails"
        case "recover": frame.scenario = "renewal_recovers"
        case "ok":
            frame.scenario =
                frame.scenario == "renewal_fails" && (ordinal?.0 ?? 2) > 1
                ? "renewal_recovers" : frame.scenario
        default: return false
        }
        frame.note(span(happening), rule(happening))
        if let (_, item) = ordinal { frame.note(items[item].span) }
        return true
    }
}
