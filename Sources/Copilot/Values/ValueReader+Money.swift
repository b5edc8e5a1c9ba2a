extension ValueReader {
    /// `$24.50`, `24.50 usd`, `eur 12`, `US$ 3k`, 三百元, 五十美金, 60 cents.
    func money() -> (Value, Int)? {
        if let (code, start) = currencyBefore(), let (amount, end) = number(at: start) {
            // `$ 5 USD` names its currency twice.
            let again = currency(at: end)
            return (.money(amount, currency: again?.0 ?? code), again?.1 ?? end)
        }
        guard let (amount, end) = number(at: place) else { return nil }
        if let (code, end) = currency(at: end) { return (.money(amount, currency: code), end) }
        if ["cent", "cents"].contains(word(end)) {
            return (
                .money(Quantity(amount.digits, scale: amount.scale + 2), currency: "usd"), end + 1
            )
        }
        return nil
    }

    /// A currency with no number beside it: "settled in USD", 换成英镑.
    func lonelyCurrency() -> (Value, Int)? {
        guard let (code, end) = currency(at: place) else { return nil }
        // 元 and 刀 alone are parts of other words; "us" and "real" too.
        let text = tokens[place].text
        if end == place + 1,
            ["us", "real", "won", "元", "块", "刀", "圆", "镑", "欧", "try"].contains(text)
        {
            return nil
        }
        return (.currency(code), end)
    }

    private func currencyBefore() -> (String, Int)? {
        let text = tokens[place].text
        if tokens[place].kind == .sign, let code = Currency.sign(text, language) {
            return (code, place + 1)
        }
        let prefixes = [
            "us": "usd", "hk": "hkd", "a": "aud", "au": "aud", "c": "cad", "ca": "cad", "nz": "nzd",
            "s": "sgd", "sg": "sgd", "nt": "twd", "r": "brl", "mx": "mxn",
        ]
        if word(place + 1) == "$", tokens[place + 1].isAttached, let code = prefixes[text] {
            return (code, place + 2)
        }
        if tokens[place].kind == .word, let code = Currency.code(text) { return (code, place + 1) }
        return nil
    }

    func currency(at start: Int) -> (String, Int)? {
        guard let first = word(start) else { return nil }
        if tokens[start].kind == .han {
            let found = Currency.chinese.first { reads($0.word, at: start) }
            return found.map { ($0.code, start + $0.word.count) }
        }
        // The sign of the next amount: "four £2 payments".
        if tokens[start].kind == .sign, start + 1 < tokens.count, tokens[start + 1].kind == .number,
            tokens[start + 1].isAttached
        {
            return nil
        }
        if tokens[start].kind == .sign {
            return Currency.sign(first, language).map { ($0, start + 1) }
        }
        if let second = word(start + 1) {
            let noun = second.hasSuffix("s") ? String(second.dropLast()) : second
            if let code = Currency.pairs["\(first) \(second)"] ?? Currency.pairs["\(first) \(noun)"]
            {
                return (code, start + 2)
            }
            let third = word(start + 2) ?? ""
            if let code = Currency.triples["\(first) \(second)"],
                ["dollar", "dollars", "rand"].contains(third)
            {
                return (code, start + 3)
            }
        }
        return Currency.word(first).map { ($0, start + 1) }
    }
}
