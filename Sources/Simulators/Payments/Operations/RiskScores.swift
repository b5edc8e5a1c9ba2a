import Access
import Contracts
import Tenancy

/// How risky an attempt to pay is, as far as somebody else than our own rules says so.
struct RiskAssessment: Sendable {
    /// Who was asked.
    enum Provider: Sendable {
        case answered(ProviderSource)
        case failed(ProviderFailure)
    }

    /// Nil where our own rules are to score it.
    var score: RiskScore?
    /// Nil where no provider is bound, or where nobody needed a score.
    var provider: Provider?

    /// For the payment's outcome: the same for the same seed, so without the call's id.
    var document: JSONValue? {
        switch provider {
        case nil: nil
        case .answered(let source): Self.document(source.contract, source.operation, nil)
        case .failed(let failure):
            Self.document(failure.contract, failure.operation, failure.code)
        }
    }

    private static func document(
        _ contract: String, _ operation: String, _ failure: String?
    ) -> JSONValue {
        [
            "contract": .string(contract), "operation": .string(operation),
            "failure": .string(orNull: failure),
        ]
    }
}

extension PaymentsSimulator {
    /// The score of the dependency `risk.score`. A provider that fails stops no payment: our own
    /// rules score it, and the outcome says so. What a scenario or a test card adds to the risk
    /// holds whoever is asked: then the higher score counts.
    func assess(
        _ request: AuthorisationRequest, _ payment: EntityDraft, card: JSONValue,
        _ providers: Providers, _ world: WorldTransaction
    ) async throws -> RiskAssessment {
        guard providers.isBound(.riskScore) else { return RiskAssessment() }
        var customer: JSONValue?
        if let id = payment.document["customer"]?.string {
            customer = try await world.entity(PaymentsType.customer.key(id))?.json
        }
        let answer = try providers.ask(
            .riskScore, request.inputs(card: card, payment.document["customer"], customer),
            ownFacts: JSONObject([
                .init(name: "score", value: .int(Int64(request.ownScore.value)))
            ]))
        switch answer {
        case .failed(let failure): return RiskAssessment(provider: .failed(failure))
        case .facts(let facts, let source):
            guard let provided = facts["score"].flatMap(RiskScore.init(provided:)) else {
                preconditionFailure("a dependency's facts are checked before they come here")
            }
            let own = request.ownScore
            let isSteered = request.cardRiskPoints > 0 && own.value > provided.value
            return RiskAssessment(
                score: isSteered ? own : provided, provider: source.map { .answered($0) })
        }
    }
}

extension AuthorisationRequest {
    fileprivate func inputs(
        card: JSONValue, _ id: JSONValue?, _ customer: JSONValue?
    ) -> JSONObject {
        JSONObject([
            .init(name: "amount", value: .int(amount)),
            .init(name: "currency", value: .string(currency)),
            .init(name: "card_brand", value: .string(brand.rawValue)),
            .init(name: "card_funding", value: card["funding"] ?? "unknown"),
            .init(name: "card_country", value: card["country"] ?? .null),
            .init(name: "customer", value: id ?? .null),
            .init(name: "email", value: customer?["email"] ?? .null),
            .init(name: "phone", value: .string(orNull: PhoneNumber.digits(of: customer))),
            .init(name: "merchant_category", value: .string(orNull: merchantCategory)),
            .init(name: "merchant_risk", value: .string(merchantRisk.rawValue)),
        ])
    }
}

/// Phone numbers as providers take them.
enum PhoneNumber {
    /// A customer's number without what makes it readable, such as `+468123450` for `+46 8 123 450`;
    /// nil without one.
    static func digits(of customer: JSONValue?) -> String? {
        let kept = customer?["phone"]?.string?.filter { $0 == "+" || $0.isASCII && $0.isNumber }
        return kept.flatMap { $0.isEmpty ? nil : $0 }
    }
}
