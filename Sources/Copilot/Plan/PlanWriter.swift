import Contracts

/// Writes linked frames down as steps: amounts in minor units, indexes instead of references,
/// movements of the clock in their places.
struct PlanWriter {
    private let draft: Draft
    private let context: PlannerContext
    private var steps: [Plan.Step] = []
    private var places: [ObjectIdentifier: Int] = [:]
    /// Where the only movement stands, unless it is at the end.
    private var movedBefore: Int?

    static func plan(_ draft: Draft, _ language: Language, _ context: PlannerContext) -> Plan {
        var writer = PlanWriter(draft: draft, context: context)
        writer.writeSteps(language)
        var plan = Plan(.plan, language)
        plan.steps = writer.steps
        plan.isParallel = draft.isParallel
        plan.webhook =
            draft.wantsWebhook || draft.frames.contains { Self.touchesWebhooks.contains($0.action) }
        plan.chaos = draft.faults.isEmpty ? nil : draft.faults
        plan.timeTravel = writer.timeTravel
        plan.timeTravelBefore = writer.movedBefore
        return plan
    }

    private init(draft: Draft, context: PlannerContext) {
        (self.draft, self.context) = (draft, context)
    }

    private mutating func writeSteps(_ language: Language) {
        for (place, frame) in draft.frames.enumerated() {
            writeMovements(before: place)
            if draft.movements.count == 1, draft.movements[0].position == place {
                movedBefore = steps.count
            }
            let step = step(frame, language)
            if let last = steps.last, last.isRepeat(of: step), !draft.isReferenced(frame) {
                steps[steps.count - 1].count += step.count
                places[ObjectIdentifier(frame)] = steps.count - 1
                continue
            }
            places[ObjectIdentifier(frame)] = steps.count
            steps.append(step)
        }
        writeMovements(before: draft.frames.count)
    }

    private func step(_ frame: Frame, _ language: Language) -> Plan.Step {
        var step = Plan.Step(action: frame.action)
        step.params = params(frame, language)
        step.scenario = frame.scenario
        step.count = frame.count
        step.isAdded = frame.isAdded
        step.isNotAvailable = !(context.world?.canRun(step) ?? true)
        step.spans = frame.spans.sorted { $0.lowerBound < $1.lowerBound }
        step.rules = frame.rules
        if let condition = frame.condition, let place = places[ObjectIdentifier(condition.frame)] {
            step.condition = (place, condition.status)
            step.after = [place]
        } else if let follows = frame.entry.follows,
            let place = steps.lastIndex(where: { Self.makes(follows, $0.action) })
        {
            step.after = [place]
        }
        return step
    }

    private func params(_ frame: Frame, _ language: Language) -> JSONObject {
        var params = JSONObject()
        let entry = frame.entry
        if entry.money != .none, let amount = money(frame, language) {
            let isFX = entry.family == "fx"
            let currency =
                isFX ? (frame.params["sell_currency"]?.string ?? amount.currency) : amount.currency
            let side = frame.params["amount_side"]?.string == "buy" ? amount.currency : currency
            if let units = amount.quantity.minorUnits(Currency.minorUnits(side)) {
                params["amount"] = .int(units)
            }
            params[isFX ? "sell_currency" : "currency"] = .string(currency)
        }
        for member in frame.params.members
        where params[member.name] == nil && entry.params.contains(member.name) {
            params[member.name] = member.value
        }
        return params
    }

    /// The amount said, or one of the planner's choice: fifty of the currency named, else of the
    /// language's.
    private func money(_ frame: Frame, _ language: Language) -> (
        quantity: Quantity, currency: String
    )? {
        if let quantity = frame.amount?.quantity, let currency = frame.amount?.currency {
            return (quantity, currency)
        }
        // All of what is there already: its amount is not ours to say.
        let isOfKnown = frame.entry.follows.map { frame.params[$0] != nil } ?? false
        guard frame.entry.money == .always, !isOfKnown else { return nil }
        let currency =
            frame.amount?.currency ?? frame.params["currency"]?.string ?? frame.params[
                "sell_currency"]?.string
            ?? Linker.currencyOf(rail: frame.params["rail"]?.string) ?? draft.currencies.first
        return (Quantity(50), currency ?? (language == .chinese ? "cny" : "usd"))
    }

    // MARK: - Time

    private mutating func writeMovements(before place: Int) {
        guard draft.movements.count > 1 else { return }
        for movement in draft.movements where movement.position == place {
            var step = Plan.Step(action: "advance_time")
            if let length = movement.value.string {
                step.params["duration"] = .string(length)
            } else if let days = movement.value["business_days"] {
                step.params["business_days"] = days
            } else if let point = movement.value["to"] {
                step.params["until_event"] = point
            }
            step.spans = [movement.span]
            step.rules = ["plan.several_movements"]
            steps.append(step)
        }
    }

    /// The one movement, or the sum of several; of different kinds the last says where it ends.
    private var timeTravel: JSONValue? {
        let values = draft.movements.map(\.value)
        let lengths = values.compactMap(\.string).compactMap(Value.Span.init(iso8601:))
        if lengths.count == values.count, let first = lengths.first {
            return .string(lengths.dropFirst().reduce(first, +).iso8601)
        }
        let days = values.compactMap { $0["business_days"]?.int }
        if days.count == values.count, !days.isEmpty {
            return ["business_days": .int(days.reduce(0, +))]
        }
        return values.last
    }

    static func makes(_ name: String, _ action: String) -> Bool {
        switch name {
        case "payment":
            [
                "create_payment", "authorize_payment", "create_invoice",
                "create_card_authorization", "pay_invoice",
            ].contains(action)
        case "event": ["trigger_event", "create_webhook_endpoint"].contains(action)
        case "request": action == "replay_request"
        case "dispute": action == "create_dispute"
        default: action == "create_\(name)"
        }
    }

    private static let touchesWebhooks: Set<String> = [
        "create_webhook_endpoint", "update_webhook_endpoint", "replay_webhook",
        "requeue_dead_letters",
    ]
}

extension Draft {
    func isReferenced(_ frame: Frame) -> Bool { frames.contains { $0.condition?.frame === frame } }
}

extension Plan.Step {
    /// Equal in everything that a run sees.
    func isRepeat(of other: Plan.Step) -> Bool {
        action == other.action && params == other.params && scenario == other.scenario
            && isAdded == other.isAdded
            && condition?.step == other.condition?.step
            && condition?.status == other.condition?.status
            && after == other.after && count + other.count <= Limits.countMax
    }
}

extension Value.Span {
    /// Reads what ``iso8601`` writes.
    init?(iso8601 text: String) {
        guard text.first == "P" else { return nil }
        self.init()
        var number = ""
        var inTime = false
        for sign in text.dropFirst() {
            switch sign {
            case "T": inTime = true
            case "0"..."9", ".": number.append(sign)
            default:
                guard let amount = Double(number) else { return nil }
                number = ""
                switch (sign, inTime) {
                case ("Y", false): months += Int(amount) * 12
                case ("M", false): months += Int(amount)
                case ("W", false): milliseconds += Int(amount * 604_800_000)
                case ("D", false): milliseconds += Int(amount * 86_400_000)
                case ("H", true): milliseconds += Int(amount * 3_600_000)
                case ("M", true): milliseconds += Int(amount * 60_000)
                case ("S", true): milliseconds += Int(amount * 1_000)
                default: return nil
                }
            }
        }
    }
}
