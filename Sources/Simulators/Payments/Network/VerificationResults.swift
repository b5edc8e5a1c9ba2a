/// What the issuer says of the billing address: one letter of the address verification service.
enum AddressCheck: String, Sendable, Hashable, CaseIterable {
    case full = "Y"
    case streetOnly = "A"
    case postalCodeOnly = "Z"
    case noMatch = "N"
    case unavailable = "U"
    case retry = "R"
    case unsupported = "S"
    case outsideUS = "G"

    var meaning: String {
        switch self {
        case .full: "street and postal code match"
        case .streetOnly: "only the street matches"
        case .postalCodeOnly: "only the postal code matches"
        case .noMatch: "neither matches"
        case .unavailable: "the issuer has no address"
        case .retry: "the issuer's system is not available"
        case .unsupported: "the issuer does not check addresses"
        case .outsideUS: "an issuer outside the United States does not take part"
        }
    }
}

/// What the issuer says of the card's security code.
enum SecurityCodeCheck: String, Sendable, Hashable, CaseIterable {
    case match = "M"
    case noMatch = "N"
    case notProcessed = "P"
    case shouldBePresent = "S"
    case issuerUnregistered = "U"

    var meaning: String {
        switch self {
        case .match: "the code matches"
        case .noMatch: "the code does not match"
        case .notProcessed: "the code was not checked"
        case .shouldBePresent: "the card has a code, but none was sent"
        case .issuerUnregistered: "the issuer does not check codes"
        }
    }
}
