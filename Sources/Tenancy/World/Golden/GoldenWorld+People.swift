import Contracts

extension GoldenBuilder {
    mutating func addAccounts() {
        add(
            "account", "acct_demo_gold", days: 400, "A funded account in good standing.",
            [
                "name": "Gold demo account", "country": "US", "currency": "usd",
                "status": "active", "metadata": [:],
            ])
        open("account:acct_demo_gold", "usd", 25_000_000)
        add(
            "account", "acct_low_balance", days: 380, "An account with 5.00 USD: debits fail for funds.",
            [
                "name": "Nearly empty account", "country": "US", "currency": "usd",
                "status": "active", "metadata": [:],
            ])
        open("account:acct_low_balance", "usd", 500)
        add(
            "account", "acct_demo_jpy", days: 370, "An account in a currency without minor units.",
            [
                "name": "東京デモ口座", "country": "JP", "currency": "jpy",
                "status": "active", "metadata": [:],
            ])
        open("account:acct_demo_jpy", "jpy", 3_000_000)
        add(
            "account", "acct_demo_kwd", days: 370, "An account in a currency with three decimals.",
            [
                "name": "حساب تجريبي", "country": "KW", "currency": "kwd",
                "status": "active", "metadata": [:],
            ])
        open("account:acct_demo_kwd", "kwd", 9_000_000)
        for (currency, amount) in [("usd", 1_000_000), ("eur", 500_000), ("jpy", 800_000), ("kwd", 40_000)] {
            open("merchant:available", currency, Int64(amount))
        }
    }

    mutating func addMerchants() {
        add(
            "merchant", "merchant_demo", days: 400, "A merchant without any special behaviour.",
            merchant("Demo Store", country: "US", category: "5999", risk: "normal"))
        add(
            "merchant", "merchant_dispute", days: 300, "Every settled payment to it is disputed.",
            merchant("Disputed Goods Ltd", country: "GB", category: "5732", risk: "elevated"))
        add(
            "merchant", "merchant_high_risk", days: 200, "Payments to it score high and may be blocked.",
            merchant("High Risk Travel", country: "CY", category: "4722", risk: "highest"))
    }

    private func merchant(
        _ name: String, country: String, category: String, risk: String
    ) -> JSONValue {
        [
            "name": .string(name), "country": .string(country), "category_code": .string(category),
            "risk_level": .string(risk), "status": "active", "metadata": [:],
        ]
    }

    mutating func addCustomers() {
        add(
            "customer", "cus_demo", days: 90, "The customer of the first examples.",
            customer("Ada Example", "ada@example.com", "US", method: "pm_card_demo_customer"))
        add(
            "customer", "cus_long_name", days: 60, "A name of 255 characters, the longest allowed.",
            customer(Self.longName, "long@example.com", "DE"))
        add(
            "customer", "cus_rtl", days: 50, "A name written from right to left.",
            customer("ليلى الأحمد", "layla@example.com", "KW"))
        add(
            "customer", "cus_cjk", days: 45, "A name in Han characters and one outside the basic plane.",
            customer("𠮷田 太郎", "yoshida@example.com", "JP"))
        add(
            "customer", "cus_combining", days: 44, "A name with combining marks: é as two code points.",
            customer("Zoe\u{301} Nu\u{308}n\u{303}ez", "zoe@example.com", "ES"))
        add(
            "customer", "cus_leap_day", days: 40, "Born on a leap day.",
            customer("Leap Dayling", "leap@example.com", "GB", born: "1992-02-29"))
        add(
            "customer", "cus_minimal", days: 30, "Nothing but what is required.",
            customer(nil, nil, nil))
    }

    private func customer(
        _ name: String?, _ email: String?, _ country: String?, born: String? = nil,
        method: String? = nil
    ) -> JSONValue {
        var metadata = JSONObject()
        if let country { metadata["country"] = .string(country) }
        if let born { metadata["date_of_birth"] = .string(born) }
        return [
            "name": .string(orNull: name), "email": .string(orNull: email), "phone": .null,
            "description": .null, "default_payment_method": .string(orNull: method),
            "metadata": .object(metadata),
        ]
    }

    private static let longName: String = {
        let pattern = "Wolfeschlegelsteinhausenbergerdorff "
        let repeated = String(repeating: pattern, count: 8)
        return String(repeated.prefix(254)) + "."
    }()
}
