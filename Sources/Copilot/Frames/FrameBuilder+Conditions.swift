import Contracts

extension FrameBuilder {
    /// "If the check is approved": the step it speaks of, and how it must have ended.
    mutating func readCondition(_ clause: Clause) {
        let follower = clause.followsPause ? nil : last
        condition = nil
        var outcome: Happening?
        var isNegated = clause.has("not")
        var subject: Frame?
        for (index, happening) in clause.happenings.enumerated() {
            if let action = happening.action, happening.isThing || subject == nil {
                let action = ["cancel", "retry"].contains(action) ? "create_payment" : action
                let family = ActionCatalogue.entry(action).family
                subject = draft.frames.last { $0.action == action || $0.entry.family == family }
                if subject == nil {
                    let frame = Frame(action)
                    frame.note(span(happening), rule(happening))
                    begin(frame, before: follower)
                    subject = frame
                    current = frame
                }
            } else if happening.outcome != nil || happening.scenarioName != nil {
                outcome = happening
            } else if let value = happening.value {
                take(value, happening, index, clause)
                if subject == nil { subject = current }
            } else if case .set? = happening.meaning, let match = happening.match {
                take(match, happening, index, clause)
            } else if let cue = happening.cue, cue != "not" {
                follow(cue, happening, index, clause)
            }
        }
        if outcome?.outcome == "not_ok" { isNegated = true }
        let referent = subject ?? draft.frames.last { $0 !== follower } ?? last
        guard let referent else { return }
        let status = Self.status(outcome, referent, isNegated)
        let found = Frame.Condition(frame: referent, status: status)
        if let follower, follower !== referent {
            follower.condition = found
        } else {
            condition = found
        }
        if let outcome { referent.note(span(outcome), rule(outcome)) }
        draft.clausesUsed.insert(clauseIndex)
    }

    /// "if not", "otherwise": the other way round.
    mutating func turnCondition() {
        guard let known = condition ?? draft.frames.last(where: { $0.condition != nil })?.condition
        else { return }
        condition = Frame.Condition(
            frame: known.frame, status: Self.opposite[known.status] ?? "failed")
    }

    private static func status(_ outcome: Happening?, _ frame: Frame, _ isNegated: Bool) -> String {
        let isCheck = ["kyc", "kyb", "kyc_review", "kyb_review"].contains(frame.entry.family)
        let isMessage = ["sms", "email", "whatsapp", "push"].contains(frame.entry.family)
        let good =
            isCheck
            ? "approved"
            : isMessage ? "delivered" : frame.entry.family == "dispute" ? "won" : "succeeded"
        let bad =
            isCheck
            ? "not_approved"
            : isMessage ? "not_delivered" : frame.entry.family == "dispute" ? "lost" : "failed"
        let name = outcome?.outcome ?? "fail"
        let status: String
        switch name {
        case "ok", "win": status = good
        case "expire", "too_late": status = isCheck ? bad : "expired"
        case "pending": status = "pending"
        case "decline": status = frame.entry.family == "payment" ? "declined" : bad
        case "lose": status = "lost"
        default: status = bad
        }
        return isNegated ? (opposite[status] ?? bad) : (outcome == nil ? good : status)
    }

    private static let opposite = [
        "approved": "not_approved", "not_approved": "approved", "succeeded": "failed",
        "failed": "succeeded",
        "declined": "succeeded", "delivered": "not_delivered", "not_delivered": "delivered",
        "won": "lost",
        "lost": "won", "expired": "succeeded", "pending": "succeeded",
    ]
}

extension Happening {
    var scenarioName: String? {
        if case .scenario(let name)? = meaning { name } else { nil }
    }
}
