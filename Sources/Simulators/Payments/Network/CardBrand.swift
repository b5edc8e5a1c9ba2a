/// A card scheme, by the name that the contract uses.
enum CardBrand: String, Sendable, Hashable, CaseIterable {
    case visa, mastercard, amex, discover, diners, jcb, unionpay, unknown
}
