/// Texts that a pattern matches.
enum PatternSample {
    /// A text of about the wished length; nil where the pattern asks for what cannot be made. That
    /// it matches is for the caller to check: anchors and word boundaries are not looked at.
    static func text(
        for pattern: Pattern, length: ClosedRange<Int>, _ words: inout GeneratorWords
    ) -> String? {
        var parser = PatternParser(pattern.source)
        guard let node = try? parser.pattern() else { return nil }
        var scalars = String.UnicodeScalarView()
        let extra = max(0, min(length.lowerBound, Limits.madeTextMax) - least(node))
        var spare = extra
        append(node, &scalars, &spare, &words)
        return scalars.count > Limits.madeTextMax ? nil : String(scalars)
    }

    /// `spare`: how many characters more than the least are wished; repetitions use them up.
    private static func append(
        _ node: PatternNode, _ text: inout String.UnicodeScalarView, _ spare: inout Int,
        _ words: inout GeneratorWords
    ) {
        guard text.count <= Limits.madeTextMax else { return }
        switch node {
        case .empty, .assertion: break
        case .set(let set): if let scalar = set.sample(&words) { text.append(scalar) }
        case .sequence(let parts): for part in parts { append(part, &text, &spare, &words) }
        case .choice(let parts): append(words.pick(parts), &text, &spare, &words)
        case .repetition(let part, let fewest, let most):
            let unit = max(1, least(part))
            let room = (most ?? Limits.madeTextMax) - fewest
            let more = min(room, (spare + unit - 1) / unit)
            spare -= more * unit
            for _ in 0..<min(fewest + more, Limits.madeTextMax) {
                append(part, &text, &spare, &words)
            }
        }
    }

    /// Characters that the shortest text has, about.
    private static func least(_ node: PatternNode) -> Int {
        switch node {
        case .empty, .assertion: 0
        case .set: 1
        case .sequence(let parts): parts.reduce(0) { $0 + least($1) }
        case .choice(let parts): parts.map(least).min() ?? 0
        case .repetition(let part, let fewest, _): min(fewest, Limits.madeTextMax) * least(part)
        }
    }
}

extension ScalarSet {
    /// A member of the set, a letter or a digit where it has any.
    fileprivate func sample(_ words: inout GeneratorWords) -> Unicode.Scalar? {
        let friendly = Self.friendly.filter(contains)
        if !friendly.isEmpty { return words.pick(friendly) }
        let printable = (UInt32(0x20)...0x7E).compactMap(Unicode.Scalar.init).filter(contains)
        if !printable.isEmpty { return words.pick(printable) }
        return (UInt32(0xA0)...0xFFFD).lazy.compactMap(Unicode.Scalar.init).first(where: contains)
    }

    private static let friendly = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars)
}
