import Contracts

/// What a step pays with: the means that it names, a test card of the brand that it names, or a
/// Visa that is good.
enum TestMeans {
    static func means(_ params: JSONObject, isCard: Bool) -> JSONObject {
        let brand = params["card_brand"]?.string ?? "visa"
        var means = JSONObject()
        if isCard {
            means["type"] = "card"
            means["card"] = card(brand)
        } else if let method = params["payment_method"]?.string, method.hasPrefix("pm_") {
            means["payment_method"] = .string(method)
        } else if ["visa", "mastercard", "amex"].contains(brand) {
            means["payment_method"] = .string("pm_card_\(brand)")
        } else {
            means["payment_method_data"] = ["type": "card", "card": card(brand)]
        }
        return means
    }

    /// Numbers that the field's documentation has made common knowledge.
    private static let numbers = [
        "visa": "4242424242424242", "mastercard": "5555555555554444", "amex": "378282246310005",
        "discover": "6011111111111117", "jcb": "3566002020360505", "unionpay": "6200000000000005",
    ]

    private static func card(_ brand: String) -> JSONValue {
        [
            "number": .string(numbers[brand] ?? "4242424242424242"), "exp_month": 12,
            "exp_year": 2099,
        ]
    }
}
