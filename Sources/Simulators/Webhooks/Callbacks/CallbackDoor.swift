import Contracts
package import HTTP
import Runtime

/// What a call brings along so that its callbacks can be sent.
package struct CallbackDoor: Sendable {
    /// Of the call, as the caller wrote it.
    package let url: String
    package let fields: HeaderFields
    /// Which addresses may be sent to.
    let rule: EndpointURLRule
    let denied: DeniedHosts
    let slug: String

    /// What the tenant lets nothing go to counts here and again at every delivery.
    func target(
        _ method: String, _ url: String
    ) throws(CallbackFault) -> (url: String, isInbox: Bool) {
        do throws(WebhookError) {
            return (url, try rule.isInbox(url, of: slug, denying: denied))
        } catch {
            guard case .invalid(_, let rule, let expected) = error else {
                preconditionFailure("a URL is refused for what it is")
            }
            throw .refused(url: url, rule: rule, expected: expected)
        }
    }
}

/// Why nothing is sent for a callback.
enum CallbackFault: Error {
    /// The call has no such value, or the contract no such expression.
    case unresolved(String)
    case refused(url: String, rule: String, expected: String)
    /// No body that fits the contract can be made.
    case body(String)

    var document: JSONValue {
        switch self {
        case .unresolved(let expression):
            ["reason": "unresolved", "expression": .string(shown(expression))]
        case .refused(let url, let rule, let expected):
            [
                "reason": "url_refused", "url": .string(shown(url)), "rule": .string(rule),
                "expected": .string(expected),
            ]
        case .body(let expected): ["reason": "body", "expected": .string(shown(expected))]
        }
    }

    /// A decision record holds 2 KB.
    private func shown(_ text: String) -> String {
        String(text.prefix(WebhookLimits.callbackURLShown))
    }
}
