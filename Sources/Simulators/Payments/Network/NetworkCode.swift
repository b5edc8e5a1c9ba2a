/// An issuer's or network's answer: field 39 of ISO 8583, with the letters that Visa adds.
struct NetworkCode: Sendable, Hashable {
    /// What the answer does to the payment.
    enum Action: Sendable, Hashable {
        case approve
        /// Less than was asked for is approved.
        case approvePart
        case decline
        /// The issuer wants to be asked by telephone.
        case refer
        /// The issuer wants the card kept.
        case pickUp
    }

    /// Two characters.
    let code: String
    let meaning: String
    let action: Action
    let retry: RetryCategory
    /// The decline that a merchant is told; nil for approvals.
    let declineCode: String?

    var isApproval: Bool { action == .approve || action == .approvePart }

    /// The code as this scheme means it; nil for a code that no scheme has.
    static func named(_ code: String, brand: CardBrand) -> NetworkCode? {
        guard let common = byCode[code] else { return nil }
        return overrides[Override(brand: brand, code: code)] ?? common
    }

    static func approved(_ code: String, _ meaning: String) -> NetworkCode {
        NetworkCode(
            code: code, meaning: meaning, action: .approve, retry: .none, declineCode: nil)
    }

    static func declined(
        _ code: String, _ meaning: String, _ retry: RetryCategory, _ declineCode: String,
        _ action: Action = .decline
    ) -> NetworkCode {
        NetworkCode(
            code: code, meaning: meaning, action: action, retry: retry, declineCode: declineCode)
    }

    private struct Override: Hashable {
        let brand: CardBrand
        let code: String
    }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
    private static let overrides = Dictionary(
        uniqueKeysWithValues: ofOneBrand.map {
            (Override(brand: $0.brand, code: $0.code.code), $0.code)
        })
}
