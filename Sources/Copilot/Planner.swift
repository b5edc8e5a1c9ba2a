import Contracts

/// Plain words into a plan, by rules alone: the same text in the same context gives the same plan.
///
/// One stage after the other, each a function of what the one before gave: text → tokens → items
/// with values → phrases → clauses → frames → linked frames → checked, completed frames → plan.
package enum Planner {
    /// Never fails: what cannot be planned becomes a question or a refusal.
    package static func plan(_ request: String, context: PlannerContext = PlannerContext()) -> Plan {
        let text = NormalisedText(request)
        let tokens = Tokeniser.tokens(of: text)
        let language = Language(of: tokens)
        let matcher = Matcher(.standard, ValueReader.items(of: tokens, language))
        let matches = matcher.matches()
        let clauses = Clause.clauses(of: matcher.items, matches)
        var draft = FrameBuilder.draft(text, matcher.items, clauses)
        let reading = Reading(text: text, items: matcher.items, matches: matches, clauses: clauses, named: draft.named)

        let reasons = draft.refusals.map(\.reason)
        if let reason = Refusal.ofAll(reasons) { return refusal(reason, language) }
        let declined = reading.decline(&draft)
        draft = Linker.linked(draft)
        guard draft.saysSomething else {
            if !declined.isEmpty { return refusal("out_of_domain", language) }
            return nothing(draft, reading, language)
        }
        let missing = ConstraintCheck.missing(draft, context)
        if !missing.isEmpty { return question(missing, language, reading, draft) }
        var plan = PlanWriter.plan(Prerequisites.added(to: draft), language, context)
        plan.declined = declined
        plan.notUnderstood = reading.notUnderstood(draft)
        return plan
    }

    private static func refusal(_ reason: String, _ language: Language) -> Plan {
        var plan = Plan(.refuse, language)
        plan.reason = reason
        return plan
    }

    private static func question(_ ask: [String], _ language: Language, _ reading: Reading, _ draft: Draft) -> Plan {
        var plan = Plan(.clarify, language)
        plan.ask = ask
        plan.question = Questions.question(ask, language)
        plan.choices = Questions.choices(ask)
        plan.notUnderstood = reading.notUnderstood(draft)
        return plan
    }

    /// No step, no fault, no movement: either the domain's words without a wish, or another world.
    private static func nothing(_ draft: Draft, _ reading: Reading, _ language: Language) -> Plan {
        if let ask = reading.askOfFragment(draft) { return question([ask], language, reading, draft) }
        return refusal("out_of_domain", language)
    }
}

extension Draft {
    var saysSomething: Bool { !frames.isEmpty || !faults.isEmpty || !movements.isEmpty }
}
