import Testing

@testable import Gateway

@Suite struct `The screen for card numbers` {
    @Test(arguments: [
        // Of each scheme, with a right check digit: made by rule, nobody's on purpose.
        "4532015112830366", "5425233430109903", "2221000000000009",
        "374245455400126", "6011556448578943", "3528000700000000", "36006666333344",
        "6250941006528599",
        // As people and programs write them.
        "4532 0151 1283 0366", "4532-0151-1283-0366", "card: 4532015112830366.",
        "12 4532 0151 1283 0366", "[4532015112830366]", "4532015112830366\n",
    ])
    func `finds what could be real`(text: String) {
        #expect(CardScreen.isFound(in: text))
    }

    @Test(arguments: [
        // Published for tests.
        "4242424242424242", "4242 4242 4242 4242", "4000000000000002", "4111111111111111",
        "378282246310005", "5555555555554444",
        // A wrong check digit, too short, too long, of no scheme.
        "4532015112830367", "453201511283", "45320151128303664532015112830366",
        "1234567812345670", "9999100000000000",
        // Parts of identifiers, times, amounts.
        "pay_4532015112830366", "a4532015112830366", "4532015112830366b", "1767225600000000",
        "4532.0151.1283.0366", "550e8400-e29b-41d4-a716-446655440000", "",
    ])
    func `leaves alone what is none`(text: String) {
        #expect(!CardScreen.isFound(in: text))
    }
}

@Suite struct `Personal data` {
    @Test(arguments: [
        ("mara.lindqvist@gmail.com", PersonalData.email), ("anna@shop.co", .email),
        ("+46 70 123 45 67", .phone), ("+14155552671", .phone), ("GB33BUKB20201555555555", .iban),
        ("GB33 BUKB 2020 1555 5555 55", .iban), ("536-22-1234", .socialSecurityNumber),
        ("mara@example.com", nil), ("mara@shop.example", nil), ("mara@mail.test", nil),
        ("+1 415 555 0123", nil), ("+447700900123", nil), ("DE89370400440532013000", nil),
        ("GB33BUKB20201555555556", nil), ("000-22-1234", nil), ("Order 4711 is late", nil),
        ("write to mara@gmail.com", nil), ("2026-01-31", nil), ("12.50", nil),
    ] as [(String, PersonalData?)])
    func `is told from examples and plain text`(text: String, kind: PersonalData?) {
        #expect(PersonalData(text) == kind)
    }

    @Test(arguments: [
        "mara.lindqvist@gmail.com", "+46 70 123 45 67", "GB33BUKB20201555555555", "536-22-1234",
    ])
    func `is masked in its own form, each time the same`(text: String) throws {
        let kind = try #require(PersonalData(text))
        let masked = kind.masked(text)
        #expect(masked != text)
        #expect(masked == kind.masked(text))
        if kind != .email { #expect(masked.count == text.count) }
    }
}

@Suite struct `The guard's paths` {
    @Test(arguments: [
        ("/payments/v1/customers/*", "/payments/v1/customers/cus_1", true),
        ("/payments/v1/customers/*", "/payments/v1/customers", false),
        ("/payments/v1/customers/*", "/payments/v1/customers/cus_1/cards", false),
        ("/payments/**", "/payments/v1/customers/cus_1/cards", true),
        ("/payments/**", "/ledger/v1/accounts", false), ("/*/v1/refunds", "/payments/v1/refunds", true),
    ])
    func `are matched part by part`(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern.isValid(pattern))
        #expect(PathPattern.matches(pattern, path) == expected)
    }

    @Test(arguments: ["", "payments", "/", "/payments/a*", "/**/v1", "//x"])
    func `that mean nothing are refused`(pattern: String) {
        #expect(!PathPattern.isValid(pattern))
    }
}
