import Contracts

extension FrameBuilder {
    /// What a payment is that has such a parameter: one by a rail is a transfer, one with a day on
    /// which it is due an invoice.
    private static let madePrecise = ["rail": "create_transfer", "due_in": "create_invoice"]

    func takes(_ key: String, _ frame: Frame) -> Bool {
        if frame.entry.params.contains(key) { return true }
        if key == "due_in", frame.action == "create_payment" { return true }
        return key == "currency" && frame.entry.params.contains("sell_currency")
    }

    mutating func put(_ key: String, _ value: JSONValue, _ happening: Happening, _ frame: Frame) {
        frame.note(span(happening), rule(happening))
        if key == "currency" { return putCurrency(value, frame) }
        if frame.action == "create_payment", let action = Self.madePrecise[key] {
            frame.action = action
        }
        if key == "events", value.array == nil {
            frame.params[key] = .array((frame.params[key]?.array ?? []) + [value])
            return
        }
        if frame.params[key] == nil || key == "rail" { frame.params[key] = value }
    }

    /// In FX the first currency is sold, the second bought; elsewhere it is the amount's, and a
    /// second one is what the merchant gets.
    private func putCurrency(_ value: JSONValue, _ frame: Frame) {
        guard let code = value.string else { return }
        if frame.entry.family == "fx" {
            let sold = frame.params["sell_currency"]?.string ?? frame.amount?.currency
            if sold == nil {
                frame.params["sell_currency"] = value
            } else if sold != code {
                frame.params["buy_currency"] = value
            }
            return
        }
        if frame.amount != nil, frame.amount?.currency == nil {
            frame.amount?.currency = code
        } else if let known = frame.amount?.currency ?? frame.params["currency"]?.string {
            if known != code, frame.entry.params.contains("settlement_currency") {
                frame.params["settlement_currency"] = value
            }
        } else {
            frame.params["currency"] = value
        }
    }

    /// A parameter finds the step that takes it: of this clause, else the next of it, else before.
    mutating func set(
        _ key: String, _ written: String, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        guard let value = Self.value(written, happening.match) else { return }
        if key == "to_point" { return time(["to": value], happening, clause) }
        if key == "implied_rail" { return rail(value, happening, index, clause) }
        if key == "business_days" { return time(["business_days": value], happening, clause) }
        if let frame = current, takes(key, frame) { return put(key, value, happening, frame) }
        if let ahead = actionAhead(index, clause)?.action, !["cancel", "retry"].contains(ahead),
            takes(key, Frame(ahead)) || key == "rail"
        {
            waiting.sets.append((key, value, happening))
        } else if let frame = draft.frames.last(where: { takes(key, $0) }) {
            put(key, value, happening, frame)
        } else {
            waiting.sets.append((key, value, happening))
        }
    }

    static func value(_ written: String, _ match: Match?) -> JSONValue? {
        if !written.isEmpty {
            if written == "true" || written == "false" { return .bool(written == "true") }
            return .string(written.split(separator: "~").joined(separator: " "))
        }
        switch match?.values.first {
        case .money(let amount, _)?, .number(let amount)?, .rate(let amount)?:
            return .int(amount.digits)
        case .count(let count)?, .ordinal(let count)?, .businessDays(let count)?: return .int(count)
        case .duration(let length)?: return .string(length.iso8601)
        case .code(let text)?, .date(let text)?, .clock(let text)?, .currency(let text)?,
            .phone(let text)?, .email(let text)?,
            .url(let text)?, .identifier(let text)?, .quoted(let text)?:
            return .string(text)
        case nil: return nil
        }
    }

    /// A rail that is a bank transfer unless the clause says another step that takes it.
    private mutating func rail(
        _ value: JSONValue, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        let frame =
            current
            ?? draft.frames.last {
                ["payment", "transfer", "mandate"].contains($0.entry.family) && $0.amount == nil
            }
        if let frame,
            ["transfer", "mandate"].contains(frame.entry.family) || frame.action == "create_payment"
        {
            if frame.action == "create_payment" { frame.action = "create_transfer" }
            return put("rail", value, happening, frame)
        }
        if current == nil {
            waiting.sets.append(("rail", value, happening))
            if actionAhead(index, clause) == nil {
                let frame = Frame("create_transfer")
                frame.note(span(happening), rule(happening))
                begin(frame)
            }
        }
    }

    /// A text, an address or a number goes to the first parameter of the list that a step takes.
    mutating func place(
        _ text: String, _ keys: [String], _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        let candidates = [current].compactMap { $0 } + draft.frames.reversed()
        let ahead = actionAhead(index, clause)
        if current == nil, let ahead = ahead?.action, ahead != "cancel", ahead != "retry",
            let key = keys.first(where: { takes($0, Frame(ahead)) })
        {
            waiting.sets.append((key, .string(text), happening))
            return
        }
        for frame in candidates {
            for key in keys where takes(key, frame) && frame.params[key] == nil {
                return put(key, .string(text), happening, frame)
            }
        }
        waiting.sets.append((keys[0], .string(text), happening))
    }

    mutating func url(_ text: String, _ happening: Happening) {
        draft.wantsWebhook = true
        if let frame = draft.frames.last(where: { takes("url", $0) && $0.params["url"] == nil }) {
            return put("url", .string(text), happening, frame)
        }
        let frame = Frame("create_webhook_endpoint")
        begin(frame)
        put("url", .string(text), happening, frame)
    }

    /// `pay_3`, `evt_42`: the prefix says what it names. A dotted name is an event, a file format or
    /// a path.
    mutating func identifier(_ text: String, _ happening: Happening, _ index: Int, _ clause: Clause)
    {
        if text.first == "/" { return place(text, ["path"], happening, index, clause) }
        if text.contains("."), !text.contains("_") || !IdentifierPrefixes.isKnown(text) {
            return dotted(text, happening, index, clause)
        }
        let keys =
            IdentifierPrefixes.keys(of: text) + [
                "flag", "entity", "template", "label", "scope", "key", "customer", "account",
                "checkpoint", "endpoint",
            ]
        place(text, keys, happening, index, clause)
    }

    private mutating func dotted(
        _ text: String, _ happening: Happening, _ index: Int, _ clause: Clause
    ) {
        if ["pain.", "camt."].contains(where: text.lowercasedASCII.hasPrefix) {
            return place(text.lowercasedASCII, ["format"], happening, index, clause)
        }
        if let frame = current ?? last, frame.entry.params.contains("events") {
            let known = frame.params["events"]?.array ?? []
            frame.params["events"] = .array(known + [.string(text)])
            return frame.note(span(happening), rule(happening))
        }
        place(text, ["event_type", "contract_version"], happening, index, clause)
    }

    // MARK: - Time

    mutating func time(_ value: JSONValue, _ happening: Happening, _ clause: Clause) {
        if let length = value.string, let frame = current ?? last,
            takeLength(length, frame, happening, clause)
        {
            return
        }
        draft.movements.append(
            .init(value: value, position: draft.frames.count, span: span(happening)))
        if let rule = rule(happening) { draft.rules.append(rule) }
        draft.clausesUsed.insert(clauseIndex)
    }

    /// A length that is a step's own: the interval of a plan, the period of a list.
    private mutating func takeLength(
        _ length: String, _ frame: Frame, _ happening: Happening, _ clause: Clause
    ) -> Bool {
        let moves = clause.has("clock")
        if frame.entry.family == "subscription", frame.params["interval"] == nil, !moves,
            let unit = Self.units[length],
            frame === current || current == nil
        {
            put("interval", .string(unit), happening, frame)
            return true
        }
        if frame.entry.params.contains("limit_period"), let unit = Self.units[length] {
            put("limit_period", .string(unit), happening, frame)
            return true
        }
        if frame.entry.params.contains("since"), !moves, frame.params["since"] == nil {
            put("since", .string(length), happening, frame)
            return true
        }
        return false
    }

    private static let units = [
        "P1D": "day", "P7D": "week", "P1M": "month", "P3M": "quarter", "P1Y": "year",
    ]

    mutating func date(_ date: String, _ happening: Happening, _ clause: Clause) {
        if let frame = current ?? last {
            for key in ["date_of_birth", "effective_date", "send_at"]
            where frame.entry.params.contains(key) && !clause.has("clock") {
                return put(key, .string(date), happening, frame)
            }
        }
        time(["to": .string(date)], happening, clause)
    }

    mutating func hourOfDay(_ hour: String, _ happening: Happening) {
        if let place = draft.movements.indices.last, draft.movements[place].value["to"] != nil,
            draft.movements[place].value["at"] == nil
        {
            draft.movements[place].value["at"] = .string(hour)
        } else if let frame = current ?? last, takes("local_time", frame) {
            if let day = frame.params["send_at"]?.string, !day.contains("T") {
                frame.params["send_at"] = .string("\(day)T\(hour):00Z")
            } else {
                frame.params["local_time"] = .string(hour)
            }
            frame.note(span(happening), rule(happening))
        } else {
            waiting.sets.append(("local_time", .string(hour), happening))
        }
    }
}

/// Prefixes of identifiers and the parameters that they fill, likeliest first.
enum IdentifierPrefixes {
    static func keys(of identifier: String) -> [String] {
        table[String(identifier.prefix { $0 != "_" })] ?? []
    }

    static func isKnown(_ identifier: String) -> Bool { !keys(of: identifier).isEmpty }

    private static let table: [String: [String]] = [
        "pay": ["payment"], "pi": ["payment"], "ch": ["payment"], "pm": ["payment_method"],
        "cus": ["customer"],
        "evt": ["event_id"], "dlv": ["delivery_id"], "del": ["delivery_id"], "req": ["request_id"],
        "we": ["endpoint"], "wh": ["endpoint"], "ep": ["endpoint"], "po": ["payout"],
        "tr": ["transfer"],
        "trf": ["transfer"], "acct": ["account", "entity", "destination"],
        "ba": ["account", "destination"],
        "card": ["card", "entity"], "crd": ["card", "entity"], "inv": ["invoice"],
        "in": ["invoice"], "sub": ["subscription"],
        "re": ["refund"], "ref": ["refund"], "rf": ["refund"], "dp": ["dispute"],
        "dsp": ["dispute"],
        "m": ["mandate"], "mdt": ["mandate"], "mnd": ["mandate"], "msg": ["message"],
        "jrn": ["journey"],
        "run": ["run"], "qt": ["quote"], "fxq": ["quote"], "quote": ["quote"], "key": ["key"],
        "ckp": ["checkpoint", "to"],
        "cp": ["checkpoint", "to"], "tok": ["token"],
    ]
}

extension String {
    var lowercasedASCII: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map {
                    (0x41...0x5A).contains($0.value) ? Unicode.Scalar($0.value + 32)! : $0
                }))
    }
}
