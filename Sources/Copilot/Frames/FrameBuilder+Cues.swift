import Contracts

extension FrameBuilder {
    /// Words that shape the plan instead of naming a step.
    mutating func follow(_ cue: String, _ happening: Happening, _ index: Int, _ clause: Clause) {
        if let rule = rule(happening) { draft.rules.append(rule) }
        switch cue {
        case "webhook":
            draft.wantsWebhook = true
            draft.clausesUsed.insert(clauseIndex)
        case "no_webhook":
            draft.wantsWebhook = false
            draft.clausesUsed.insert(clauseIndex)
        case "parallel": draft.isParallel = true
        case "another": waiting.isAnother = true
        case "backward": pointBack(happening)
        case "unclear": draft.asksFor.append("action")
        case "others": selectOthers()
        case "half", "third", "quarter", "rest", "full", "double": share(cue, index, clause)
        case "customer": name(happening, index, clause)
        case "company": name(happening, index, clause)
        case "credit", "debit": direction(cue, happening, index, clause)
        case "since_yesterday": set("since", "P1D", happening, index, clause)
        case "clock":
            draft.clausesUsed.insert(clauseIndex)
        default: break
        }
    }

    private mutating func pointBack(_ happening: Happening) {
        if draft.frames.count <= 1 { (current ?? last)?.pointsBack = true }
    }

    /// "The others succeed": whoever has no outcome yet.
    private mutating func selectOthers() {
        if let frame = group.first, group.count == 1, frame.count > 1 { expand(frame) }
        guard let first = group.first(where: { $0.scenario == nil }) else { return }
        (current, isMember) = (first, true)
    }

    private mutating func share(_ cue: String, _ index: Int, _ clause: Clause) {
        let share: Frame.Share =
            switch cue {
            case "half": .init(times: 1, per: 2)
            case "third": .init(times: 1, per: 3)
            case "quarter": .init(times: 1, per: 4)
            case "double": .init(times: 2, per: 1)
            case "rest": .init(isRest: true)
            default: .init()
            }
        let frame = current ?? (actionAhead(index, clause) == nil ? last : nil)
        if let frame {
            if frame.entry.follows != nil, frame.amount == nil, frame.entry.money != .none {
                frame.amount = .init(share: share)
            }
        } else {
            waiting.share = share
        }
    }

    private mutating func direction(
        _ direction: String, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        set("direction", direction, happening, index, clause)
    }

    /// The name behind "customer", "called", 客户: words with capitals, or characters that nothing
    /// else explains.
    mutating func name(_ happening: Happening, _ index: Int, _ clause: Clause) {
        guard let match = happening.match else { return }
        let covered = Set(clause.happenings.flatMap { $0.match?.items ?? [$0.item] })
        var place = match.end + 1
        var names: [Item] = []
        while items.indices.contains(place), !covered.contains(place), let word = items[place].word
        {
            let isHan = items[place].token.kind == .han
            guard
                isHan ? !ChineseDetails.notInNames.contains(word) : items[place].token.isCapitalised
            else { break }
            names.append(items[place])
            place += 1
        }
        guard let first = names.first, let final = names.last, names.count <= 6 else { return }
        let isHan = first.token.kind == .han
        guard !isHan || names.count >= 2 else { return }
        let family = (current ?? last)?.entry.family
        let key = happening.cue == "company" || family == "kyb" ? "business_name" : "name"
        let written = text.text(first.span.lowerBound..<final.span.upperBound)
        named.formUnion(match.end + 1..<place)
        set(key, written, happening, index, clause)
    }
}
