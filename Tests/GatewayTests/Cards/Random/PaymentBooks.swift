import Contracts
import Testing

@testable import Gateway
@testable import Simulators

/// What holds for the books of a world after every step, whatever has happened in it.
struct PaymentBooks {
    private static let currencies = ["eur", "jpy"]

    /// Available to the merchant before anything happened, by currency.
    private let opening: [String: Int64]

    init(openingOf sandbox: TestSandbox) async throws {
        let ledger = try await sandbox.read("/v1/ledger")
        opening = Dictionary(
            uniqueKeysWithValues: Self.currencies.map { ($0, Self.available($0, ledger)) })
    }

    func check(_ sandbox: TestSandbox, _ place: String) async throws {
        let ledger = try await sandbox.read("/v1/ledger")
        let sums = ledger.at("/sums")?.array ?? []
        #expect(!sums.isEmpty && sums.allSatisfy { $0["amount"] == 0 }, "\(place)")
        let records = try await sandbox.all("clearing_records")
        try await checkSettlements(sandbox, records, place)
        let disputes = try await sandbox.all("disputes")
        let refunds = try await sandbox.all("refunds")
        for currency in Self.currencies {
            // What has settled, less what disputes hold or have taken, and what came back from
            // refunds that failed after they had settled, is what the balance has gained.
            let settled = records.filter {
                $0["status"] == "settled" && $0["currency"]?.string == currency
            }.sum("net")
            let withdrawn = disputes.filter {
                $0["funds_withdrawn"] == true && $0["settlement_currency"]?.string == currency
            }
            let returned = refunds.filter {
                $0["status"] == "failed" && $0["simulated"] == "refund_fails_later"
                    && $0["currency"]?.string == currency
            }.sum("settlement_amount")
            let expected =
                (opening[currency] ?? 0) + settled + returned
                - withdrawn.sum("settlement_amount") - withdrawn.sum("fee")
            #expect(Self.available(currency, ledger) == expected, "\(currency), \(place)")
        }
        for payment in try await sandbox.all("payments") {
            let draft = EntityDraft(
                new: PaymentsType.payment.key(payment["id"]?.string ?? ""), document: payment)
            #expect(PaymentInvariants.faults(draft).isEmpty, "\(place): \(payment)")
        }
    }

    /// A settlement is what was cleared for it, less fees.
    private func checkSettlements(
        _ sandbox: TestSandbox, _ records: [JSONValue], _ place: String
    ) async throws {
        for settlement in try await sandbox.all("settlements") {
            let own = records.filter {
                $0["settlement"] == settlement["id"] && $0["status"] != "rejected"
            }
            let net = settlement["net"]?.int
            #expect(net == own.sum("amount") - own.sum("fee"), "\(place): \(settlement)")
            let parts = ["captures", "refunds", "fees"].map { settlement[$0]?.int ?? 0 }
            #expect(net == parts[0] - parts[1] - parts[2], "\(place): \(settlement)")
            #expect(settlement["records"]?.int == Int64(own.count), "\(place): \(settlement)")
        }
    }

    private static func available(_ currency: String, _ ledger: TestAnswer) -> Int64 {
        ledger.at("/accounts")?.array?.first {
            $0["name"] == "merchant:available" && $0["currency"]?.string == currency
        }?["balance"]?.int ?? 0
    }
}

extension [JSONValue] {
    fileprivate func sum(_ member: String) -> Int64 { reduce(0) { $0 + ($1[member]?.int ?? 0) } }
}
