import Contracts

/// A plan in one line for people: what will happen, or why nothing will.
enum Summary {
    static func text(_ plan: Plan) -> String {
        switch plan.outcome {
        case .clarify: plan.question ?? ""
        case .refuse: Refusal.sentence(plan.reason ?? "out_of_domain", plan.language)
        case .plan: plan.language == .chinese ? chinese(plan) : english(plan)
        }
    }

    private static func english(_ plan: Plan) -> String {
        var parts = plan.steps.map { step in
            words(step) + (step.scenario.map { " (ends with \($0))" } ?? "")
        }
        if plan.chaos != nil { parts.append("faults are set") }
        if plan.timeTravel != nil { parts.append("the clock moves") }
        if plan.webhook { parts.append("webhooks are delivered") }
        return parts.joined(separator: plan.isParallel ? " and " : ", then ") + "."
    }

    private static func chinese(_ plan: Plan) -> String {
        var parts = plan.steps.map { step in
            words(step) + (step.scenario.map { "（结果：\($0)）" } ?? "")
        }
        if plan.chaos != nil { parts.append("设置故障") }
        if plan.timeTravel != nil { parts.append("时钟前进") }
        if plan.webhook { parts.append("发送 webhook") }
        return parts.joined(separator: plan.isParallel ? "，同时 " : "，然后 ") + "。"
    }

    /// `create payment of 50.00 USD × 3`.
    private static func words(_ step: Plan.Step) -> String {
        var text = step.action.split(separator: "_").joined(separator: " ")
        if let amount = step.params["amount"]?.int, let currency = currency(step) {
            text += " \(decimal(Int(amount), Currency.minorUnits(currency))) \(currency.uppercased())"
        }
        if step.count > 1 { text += " × \(step.count)" }
        return text
    }

    private static func currency(_ step: Plan.Step) -> String? {
        let isBought = step.params["amount_side"]?.string == "buy"
        let names = ["currency", isBought ? "buy_currency" : "sell_currency"]
        return names.compactMap { step.params[$0]?.string }.first
    }

    private static func decimal(_ amount: Int, _ minor: Int) -> String {
        guard minor > 0 else { return String(amount) }
        var digits = String(amount)
        while digits.count <= minor { digits = "0" + digits }
        return "\(digits.dropLast(minor)).\(digits.suffix(minor))"
    }
}
