import Testing

@testable import Simulators

/// The tables of the card networks, row by row.
@Suite struct `Network codes` {
    private static let codes = """
        00 01 02 03 04 05 06 07 08 10 11 12 13 14 15 19 21 25 28 30 39 41 43 46 51 52 53 54 55 57 58 59
        61 62 63 64 65 68 70 75 76 77 78 79 80 81 82 83 85 86 87 88 91 92 93 94 95 96
        1A 5C 6P 9G N3 N4 N7 N8 P5 P6 Q1 R0 R1 R3 Z3
        """

    @Test func `are the common subset of field 39 and Visa's letters`() {
        let expected = Self.codes.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(NetworkCode.all.map(\.code) == expected)
        #expect(NetworkCode.named("99", brand: .visa) == nil)
    }

    @Test func `approve by 00, 10, 11 and 85 alone`() {
        #expect(NetworkCode.all.filter(\.isApproval).map(\.code) == ["00", "10", "11", "85"])
        #expect(NetworkCode.named("10", brand: .visa)?.action == .approvePart)
        #expect(NetworkCode.all.filter { $0.action == .pickUp }.map(\.code) == ["04", "07", "41", "43"])
    }

    @Test(arguments: [
        ("05", "do_not_honor"), ("14", "incorrect_number"), ("51", "insufficient_funds"),
        ("54", "expired_card"), ("41", "lost_card"), ("43", "stolen_card"), ("04", "pickup_card"),
        ("07", "pickup_card"), ("57", "transaction_not_allowed"), ("58", "service_not_allowed"),
        ("59", "fraudulent"), ("61", "card_velocity_exceeded"), ("65", "card_velocity_exceeded"),
        ("62", "restricted_card"), ("63", "security_violation"), ("75", "pin_try_exceeded"),
        ("55", "incorrect_pin"), ("82", "incorrect_cvc"), ("N7", "incorrect_cvc"),
        ("91", "issuer_not_available"), ("96", "processing_error"), ("19", "reenter_transaction"),
        ("94", "duplicate_transaction"), ("1A", "authentication_required"),
        ("R0", "stop_payment_order"), ("R1", "revocation_of_authorization"),
        ("R3", "revocation_of_all_authorizations"), ("13", "invalid_amount"),
        ("12", "transaction_not_allowed"), ("08", "approve_with_id"),
    ])
    func `lead to a decline code`(code: String, decline: String) {
        #expect(NetworkCode.named(code, brand: .visa)?.declineCode == decline)
    }

    @Test func `mean something else where a scheme says so`() {
        #expect(NetworkCode.named("65", brand: .mastercard)?.declineCode == "authentication_required")
        #expect(NetworkCode.named("70", brand: .mastercard)?.action == .refer)
        #expect(NetworkCode.named("82", brand: .mastercard)?.declineCode == "do_not_honor")
        #expect(NetworkCode.named("64", brand: .visa)?.declineCode == "invalid_amount")
        #expect(NetworkCode.named("80", brand: .visa)?.declineCode == "issuer_not_available")
        for row in NetworkCode.ofOneBrand { #expect(row.code.declineCode.flatMap(Decline.named) != nil) }
    }

    @Test func `must not be tried again in Visa's first category, else 15 times`() {
        let never = NetworkCode.all.filter { $0.retry == .never }.map(\.code)
        #expect(never == ["04", "07", "12", "14", "15", "41", "43", "46", "57", "R0", "R1", "R3"])
        for code in NetworkCode.all where !code.isApproval {
            #expect(code.retry.triesMax == (never.contains(code.code) ? 0 : 15))
            #expect(MerchantAdvice.usual(for: code) != nil)
        }
        #expect(RetryCategory.triesWindowDays == 30)
    }

    @Test func `go with one of Mastercard's advices`() {
        #expect(
            MerchantAdvice.all.map(\.code) == [
                "01", "02", "03", "04", "21", "24", "25", "26", "27", "28", "29", "30", "40", "41", "43",
            ])
        #expect(MerchantAdvice.all.compactMap(\.retryAfterHours) == [1, 24, 48, 96, 144, 192, 240])
    }

    @Test func `letters of address and security code are complete`() {
        #expect(AddressCheck.allCases.map(\.rawValue).joined() == "YAZNURSG")
        #expect(SecurityCodeCheck.allCases.map(\.rawValue).joined() == "MNPSU")
    }
}

@Suite struct `Decline codes` {
    private static let codes = """
        approve_with_id, authentication_required, call_issuer, card_not_supported, card_velocity_exceeded, currency_not_supported, do_not_honor, do_not_try_again, duplicate_transaction, expired_card, fraudulent, generic_decline, incorrect_cvc, incorrect_number, incorrect_pin, incorrect_zip, insufficient_funds, invalid_account, invalid_amount, invalid_cvc, invalid_expiry_month, invalid_expiry_year, invalid_number, invalid_pin, issuer_not_available, lost_card, merchant_blacklist, new_account_information_available, no_action_taken, not_permitted, offline_pin_required, online_or_offline_pin_required, pickup_card, pin_try_exceeded, processing_error, reenter_transaction, restricted_card, revocation_of_all_authorizations, revocation_of_authorization, security_violation, service_not_allowed, stolen_card, stop_payment_order, testmode_decline, transaction_not_allowed, try_again_later, withdrawal_count_limit_exceeded
        """

    @Test func `are the processor-style set, each with an answer of the network`() {
        let expected = Self.codes.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        #expect(Set(Decline.all.map(\.code)) == Set(expected))
        #expect(Decline.all.count == expected.count)
        for decline in Decline.all {
            #expect(NetworkCode.named(decline.networkCode, brand: .visa)?.isApproval == false, "\(decline.code)")
        }
    }

    @Test func `what a thief may not know is not shown to the cardholder`() {
        for code in ["lost_card", "stolen_card", "pickup_card", "fraudulent"] {
            let shown = Decline.named(code)?.shownToCardholder
            #expect(shown == "The card was declined without a reason.")
        }
        for decline in Decline.all {
            for word in ["lost", "stolen", "fraud", "kept", "security violation", "block list"] {
                #expect(!decline.shownToCardholder.contains(word), "\(decline.code)")
            }
        }
        #expect(Decline.named("expired_card")?.shownToCardholder == "The card has expired.")
    }
}
