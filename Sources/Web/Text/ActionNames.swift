import Contracts

/// Actions of plans, in words. What has no words of its own is read from its name.
enum ActionNames {
    static func name(_ action: String, _ say: Language) -> String {
        guard let pair = words[action] else {
            let text = action.replacing("_", with: " ")
            return text.prefix(1).uppercased() + text.dropFirst()
        }
        return say(pair.english, pair.chinese)
    }

    private static let words: [String: (english: String, chinese: String)] = [
        "create_payment": ("Create a payment", "创建支付"),
        "capture_payment": ("Capture the payment", "请款"),
        "cancel_payment": ("Cancel the payment", "取消支付"),
        "create_refund": ("Refund", "退款"),
        "create_dispute": ("Open a dispute", "发起争议"),
        "create_webhook_endpoint": ("Make a webhook endpoint", "创建 webhook 端点"),
        "list_deliveries": ("Look at the deliveries", "查看投递"),
        "await_deliveries": ("Wait for the deliveries", "等待投递"),
        "advance_clock": ("Move the clock", "推进时钟"),
        "set_chaos": ("Set faults", "设置故障"),
        "create_payout": ("Pay out", "出款"),
        "create_quote": ("Ask for an exchange rate", "询价换汇"),
    ]
}

/// Parameters of a step as names and values, money in its own notation.
enum ParameterText {
    static func pairs(_ parameters: JSONValue) -> [(String, String)] {
        var pairs: [(String, String)] = []
        let currency = parameters["currency"]?.string
        for member in parameters.object?.members ?? [] {
            if member.name == "amount", let amount = member.value.int, let currency {
                pairs.append(("amount", Money.text(minorUnits: amount, currency: currency)))
            } else if member.name != "currency" || parameters["amount"] == nil {
                pairs.append((member.name.replacing("_", with: " "), text(member.value)))
            }
        }
        return pairs
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? String(decoding: JSONWriter.bytes(value), as: UTF8.self)
    }
}

/// Money as pages show it.
enum Money {
    /// 5000 and `usd` as `50.00 USD`.
    static func text(minorUnits: Int64, currency: String) -> String {
        let digits = decimals(of: currency)
        guard digits > 0 else { return "\(minorUnits) \(currency.uppercased())" }
        var text = String(minorUnits.magnitude)
        if text.count <= digits { text = String(repeating: "0", count: digits + 1 - text.count) + text }
        let whole = text.dropLast(digits)
        return "\(minorUnits < 0 ? "-" : "")\(whole).\(text.suffix(digits)) \(currency.uppercased())"
    }

    /// ISO 4217's minor units where they are not two, for the currencies of this world.
    private static func decimals(of currency: String) -> Int {
        switch currency.lowercased() {
        case "jpy", "krw", "vnd", "clp", "isk": 0
        case "kwd", "bhd", "omr", "jod", "tnd": 3
        default: 2
        }
    }
}
