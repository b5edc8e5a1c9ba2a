import Access
import Contracts
import Tenancy

extension PaymentsSimulator {
    /// How long a challenge can be answered; a bank that asks in its own time takes a day.
    private static let challengeTime: Duration = .seconds(600)
    private static let decoupledTime: Duration = .seconds(86_400)

    /// Asks the issuer to authenticate the payer, who has got `code`. Gives the new
    /// authentication's id.
    func authenticate(
        _ payment: EntityDraft, _ plan: AuthenticationPlan, _ method: JSONValue,
        _ code: CodeMessage?, _ world: WorldTransaction
    ) async throws -> String {
        let brand = method["card"]?["brand"]?.string.flatMap(CardBrand.init) ?? .unknown
        let id = world.drawID(PaymentsType.authentication.prefix)
        var authentication = EntityDraft(
            new: PaymentsType.authentication.key(id),
            document: newAuthentication(id, payment, plan, brand, world.now))
        // Only where a code is sent: authentications without one stay as they were.
        if let sent = code?.document { authentication.document["one_time_code"] = sent }
        _ = try await lifecycles.authentication.fire(
            .fact("requested"), on: &authentication, in: world, PaymentsStep()).get()
        return id
    }

    private func newAuthentication(
        _ id: String, _ payment: EntityDraft, _ plan: AuthenticationPlan, _ brand: CardBrand,
        _ now: SandboxInstant
    ) -> JSONValue {
        let status = plan.status
        let isDecoupled = status == .decoupled
        let end = now + (isDecoupled ? Self.decoupledTime : Self.challengeTime)
        let hasPage = status.isPending && !isDecoupled
        return [
            "id": .string(id), "object": "authentication", "livemode": false,
            "payment": .string(payment.key.id), "status": .null,
            "flow": isDecoupled ? "decoupled" : status.isPending ? "challenge" : "frictionless",
            "version": status == .securePaymentChallenge ? "2.3.1" : "2.2.0",
            "network": .string(brand.rawValue), "trans_status": .string(status.rawValue),
            "trans_status_reason": .string(orNull: plan.reason),
            "eci": .string(orNull: status.commerceIndicator(brand)),
            "liability_shift": .bool(status.shiftsLiability),
            "device_check": .string(plan.deviceCheck.rawValue),
            "exemption": .string(orNull: plan.exemption),
            "exemption_granted": plan.exemption == nil ? .null : .bool(!plan.isExemptionRefused),
            "challenge_url": hasPage ? .string("/v1/authentications/\(id)/challenge") : .null,
            "expires_at": status.isPending ? .string(end.rfc3339) : .null,
            "simulated": .string(plan.name), "created": .string(now.rfc3339),
        ]
    }

    func completeAuthentication(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        var authentication = try await draft(.authentication, call, world)
        let input = try await outcome(of: call.body ?? [:], &authentication, world)
        let result = try await lifecycles.authentication.fire(
            .call(call.operation.id), input: input, on: &authentication, in: world, PaymentsStep())
        if case .failure(let refusal) = result { return .refused(refusal) }
        try await resumePayment(after: authentication, asking: call.providers, world)
        return SimulatedAnswer(.changed, authentication.document)
    }

    /// Lets the payment go on, or end, once its payer has been authenticated or has not.
    func resumePayment(
        after authentication: EntityDraft, asking providers: Providers, _ world: WorldTransaction
    ) async throws {
        guard let status = TransactionStatus(rawValue: authentication.text("trans_status")),
            !status.isPending,
            let entity = try await world.entity(
                PaymentsType.payment.key(authentication.text("payment")))
        else { return }
        var payment = try EntityDraft(entity)
        guard payment.text("status") == "requires_action" else { return }
        guard status.allowsAuthorisation else {
            _ = try await fire(
                .fact("authentication_failed"), on: &payment, nil, cause: "", .changed, world)
            return
        }
        let method = try await world.entity(
            PaymentsType.paymentMethod.key(payment.text("payment_method")))?.json
        let attempt = try await attempt(
            payment, amount: payment.amount("amount"), method: method ?? [:], [:], cause: "",
            isAuthenticated: true, asking: providers, world)
        _ = try await fire(
            .fact("authentication_passed"), on: &payment, attempt, cause: "", .changed, world)
    }
}
