import Contracts

/// Joins what the clauses left apart: amounts of follow-ups, currencies, the payment that a dispute
/// is about, the order of a customer and the check of it.
struct Linker {
    var draft: Draft

    static func linked(_ draft: Draft) -> Draft {
        var linker = Linker(draft: draft)
        linker.dropEmptyImplied()
        linker.implyPayments()
        linker.shareCurrencies()
        linker.fillGroups()
        linker.followAmounts()
        linker.completeRails()
        linker.rejectForReasons()
        linker.moveCustomersForward()
        linker.failBeforeLast()
        return linker.draft
    }

    /// A noun such as "payment" without anything said of it, next to a step that it only describes.
    private mutating func dropEmptyImplied() {
        let others = draft.frames.contains { $0.amount != nil && $0.entry.family == "payment" }
        draft.frames.removeAll { frame in
            frame.isImplied && frame.amount == nil && frame.scenario == nil && frame.params.isEmpty
                && others
        }
    }

    /// "A dispute over 48 EUR" is about a payment of 48 EUR.
    private mutating func implyPayments() {
        for frame in draft.frames where ["create_refund", "create_dispute"].contains(frame.action) {
            guard let place = draft.frames.firstIndex(where: { $0 === frame }) else { continue }
            let hasPayment = draft.frames[..<place].contains {
                $0.entry.follows == nil
                    && ["payment", "invoice", "deposit", "subscription", "link"].contains(
                        $0.entry.family)
            }
            guard !hasPayment, !frame.pointsBack, frame.params["payment"] == nil else { continue }
            let names = frame.amount?.quantity != nil
            guard
                names || frame.scenario != nil && frame.entry.family == "dispute"
                    || frame.params["dispute_reason"] != nil
            else { continue }
            let payment = Frame("create_payment")
            payment.amount = names ? frame.amount : nil
            payment.spans = frame.spans
            payment.rules = ["link.payment_of_\(frame.entry.family)"]
            payment.isAdded = !names
            payment.count = frame.count
            if frame.count > 1 { frame.amount = payment.amount }
            payment.params = movedParams(from: frame)
            if frame.action == "create_dispute" { frame.amount = nil }
            draft.frames.insert(payment, at: place)
        }
    }

    private func movedParams(from frame: Frame) -> JSONObject {
        JSONObject(frame.params.members.filter { $0.name == "currency" })
    }

    private func shareCurrencies() {
        for (place, frame) in draft.frames.enumerated() {
            guard frame.amount?.quantity != nil, frame.amount?.currency == nil else { continue }
            frame.amount?.currency =
                frame.params["currency"]?.string
                ?? Self.currencyOf(rail: frame.params["rail"]?.string)
                ?? frame.params["sell_currency"]?.string
                ?? draft.frames[..<place].reversed().compactMap { $0.amount?.currency }.first
                ?? draft.currencies.first
        }
        for frame in draft.frames where frame.amount?.currency == nil {
            if let code = frame.params["currency"]?.string { frame.amount?.currency = code }
        }
    }

    static func currencyOf(rail: String?) -> String? {
        switch rail {
        case "ach"?, "ach_same_day"?, "fednow"?, "rtp"?: "usd"
        case "sepa_credit"?, "sepa_debit"?, "sepa_instant"?: "eur"
        case "faster_payments"?, "bacs"?, "chaps"?: "gbp"
        case "interac"?: "cad"
        case "pix"?: "brl"
        case "fps_hk"?: "hkd"
        default: nil
        }
    }

    /// One amount for all members of a list that names no others.
    private func fillGroups() {
        for (place, frame) in draft.frames.enumerated()
        where frame.amount == nil && frame.entry.money == .always && frame.entry.follows == nil {
            guard frame.entry.family != "fx" else { continue }
            if let sibling = draft.frames[..<place].last(where: {
                $0.action == frame.action && $0.amount?.quantity != nil
            }) {
                frame.amount = sibling.amount
            }
        }
    }

    /// A full refund repeats the payment's amount; "half" and "the rest" are computed.
    private func followAmounts() {
        for (place, frame) in draft.frames.enumerated() {
            guard frame.entry.follows == "payment" || frame.action == "reverse_transfer",
                frame.entry.money != .none
            else { continue }
            let base = draft.frames[..<place].last {
                $0.entry.follows == nil && $0.amount?.quantity != nil
            }
            let captured = draft.frames[..<place].last {
                $0.action == "capture_payment" && $0.amount?.quantity != nil
            }
            guard let base = frame.action == "capture_payment" ? base : captured ?? base,
                let whole = base.amount?.quantity
            else { continue }
            if frame.amount?.quantity == nil {
                if frame.action == "create_dispute", frame.amount == nil { continue }
                let share = frame.amount?.share ?? .init()
                let part = Self.part(share, of: whole, taken: taken(frame.action, before: place))
                frame.amount = .init(
                    quantity: part, currency: base.amount?.currency, isUnknown: part == nil)
            } else if frame.action == "create_dispute", frame.amount?.quantity == whole {
                frame.amount = nil
            }
            if base.count > 1, frame.count == 1, base.action == "create_payment",
                frame.action == "create_refund", frame.spans.isEmpty
            {
                frame.count = base.count
            }
        }
    }

    private func taken(_ action: String, before place: Int) -> [Quantity] {
        draft.frames[..<place].filter { $0.action == action }.compactMap { $0.amount?.quantity }
    }

    /// Nil where the part is too fine, or nothing is left.
    private static func part(_ share: Frame.Share, of whole: Quantity, taken: [Quantity])
        -> Quantity?
    {
        guard share.isRest else { return whole.part(share.times, of: share.per) }
        guard var rest = whole.minorUnits(restScale) else { return nil }
        for part in taken { rest -= part.minorUnits(restScale) ?? 0 }
        return rest > 0 ? Quantity(rest, scale: restScale).reduced : nil
    }

    /// The finest unit that a currency has.
    private static let restScale = 3

    /// The direction that a rail has without more, and codes for causes named before the rail.
    private func completeRails() {
        for frame in draft.frames
        where frame.action == "create_transfer" || frame.action == "create_mandate" {
            guard frame.action == "create_transfer" else { continue }
            if frame.params["rail"] == nil { frame.params["rail"] = .string(Self.rail(for: frame)) }
            if frame.params["rail"]?.string == "sepa_credit",
                frame.params["direction"]?.string == "debit"
            {
                frame.params["rail"] = "sepa_debit"
            }
            if frame.params["rail"]?.string == "sepa_debit",
                frame.params["direction"]?.string == "credit"
            {
                frame.params["rail"] = "sepa_credit"
            }
            let pulls = ["ach", "ach_same_day", "sepa_debit", "bacs"].contains(
                frame.params["rail"]?.string ?? "")
            if frame.params["direction"] == nil {
                frame.params["direction"] = pulls ? "debit" : "credit"
            }
        }
    }

    private static func rail(for frame: Frame) -> String {
        let pulls = frame.params["direction"]?.string == "debit"
        if frame.scenario?.hasPrefix("sepa") == true { return pulls ? "sepa_debit" : "sepa_credit" }
        if frame.scenario?.hasPrefix("ach") == true { return "ach" }
        switch frame.amount?.currency {
        case "eur"?: return pulls ? "sepa_debit" : "sepa_credit"
        case "gbp"?: return pulls ? "bacs" : "faster_payments"
        case "usd"?: return pulls ? "ach" : "wire"
        default: return pulls ? "ach" : "swift"
        }
    }

    /// A check with a reason for its rejection is rejected.
    private func rejectForReasons() {
        for frame in draft.frames
        where frame.params["rejection_reason"] != nil && frame.scenario == nil
            && !frame.isSaidToSucceed
        {
            frame.scenario = OutcomeTable.scenario("decline", of: frame)
        }
    }

    /// A new customer exists before it is checked, whatever the sentence says first.
    private mutating func moveCustomersForward() {
        guard let place = draft.frames.firstIndex(where: { $0.action == "create_customer" }),
            let check = draft.frames.firstIndex(where: {
                ["create_kyc_check", "create_subscription", "issue_card"].contains($0.action)
            }), check < place,
            draft.frames[place].condition == nil
        else { return }
        draft.frames.insert(draft.frames.remove(at: place), at: check)
    }

    /// "Three tries, the last works": of the members of a group that say nothing, only the last,
    /// which is said to succeed, does.
    private func failBeforeLast() {
        guard let last = draft.group.last, draft.group.count > 1, last.isSaidToSucceed,
            last.scenario == nil,
            draft.group.dropLast().allSatisfy({ !$0.isSaidToSucceed })
        else { return }
        for frame in draft.group.dropLast() where frame.scenario == nil {
            frame.scenario = OutcomeTable.scenario("fail", of: frame)
        }
    }
}

extension Quantity {
    /// Without zeros at the end of the fraction.
    var reduced: Quantity {
        var (digits, scale) = (digits, scale)
        while scale > 0, digits.isMultiple(of: 10) { (digits, scale) = (digits / 10, scale - 1) }
        return Quantity(digits, scale: scale)
    }
}
