// Visa and Mastercard by code, American Express and Discover by their groups.
extension NetworkReason {
    static let all: [NetworkReason] = visa + mastercard + amex + discover

    private static func rows(
        _ brand: CardBrand, _ rows: [(code: String, meaning: String, reason: DisputeReason)]
    ) -> [NetworkReason] {
        rows.map {
            NetworkReason(brand: brand, code: $0.code, meaning: $0.meaning, reason: $0.reason)
        }
    }

    private static let visa = rows(
        .visa,
        [
            ("10.4", "fraud, card absent", .fraudulent),
            ("10.1", "fraud, counterfeit chip card", .fraudulent),
            ("10.2", "fraud, chip card, not counterfeit", .fraudulent),
            ("10.3", "other fraud, card present", .fraudulent),
            ("10.5", "fraud monitoring programme", .fraudulent),
            ("11.1", "recovery bulletin", .noncompliant),
            ("11.2", "declined authorisation", .noncompliant),
            ("11.3", "no authorisation", .debitNotAuthorized),
            ("12.1", "late presentment", .bankCannotProcess),
            ("12.2", "wrong transaction code", .bankCannotProcess),
            ("12.3", "wrong currency", .bankCannotProcess),
            ("12.4", "wrong account number", .incorrectAccountDetails),
            ("12.5", "wrong amount", .general),
            ("12.6.1", "duplicate processing", .duplicate),
            ("12.6.2", "paid by other means", .duplicate),
            ("12.7", "invalid data", .bankCannotProcess),
            ("13.1", "goods or services not received", .productNotReceived),
            ("13.2", "cancelled recurring payment", .subscriptionCanceled),
            ("13.3", "not as described or defective", .productUnacceptable),
            ("13.4", "counterfeit goods", .productUnacceptable),
            ("13.5", "misrepresentation", .productUnacceptable),
            ("13.6", "credit not processed", .creditNotProcessed),
            ("13.7", "cancelled goods or services", .creditNotProcessed),
            ("13.8", "original credit refused", .creditNotProcessed),
            ("13.9", "cash not received", .productNotReceived),
        ])

    private static let mastercard = rows(
        .mastercard,
        [
            ("4837", "no cardholder authorisation", .fraudulent),
            ("4808", "authorisation", .debitNotAuthorized),
            ("4834", "processing error", .duplicate),
            ("4849", "questionable merchant activity", .noncompliant),
            ("4853", "cardholder dispute", .general),
            ("4870", "chip liability shift", .fraudulent),
            ("4871", "chip and PIN liability shift", .fraudulent),
        ])

    private static let amex = rows(
        .amex,
        [
            ("F", "fraud", .fraudulent), ("A", "authorisation", .debitNotAuthorized),
            ("C", "cardholder dispute", .general), ("M", "miscellaneous", .noncompliant),
            ("P", "processing error", .duplicate), ("R", "inquiry not answered", .unrecognized),
        ])

    private static let discover = rows(
        .discover,
        [
            ("UA01", "fraud, card present", .fraudulent),
            ("UA02", "fraud, card absent", .fraudulent),
            ("UA05", "fraud, chip counterfeit", .fraudulent),
            ("UA06", "fraud, chip and PIN", .fraudulent),
            ("AA", "not recognised", .unrecognized),
            ("AP", "cancelled recurring payment", .subscriptionCanceled),
            ("CD", "credit posted as a sale", .creditNotProcessed),
            ("DP", "duplicate processing", .duplicate),
            ("NF", "cash or services not received", .general),
            ("RG", "goods not received", .productNotReceived),
            ("RM", "quality of goods", .productUnacceptable),
            ("RN2", "credit not processed", .creditNotProcessed),
        ])
}
