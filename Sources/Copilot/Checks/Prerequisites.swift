import Contracts

/// Steps that a run needs and the text takes for granted, marked as added.
enum Prerequisites {
    static func added(to draft: Draft) -> Draft {
        var draft = draft
        for frame in draft.frames where !frame.isAdded {
            guard let needed = needed(for: frame),
                let place = draft.frames.firstIndex(where: { $0 === frame }),
                !draft.frames[..<place].contains(where: {
                    PlanWriter.makes(needed.name, $0.action) || $0.action == needed.action
                })
            else { continue }
            let extra = Frame(needed.action)
            extra.isAdded = true
            extra.rules = ["prerequisite.\(needed.name)_for_\(frame.action)"]
            extra.spans = frame.spans
            extra.amount =
                needed.action == "create_dispute" || frame.amount?.quantity == nil
                ? nil : frame.amount
            extra.condition = frame.condition
            draft.shiftMovements(from: place)
            draft.frames.insert(extra, at: place)
        }
        return draft
    }

    private static func needed(for frame: Frame) -> (name: String, action: String)? {
        if frame.entry.params.contains("customer"), frame.params["customer"] == nil,
            frame.entry.family == "kyc", frame.action == "create_kyc_check"
        {
            return ("customer", "create_customer")
        }
        if frame.action == "check_verification" { return ("verification", "create_verification") }
        switch frame.entry.follows {
        case "payment"? where frame.params["payment"] == nil:
            return (
                "payment",
                frame.entry.family == "capture" || frame.action == "cancel_payment"
                    ? "authorize_payment" : "create_payment"
            )
        case "dispute"? where frame.params["dispute"] == nil: return ("dispute", "create_dispute")
        case "transfer"? where frame.params["transfer"] == nil:
            return ("transfer", "create_transfer")
        default: return nil
        }
    }
}

extension Draft {
    mutating func shiftMovements(from place: Int) {
        movements = movements.map { movement in
            movement.position <= place
                ? movement
                : Movement(
                    value: movement.value, position: movement.position + 1, span: movement.span)
        }
    }
}
