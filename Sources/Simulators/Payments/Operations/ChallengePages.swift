import Access
import Contracts
import Tenancy

// The page on which a payer answers its bank. It needs no script and no key: its address is known
// to nobody but the payer and the merchant.
extension PaymentsSimulator {
    func showChallenge(
        _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        let id = call.path("authentication") ?? ""
        let found = try await world.entity(PaymentsType.authentication.key(id), as: access)
        guard let entity = found.entity else { return .page(.missing, ChallengePage.unknown) }
        let authentication = try EntityDraft(entity)
        let payment = try await world.entity(
            PaymentsType.payment.key(authentication.text("payment")), as: access
        ).entity?.json
        return .page(.found, ChallengePage(authentication, payment: payment ?? [:]).html)
    }

    func answerChallenge(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("authentication") ?? ""
        guard let entity = try await world.entity(PaymentsType.authentication.key(id)) else {
            return .page(.missing, ChallengePage.unknown)
        }
        var authentication = try EntityDraft(entity)
        let result = try await lifecycles.authentication.fire(
            .call("complete_authentication"),
            input: ["outcome": .string(call.query("outcome") ?? "succeeded")],
            on: &authentication, in: world, PaymentsStep())
        guard case .success = result else {
            return .page(.conflicting, ChallengePage(authentication, payment: [:]).html)
        }
        try await resumePayment(after: authentication, asking: call.providers, world)
        return .page(.changed, ChallengePage(authentication, payment: [:]).html)
    }
}

extension SimulatedAnswer {
    fileprivate static func page(_ outcome: Outcome, _ html: String) -> SimulatedAnswer {
        SimulatedAnswer(outcome, page: html)
    }
}

/// The simulated bank's page. Everything in it is drawn or counted, nothing was typed by anybody,
/// so nothing needs escaping.
struct ChallengePage {
    private let status: String
    private let asks: Bool
    private let amount: String

    init(_ authentication: EntityDraft, payment: JSONValue) {
        status = authentication.text("status")
        asks = authentication.document["challenge_url"]?.string != nil
        let minor = payment["amount"]?.int ?? 0
        let currency = payment["currency"]?.string ?? ""
        amount = Currencies.shown(minor, currency)
    }

    static let unknown = page("Nothing to answer", "<p>There is no such authentication.</p>")

    var html: String {
        guard asks else {
            return Self.page(
                "Thank you",
                "<p>This authentication is over: \(status). You may close this page.</p>")
        }
        let buttons = [
            ("succeeded", "Confirm the payment"), ("failed", "Enter a wrong code"),
            ("abandoned", "Leave without answering"),
        ].map { outcome, label in
            "<form method=\"post\" action=\"?outcome=\(outcome)\"><button>\(label)</button></form>"
        }
        return Self.page(
            "Confirm your payment",
            "<p>A merchant asks for <strong>\(amount)</strong>. This is a sandbox: no money moves.</p>"
                + buttons.joined())
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
        <meta name="viewport" content="width=device-width">
        <style>body{font:1rem/1.5 sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem}\
        button{font:inherit;width:100%;padding:.6rem;margin:.3rem 0}</style></head>
        <body><main><h1>\(title)</h1>\(body)</main></body></html>
        """
    }
}
