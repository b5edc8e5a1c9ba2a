import Contracts

/// What stands between the frames and a plan: something that is missing or contradicts itself.
enum ConstraintCheck {
    /// The `ask` names of what is missing, most important first; empty if the plan can be made.
    static func missing(_ draft: Draft, _ context: PlannerContext) -> [String] {
        for check in [
            contradictions, unclearAmounts, unknownTargets, missingAmounts, missingCurrencies,
            missingParts,
        ] {
            let found = check(draft, context)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func contradictions(_ draft: Draft, _ context: PlannerContext) -> [String] {
        draft.frames.contains(where: \.contradicts) ? ["scenario"] : []
    }

    /// 1.500 euros are one and a half, or fifteen hundred; half a yen is nothing.
    private static func unclearAmounts(_ draft: Draft, _ context: PlannerContext) -> [String] {
        for frame in draft.frames {
            if frame.amount?.isUnknown == true { return ["amount"] }
            guard let quantity = frame.amount?.quantity else { continue }
            let minor = Currency.minorUnits(frame.amount?.currency ?? "usd")
            if quantity.isUnclear && minor != 3 || quantity.minorUnits(minor) == nil {
                return ["amount"]
            }
        }
        return []
    }

    /// A follow-up without what it follows.
    private static func unknownTargets(_ draft: Draft, _ context: PlannerContext) -> [String] {
        for (place, frame) in draft.frames.enumerated() {
            guard let name = frame.entry.follows, context.known[name] == nil else { continue }
            let earlier = draft.frames[..<place]
            let isNamed = targets(of: name).contains { frame.params[$0] != nil }
            if isNamed
                || earlier.contains(where: { PlanWriter.makes(name, $0.action) && !$0.pointsBack })
            {
                continue
            }
            if !frame.pointsBack, frame.scenario != nil || frame.count > 1 { continue }
            return [name]
        }
        return []
    }

    private static func targets(of name: String) -> [String] {
        switch name {
        case "event": ["event_id", "delivery_id", "which", "since"]
        case "request": ["request_id", "which"]
        default: [name]
        }
    }

    private static func missingAmounts(_ draft: Draft, _ context: PlannerContext) -> [String] {
        let namesOutcome = draft.frames.contains { $0.scenario != nil || $0.isSaidToSucceed }
        for frame in draft.frames
        where frame.entry.money == .always && frame.amount?.quantity == nil && !frame.isAdded {
            if frame.entry.follows != nil || namesOutcome || namesFlow(frame) { continue }
            return ["amount"]
                + (frame.amount?.currency == nil && frame.params["currency"] == nil
                    && Linker.currencyOf(rail: frame.params["rail"]?.string) == nil
                    && frame.params["sell_currency"] == nil ? ["currency"] : [])
        }
        return []
    }

    /// The kind of flow is the point, not the sum: a currency pair.
    private static func namesFlow(_ frame: Frame) -> Bool {
        frame.params["cross_currency"] != nil || frame.params["settlement_currency"] != nil
            || (frame.params["sell_currency"] != nil && frame.params["buy_currency"] != nil)
    }

    private static func missingCurrencies(_ draft: Draft, _ context: PlannerContext) -> [String] {
        for frame in draft.frames
        where frame.amount?.quantity != nil && frame.amount?.currency == nil { return ["currency"] }
        for frame in draft.frames
        where frame.entry.family == "fx" && frame.params["buy_currency"] == nil
            && frame.scenario == nil
        {
            return ["currency"]
        }
        return []
    }

    private static func missingParts(_ draft: Draft, _ context: PlannerContext) -> [String] {
        for frame in draft.frames {
            switch frame.action {
            case "send_sms", "send_whatsapp", "send_email", "create_call", "send_push":
                let isBare =
                    frame.params.isEmpty && frame.scenario == nil && frame.condition == nil
                    && frame.count == 1
                if isBare, draft.frames.count == 1, !frame.isSaidToSucceed, draft.faults.isEmpty {
                    return ["recipient", "body"]
                }
            case "create_webhook_endpoint": if frame.params["url"] == nil { return ["url"] }
            case "trigger_event":
                if frame.params["event_type"] == nil, frame.scenario == nil { return ["event"] }
            case "restore_checkpoint":
                if frame.params["checkpoint"] == nil { return ["checkpoint"] }
            default: continue
            }
        }
        return []
    }
}
