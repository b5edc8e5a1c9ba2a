import Contracts

extension FrameBuilder {
    mutating func take(_ value: Value, _ happening: Happening, _ index: Int, _ clause: Clause) {
        switch value {
        case .money(let quantity, let currency):
            draft.currencies.append(currency)
            money(Frame.Amount(quantity: quantity, currency: currency), happening, index, clause)
        case .number(let quantity): number(quantity, happening, index, clause)
        case .count(let count): self.count(count, happening, index, clause)
        case .ordinal(let ordinal): select(ordinal, happening, index, clause)
        case .rate(let share): rate(share, happening, index, clause)
        case .duration(let length): time(.string(length.iso8601), happening, clause)
        case .businessDays(let days): time(["business_days": .int(days)], happening, clause)
        case .date(let date): self.date(date, happening, clause)
        case .code(let code): schemeCode(code, happening)
        case .clock(let hour): hourOfDay(hour, happening)
        case .currency(let code): currency(code, happening, index, clause)
        case .phone(let text): place(text, ["to", "phone", "from"], happening, index, clause)
        case .email(let text): place(text, ["to", "email"], happening, index, clause)
        case .url(let text): url(text, happening)
        case .identifier(let text): identifier(text, happening, index, clause)
        case .quoted(let text):
            place(
                text, ["body", "label", "name", "business_name", "note", "description", "subject"],
                happening, index, clause)
        }
    }

    // MARK: - Amounts

    mutating func money(
        _ amount: Frame.Amount, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        if let owner, owner.amount == nil {
            owner.amount = amount
            return owner.note(span(happening), rule(happening))
        }
        if let frame = current, frame.entry.money != .none, frame.amount == nil {
            if frame.count > 1, !isMember, moneyCount(index, clause) >= frame.count {
                return list(amount, frame, happening)
            }
            frame.amount = amount
            return frame.note(span(happening), rule(happening))
        }
        if actionAhead(index, clause) != nil, current == nil || current?.amount != nil {
            waiting.amount = (amount, happening.item)
            return
        }
        if let frame = current, frame.amount != nil { return another(amount, frame, happening) }
        if isListing, groupCursor < group.count {
            let member = group[groupCursor]
            groupCursor += 1
            member.amount = amount
            member.note(span(happening), rule(happening))
            (current, isMember) = (member, true)
            return
        }
        if let frame = draft.frames.last(where: {
            $0.entry.money != .none && $0.amount == nil && $0.count == 1
                || $0.count > 1 && $0.amount == nil
        }) {
            if frame.count > 1, moneyCount(index, clause) >= 2 || moneyLater(frame.count) {
                return list(amount, frame, happening)
            }
            frame.amount = amount
            current = frame
            frame.note(span(happening), rule(happening))
            return flush(into: frame)
        }
        if let frame = draft.frames.last(where: { $0.entry.money == .always }),
            !frame.isImplied || frame.amount != nil
        {
            return another(amount, frame, happening)
        }
        let frame = Frame("create_payment")
        frame.isImplied = true
        frame.amount = amount
        frame.note(span(happening), rule(happening))
        begin(frame)
    }

    private func moneyCount(_ index: Int, _ clause: Clause) -> Int {
        clause.happenings[index...].filter(isMoney).count
    }

    /// Whether the clauses from here on name an amount for each member of a group.
    private func moneyLater(_ count: Int) -> Bool {
        clauses[clauseIndex...].flatMap(\.happenings).filter(isMoney).count >= count
    }

    /// The first amount of a list: "two payments: $9 approved and $14 declined".
    private mutating func list(_ amount: Frame.Amount, _ frame: Frame, _ happening: Happening) {
        expand(frame)
        (isListing, groupCursor, isMember, current) = (true, 1, true, group[0])
        group[0].amount = amount
        group[0].note(span(happening), rule(happening))
    }

    private mutating func another(_ amount: Frame.Amount, _ frame: Frame, _ happening: Happening) {
        let sibling = Frame(frame.action)
        (sibling.params, sibling.rules, sibling.condition) = (
            frame.params, frame.rules, frame.condition
        )
        sibling.spans = [span(happening)]
        sibling.amount = amount
        begin(sibling)
    }

    private mutating func number(
        _ quantity: Quantity, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        if let whole = quantity.whole, let ahead = nounAfter(happening, index, clause), whole >= 1,
            whole <= Limits.countMax
        {
            if ahead {
                waiting.count = (whole, happening.item)
            } else {
                current?.count = whole
                current?.note(span(happening), rule(happening))
                if let current { group = [current] }
            }
            return
        }
        if takeMessageCode(quantity, happening) { return }
        let amount = Frame.Amount(quantity: quantity, currency: nil)
        let known = current ?? (actionAhead(index, clause) == nil ? last : nil)
        if let frame = known, frame.entry.money != .none, frame.amount == nil {
            frame.amount = amount
            frame.note(span(happening), rule(happening))
        } else if let ahead = actionAhead(index, clause)?.action,
            ActionCatalogue.entry(concrete(ahead)).money != .none
        {
            waiting.amount = (amount, happening.item)
        } else {
            draft.unused.insert(happening.item)
        }
    }

    /// Whether a number counts the noun behind it; false when that noun is of the verb before.
    private func nounAfter(_ happening: Happening, _ index: Int, _ clause: Clause) -> Bool? {
        var place = happening.item + 1
        let nouns = clause.happenings.filter { $0.action != nil }
        for _ in 0..<4 {
            guard items.indices.contains(place), !items[place].isPause else { return nil }
            if place == happening.item + 1, word(place) == "of" { return nil }
            if let noun = nouns.first(where: { $0.match!.items.contains(place) }) {
                return noun.item > happening.item
            }
            if case .number? = items[place].value { return nil }
            if word(place) != nil,
                ["in", "from", "to", "by", "on", "with", "over", "of", "for", "back", "and", "via"]
                    .contains(word(place)!)
            {
                return nil
            }
            place += 1
        }
        return nil
    }

    private mutating func count(
        _ count: Int, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        guard count > 0 else {
            draft.unused.insert(happening.item)
            return
        }
        if let frame = current,
            actionAhead(index, clause).map({ $0.action == frame.action }) ?? true
        {
            frame.count = min(count, Limits.countMax)
            if count > 1 { group = [frame] }
            frame.note(span(happening), rule(happening))
        } else if actionAhead(index, clause) != nil {
            waiting.count = (count, happening.item)
        } else if let frame = last, count > 1 {
            frame.count = min(count, Limits.countMax)
            group = [frame]
            frame.note(span(happening), rule(happening))
        } else {
            waiting.count = (count, happening.item)
        }
    }

    private mutating func rate(
        _ rate: Quantity, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        let share = Quantity.power(rate.scale).map { Frame.Share(times: rate.digits, per: $0) }
        if let frame = current ?? last, frame.action == "add_business_owner",
            let percent = rate.times(100)?.whole
        {
            frame.params["share_percent"] = .int(percent)
        } else if let frame = current ?? last, frame.entry.follows != nil, frame.amount == nil,
            let share
        {
            frame.amount = Frame.Amount(share: share)
        } else if actionAhead(index, clause) != nil, let share {
            waiting.share = share
        } else {
            draft.unused.insert(happening.item)
        }
    }

    private mutating func currency(
        _ code: String, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        draft.currencies.append(code)
        guard let frame = current ?? (actionAhead(index, clause) == nil ? last : nil) else {
            waiting.sets.append(("currency", .string(code), happening))
            return
        }
        put("currency", .string(code), happening, frame)
    }

    // MARK: - Members of a group

    private mutating func select(
        _ ordinal: Int, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        self.ordinal = (ordinal, happening.item)
        if topic == "renewal" { return }
        if let frame = group.first, group.count == 1, frame.count > 1 { expand(frame) }
        if group.count > 1 {
            let place = ordinal == Value.last ? group.count - 1 : ordinal - 1
            guard group.indices.contains(place) else { return }
            (current, isMember) = (group[place], true)
            group[place].note(span(happening), rule(happening))
            return
        }
        guard actionAhead(index, clause) == nil, let frame = last, frame.entry.money == .always
        else { return }
        if ordinal == 1 {
            (current, isMember) = (frame, true)
        } else if ordinal > 1 {
            let other = frame.sibling()
            draft.frames.append(other)
            (current, isMember) = (other, true)
        }
    }

    /// Writes out a repeated step, so that its members can differ.
    mutating func expand(_ frame: Frame) {
        guard frame.count > 1, frame.count <= Limits.stepsMax,
            let place = draft.frames.firstIndex(where: { $0 === frame })
        else { return }
        let others = (1..<frame.count).map { _ in
            let other = frame.sibling()
            (other.scenario, other.isScenarioGeneric) = (frame.scenario, frame.isScenarioGeneric)
            return other
        }
        frame.count = 1
        draft.frames.insert(contentsOf: others, at: place + 1)
        group = [frame] + others
        groupCursor = 0
    }
}
