import Access
import Contracts
import Runtime
import Tenancy

/// A payment's money: what is captured, in which currency it settles, and what of it has gone back.
extension EntityDraft {
    var settlementCurrency: String {
        document["settlement"]?["currency"]?.string ?? text("currency")
    }

    /// `amount` of the payment's currency in its settlement currency, at the payment's own rate.
    func settled(_ amount: Int64) -> Int64 {
        guard let rate = document["settlement"]?["exchange_rate"]?.string.flatMap({ FXRates.rate($0) })
        else {
            return amount
        }
        return FXRates.bought(
            amount, sell: text("currency"), buy: settlementCurrency, rate: rate) ?? amount
    }

    /// The part of a growing total that begins after `before`. Parts are differences of converted
    /// totals, so that they add up to the whole however it is cut.
    func exchanged(_ amount: Int64, after before: Int64) -> ExchangedAmount {
        ExchangedAmount(
            paid: amount, currency: text("currency"),
            settled: settled(before + amount) - settled(before),
            settlementCurrency: settlementCurrency)
    }

    /// What can still be given back or contested.
    var refundable: Int64 { amount("amount_captured") - amount("amount_refunded") }

    /// Books `amount` as captured: money from the cardholders, then clearing on the next business
    /// day.
    mutating func capture(_ amount: Int64, in world: WorldTransaction) async throws {
        let before = self.amount("amount_captured")
        let money = exchanged(amount, after: before)
        document["amount_captured"] = .int(before + amount)
        note(settled: settled(before + amount))
        try await world.post(
            LedgerTransaction(
                cause: key.id, money.postings(to: .pending(money.settlementCurrency))))
        let speed = settlementSpeed
        world.schedule(
            ClearingTimer(money, speed: speed).timer(
                for: key, part: before + amount, now: world.now))
    }

    /// The captured total as the merchant gets it.
    mutating func note(settled total: Int64) {
        document["settlement"]?["amount"] = .int(total)
    }

    private var settlementSpeed: SettlementSpeed {
        if case .settlement(let speed) = behaviour?.effect { return speed }
        return .normal
    }
}

/// A capture or refund that waits for the next clearing file.
struct ClearingTimer: Sendable {
    static let kind = "clearing"

    let money: ExchangedAmount
    let speed: SettlementSpeed

    init(_ money: ExchangedAmount, speed: SettlementSpeed) {
        self.money = money
        self.speed = speed
    }

    /// Reads what ``timer(for:part:now:)`` wrote.
    init?(_ payload: JSONValue) {
        guard let paid = payload["paid"]?.int, let currency = payload["currency"]?.string,
            let settled = payload["settled"]?.int,
            let settlementCurrency = payload["settlement_currency"]?.string,
            let speed = payload["speed"]?.string.flatMap(SettlementSpeed.init)
        else { return nil }
        money = ExchangedAmount(
            paid: paid, currency: currency, settled: settled, settlementCurrency: settlementCurrency
        )
        self.speed = speed
    }

    /// `part` tells several captures of one payment apart: the total after each.
    func timer(for entity: EntityKey, part: Int64, now: SandboxInstant) -> WorldTimer {
        let payload: JSONValue = [
            "paid": .int(money.paid), "currency": .string(money.currency),
            "settled": .int(money.settled),
            "settlement_currency": .string(money.settlementCurrency),
            "speed": .string(speed.rawValue),
        ]
        return WorldTimer(
            id: "\(entity.id):\(Self.kind):\(part)",
            dueAt: SettlementCalendar(money.settlementCurrency).clears(after: now, speed),
            contract: entity.contract, type: entity.type, entityID: entity.id, kind: Self.kind,
            payload: JSONWriter.bytes(payload))
    }
}

/// When money of a currency is cleared and settled: in the morning of business days.
struct SettlementCalendar: Sendable {
    private static let morning = LocalTime(hour: 6, minute: 0)
    /// Business days that a delayed settlement is late.
    private static let delayDays = 3

    let calendar: BusinessCalendar

    init(_ currency: String) {
        calendar =
            switch currency {
            case "usd": .fed
            case "gbp": .uk
            default: .target
            }
    }

    func clears(after now: SandboxInstant, _ speed: SettlementSpeed) -> SandboxInstant {
        speed == .atOnce ? now : calendar.instant(businessDays: 1, after: now, at: Self.morning)
    }

    func settles(after cleared: SandboxInstant, _ speed: SettlementSpeed) -> SandboxInstant {
        switch speed {
        case .atOnce: cleared
        case .normal: calendar.instant(businessDays: 1, after: cleared, at: Self.morning)
        case .delayed:
            calendar.instant(businessDays: 1 + Self.delayDays, after: cleared, at: Self.morning)
        }
    }

    /// The day in the calendar's zone, `20310304`.
    func day(of instant: SandboxInstant) -> String {
        let date = calendar.zone.date(at: instant)
        return String(date.year * 10_000 + date.month * 100 + date.day)
    }
}
