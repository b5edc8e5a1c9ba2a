import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    /// How long a quote may hold.
    private static let quoteTimeMax: Duration = .seconds(86_400)

    func createQuote(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        try PaymentsScenarios.refuse(call)
        let body = call.body ?? [:]
        let (sell, buy) = (body["sell_currency"]?.string ?? "", body["buy_currency"]?.string ?? "")
        try requireCurrency(body["sell_currency"], "/sell_currency")
        try requireCurrency(body["buy_currency"], "/buy_currency")
        let amount = body["amount"]?.int ?? 0
        let isSell = body["amount_side"]?.string != "buy"
        let rate: Int128
        switch try self.rate(of: Exchange(sell: sell, buy: buy, amount: amount, isSell: isSell), call) {
        case .none: return .unsupportedPair(sell, buy)
        case .at(let found): rate = found
        case .failed(let failure):
            return .unavailable(PaymentsError.exchangeUnavailable, because: failure)
        }
        let other =
            isSell
            ? FXRates.bought(amount, sell: sell, buy: buy, rate: rate)
            : FXRates.sold(amount, sell: sell, buy: buy, rate: rate)
        guard let other, other > 0, isSell || other <= Self.amountMax else {
            throw SimulationError.invalid(
                pointer: "/amount", rule: "amount",
                expected:
                    "an amount that is at least one and at most \(Self.amountMax) minor units on both sides"
            )
        }
        let expiry = try expiry(of: body["valid_for"]?.string ?? "PT15M", world.now)
        let id = world.drawID(PaymentsType.quote.prefix)
        var quote = EntityDraft(
            new: PaymentsType.quote.key(id),
            document: [
                "id": .string(id), "object": "fx_quote", "livemode": false, "status": .null,
                "sell_currency": .string(sell), "buy_currency": .string(buy),
                "sell_amount": .int(isSell ? amount : other),
                "buy_amount": .int(isSell ? other : amount),
                "amount_side": isSell ? "sell" : "buy", "rate": .string(FXRates.text(rate)),
                "spread_basis_points": .int(FXRates.spreadBasisPoints),
                "rounding": .string(Rounding.halfEven.rawValue),
                "expires_at": .string(expiry.rfc3339), "created": .string(world.now.rfc3339),
            ])
        _ = try await lifecycles.quote.fire(
            .call(call.operation.id), on: &quote, in: world, PaymentsStep()
        ).get()
        return SimulatedAnswer(.created, quote.document)
    }

    /// The contract's bound on one amount.
    private static let amountMax: Int64 = 99_999_999

    private func expiry(
        of text: String, _ now: SandboxInstant
    ) throws(SimulationError) -> SandboxInstant {
        guard let end = ISODuration(text)?.added(to: now), end > now, end <= now + Self.quoteTimeMax
        else {
            throw .invalid(
                pointer: "/valid_for", rule: "duration", expected: "a duration of at most a day")
        }
        return end
    }

    /// The quote that a payment in `sell` may use; nil when it names none.
    func openQuote(
        _ id: String?, sell: String, _ world: WorldTransaction
    ) async throws -> EntityDraft? {
        guard let id else { return nil }
        guard let entity = try await world.entity(PaymentsType.quote.key(id)) else {
            throw AnswerInstead(.missing(.quote, id))
        }
        let quote = try EntityDraft(entity)
        let expiry = SandboxInstant(rfc3339: quote.text("expires_at")) ?? world.now
        guard quote.text("status") == "open", world.now < expiry else {
            throw AnswerInstead(
                .conflict(
                    "quote_expired", "The quote's rate holds no more.", param: "fx_quote",
                    advice: "Ask for a new quote with POST /v1/fx_quotes."))
        }
        guard quote.text("sell_currency") == sell else {
            throw AnswerInstead(
                .conflict(
                    "quote_mismatch", "The quote sells another currency.", param: "fx_quote",
                    advice: "Name a quote whose sell_currency is \(sell)."))
        }
        return quote
    }

    func take(_ quote: EntityDraft, _ world: WorldTransaction) async throws {
        var quote = quote
        _ = try await lifecycles.quote.fire(
            .fact("rate_taken"), on: &quote, in: world, PaymentsStep()
        ).get()
    }
}

extension SimulatedAnswer {
    static func unsupportedPair(_ sell: String, _ buy: String) -> SimulatedAnswer {
        .conflict(
            "pair_not_supported", "There is no rate from \(sell) to \(buy).",
            advice: "Name two currencies that have a rate, such as EUR and USD.")
    }
}
