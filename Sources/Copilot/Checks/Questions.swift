/// The one question that a request without enough in it is answered with.
enum Questions {
    static func question(_ ask: [String], _ language: Language) -> String {
        let key =
            ask == ["amount", "currency"]
            ? "amount+currency"
            : ask == ["recipient", "body"] ? "recipient+body" : ask.first ?? "action"
        let texts = table[key] ?? table["action"]!
        return language == .chinese ? texts.chinese : texts.english
    }

    /// Answers to choose from; none where the answer is free.
    static func choices(_ ask: [String]) -> [String] {
        switch ask.first {
        case "currency"?: ["usd", "eur", "gbp", "cny", "jpy"]
        case "scenario"?: ["success", "card_declined"]
        case "rail"?: ["ach", "sepa_credit", "faster_payments", "wire"]
        case "direction"?: ["debit", "credit"]
        case "action"?:
            ["create_payment", "create_refund", "create_dispute", "create_kyc_check", "send_sms"]
        default: []
        }
    }

    private static let table: [String: (english: String, chinese: String)] = [
        "amount+currency": ("How much, and in which currency?", "金额是多少？什么币种？"),
        "recipient+body": ("To whom, and what should it say?", "发给谁？内容是什么？"),
        "amount": ("Which amount do you mean exactly?", "具体金额是多少？"),
        "currency": ("In which currency?", "什么币种？"),
        "payment": ("Which payment do you mean?", "指哪一笔付款？"),
        "refund": ("Which refund do you mean?", "指哪一笔退款？"),
        "dispute": ("Which dispute do you mean?", "指哪一个争议？"),
        "transfer": ("Which transfer do you mean?", "指哪一笔转账？"),
        "payout": ("Which payout do you mean?", "指哪一笔出款？"),
        "subscription": ("Which subscription do you mean?", "指哪一个订阅？"),
        "customer": ("Which customer do you mean?", "指哪一位客户？"),
        "event": ("Which event do you mean?", "指哪一个事件？"),
        "request": ("Which request do you mean?", "指哪一个请求？"),
        "checkpoint": ("Which checkpoint should be restored?", "恢复到哪一个检查点？"),
        "count": (
            "That is more than one plan holds; which fifty steps at most?", "步骤超过上限，请保留最多五十步？"
        ),
        "scenario": ("How should it end: well, or not?", "应当成功还是失败？"),
        "recipient": ("To whom?", "发给谁？"), "body": ("What should it say?", "内容是什么？"),
        "url": ("To which URL?", "发送到哪个 URL？"),
        "duration": ("How far should the clock move?", "时钟要前进多久？"),
        "action": ("What should be simulated?", "要模拟什么操作？"),
    ]
}
