import Contracts

/// An exchange for which a rate is wanted.
struct Exchange: Sendable {
    /// Currencies as the contract writes them.
    let sell: String
    let buy: String
    /// Minor units on the side that was asked for.
    let amount: Int64
    let isSell: Bool
}

/// Units of the bought currency for one of the sold, in 10^-8.
enum ExchangeRate {
    case at(Int128)
    /// No rate is known between the two currencies.
    case none
    /// The bound provider gave none.
    case failed(ProviderFailure)
}

extension PaymentsSimulator {
    /// The rate of the dependency `fx.quote`: a bound provider's, else the domain's own, which the
    /// scenario `rate_moved` makes worse.
    func rate(
        of exchange: Exchange, _ call: SimulatedCall
    ) throws(SimulationError) -> ExchangeRate {
        let isMoved = call.asked { $0 == "rate_moved" ? true : nil } != nil
        guard let own = FXRates.rate(sell: exchange.sell, buy: exchange.buy, moved: isMoved) else {
            return .none
        }
        switch try call.providers.ask(
            .exchangeQuote, exchange.inputs, ownFacts: exchange.facts(at: own))
        {
        case .failed(let failure): return .failed(failure)
        case .facts(let facts, _):
            guard let rate = facts["rate"].flatMap({ FXRates.rate(decimal: $0.scalarText) }) else {
                preconditionFailure("a dependency's facts are checked before they come here")
            }
            return .at(rate)
        }
    }
}

extension Exchange {
    fileprivate var inputs: JSONObject {
        JSONObject([
            .init(name: "sell_currency", value: .string(sell)),
            .init(name: "buy_currency", value: .string(buy)),
            .init(name: "amount", value: .int(amount)),
            .init(name: "amount_side", value: isSell ? "sell" : "buy"),
        ])
    }

    fileprivate func facts(at rate: Int128) -> JSONObject {
        let other =
            isSell
            ? FXRates.bought(amount, sell: sell, buy: buy, rate: rate)
            : FXRates.sold(amount, sell: sell, buy: buy, rate: rate)
        let number = JSONNumber(FXRates.text(rate)).map { JSONValue.number($0) }
        return JSONObject([
            .init(name: "rate", value: number ?? .null),
            .init(name: "sold", value: .int(isSell ? amount : other ?? 0)),
            .init(name: "bought", value: .int(isSell ? other ?? 0 : amount)),
        ])
    }
}
