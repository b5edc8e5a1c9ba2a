import Contracts

/// Plain words into a plan, by rules alone: the same text in the same context gives the same plan.
///
/// One stage after the other, each a function of what the one before gave: text → tokens → items
/// with values → phrases → clauses → frames → linked frames → checked, completed frames → plan.
package enum Planner {
    /// Never fails: what cannot be planned becomes a question or a refusal.
    package static func plan(_ request: String, context: PlannerContext = PlannerContext()) -> Plan
    {
        let text = NormalisedText(request)
        let tokens = Tokeniser.tokens(of: text)
        let language = Language(of: tokens)
        let matcher = Matcher(.standard, ValueReader.items(of: tokens, language))
        let matches = matcher.matches()
        let clauses = Clause.clauses(of: matcher.items, matches)
        var draft = FrameBuilder.draft(text, matcher.items, clauses)
        let reading = Reading(
            text: text, items: matcher.items, matches: matches, clauses: clauses, named: draft.named
        )

        var plan = answer(&draft, reading, language, context)
        plan.reading = reading.words(draft).compactMap { item, rule in
            rule.map { (reading.items[item].span, $0) }
        }
        plan.unread = reading.unread(draft)
        plan.notUnderstood = plan.unread.map(text.text)
        return plan
    }

    private static func answer(
        _ draft: inout Draft, _ reading: Reading, _ language: Language, _ context: PlannerContext
    ) -> Plan {
        if let reason = Refusal.ofAll(draft.refusals.map(\.reason)) {
            return refusal(reason, language)
        }
        let declined = reading.decline(&draft)
        if draft.frames.count > Limits.stepsMax { return question(["count"], language) }
        draft = context.named(in: Linker.linked(draft))
        guard draft.saysSomething else {
            return declined.isEmpty
                ? nothing(draft, reading, language) : refusal("out_of_domain", language)
        }
        let missing = ConstraintCheck.missing(draft, context)
        if !missing.isEmpty { return question(missing, language) }
        var plan = PlanWriter.plan(Prerequisites.added(to: draft), language, context)
        if plan.steps.count > Limits.stepsMax { return question(["count"], language) }
        plan.declined = declined
        return plan
    }

    private static func refusal(_ reason: String, _ language: Language) -> Plan {
        var plan = Plan(.refuse, language)
        plan.reason = reason
        return plan
    }

    private static func question(_ ask: [String], _ language: Language) -> Plan {
        var plan = Plan(.clarify, language)
        plan.ask = ask
        plan.question = Questions.question(ask, language)
        plan.choices = Questions.choices(ask)
        return plan
    }

    /// No step, no fault, no movement: either the domain's words without a wish, or another world.
    private static func nothing(_ draft: Draft, _ reading: Reading, _ language: Language) -> Plan {
        if let ask = reading.askOfFragment(draft) { return question([ask], language) }
        return refusal("out_of_domain", language)
    }
}

extension Draft {
    var saysSomething: Bool { !frames.isEmpty || !faults.isEmpty || !movements.isEmpty }
}
