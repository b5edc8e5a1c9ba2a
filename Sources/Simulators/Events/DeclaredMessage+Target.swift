import Access
import Contracts
import HTTP
import Tenancy

// What a contract declares of how a webhook or callback is sent, beside its body.
extension DeclaredMessage {
    /// Method, header fields and query parameters, the same for the same seed and tick; the address
    /// is the endpoint's, or `address`.
    ///
    /// Sent are those that are required, and those for which the contract has an example or a
    /// default. Fields that are the platform's, a credential's or a signature's are not, nor what no
    /// field can hold.
    /// - Parameter value: what an expression of the contract's stands for; nil where there is none.
    func target(
        _ draws: String, at address: (url: String, isInbox: Bool) = ("", false),
        in world: WorldTransaction, _ value: (RuntimeExpression) -> String?
    ) -> EventTarget {
        var fields: [EventTarget.Parameter] = []
        var query: [EventTarget.Parameter] = []
        if !parameters.isEmpty {
            var seed = world.draws(draws + ":parameters")
            for parameter in parameters {
                let context = MakingContext(
                    seed: seed.next(), now: world.now.rfc3339, seconds: world.now.seconds,
                    direction: .answer)
                for pair in Self.pairs(parameter, context, value) {
                    let made = EventTarget.Parameter(name: pair.name, value: pair.value)
                    guard pair.value.utf8.count <= WebhookLimits.parameterBytes else { continue }
                    if parameter.parameter.location == .query {
                        query.append(made)
                    } else if Self.isWritable(pair.name, pair.value) {
                        fields.append(made)
                    }
                }
            }
        }
        return EventTarget(
            method: method, url: address.url, isInbox: address.isInbox, fields: fields, query: query)
    }

    private static func pairs(
        _ declared: DeclaredParameter, _ context: MakingContext,
        _ value: (RuntimeExpression) -> String?
    ) -> [(name: String, value: String)] {
        if let template = declared.expression, let text = filled(template, value) {
            return [(declared.parameter.name, text)]
        }
        return declared.value(context).map(declared.written) ?? []
    }

    /// Nil where an expression stands for nothing.
    private static func filled(
        _ template: RuntimeTemplate, _ value: (RuntimeExpression) -> String?
    ) -> String? {
        var text = ""
        for part in template.parts {
            switch part {
            case .text(let piece): text += piece
            case .expression(let expression):
                guard let own = value(expression) else { return nil }
                text += own
            }
        }
        return text
    }

    private static func isWritable(_ name: String, _ value: String) -> Bool {
        let lower = name.lowercased()
        guard MadeAnswer.mayWrite(header: name), !CredentialNames.isOne(name),
            !lower.hasPrefix("webhook-"), !["host", "user-agent", "expect"].contains(lower)
        else { return false }
        var fields = HeaderFields()
        return fields.appendIfValid(name, value)
    }
}
