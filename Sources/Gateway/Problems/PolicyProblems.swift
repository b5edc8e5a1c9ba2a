import Contracts
import HTTP
import Observability

// Refusals of the sandbox's policy and of its report.
extension Refusal {
    /// `pointer` only for a body. The number itself is repeated nowhere.
    static func cardNumber(in location: String, at pointer: JSONPointer?) -> Refusal {
        let place = pointer.map { "\($0)" } ?? "The \(location)"
        return Refusal(
            .policy, .cardNumberRefused,
            "\(place) holds a number that could be somebody's card.",
            hint:
                "Use a published test card such as 4242424242424242. If a production system sent this, point it elsewhere; if it is no card number, put a letter before it."
        ).bounded(
            Bound(
                policy: "sandbox", rule: "card_numbers", observed: "a number with a card's form",
                limit: "test numbers")
        ).listing([
            [
                "location": .string(location), "pointer": .string(pointer?.description ?? ""),
                "rule": "card_numbers", "expected": "a published test card",
            ]
        ])
    }

    static func personalData(_ found: [(pointer: JSONPointer, kind: PersonalData)]) -> Refusal {
        let first = found.first.map { "\($0.pointer)" } ?? ""
        return Refusal(
            .policy, .personalDataRefused,
            "\(first) holds what could be somebody's data; the sandbox's policy refuses it.",
            hint:
                "Send made-up data: addresses under example.com, numbers of ranges for fiction. Or set personal_data to mask with PUT /v1/sandboxes/{id}/policy."
        ).bounded(
            Bound(
                policy: "sandbox", rule: "personal_data", observed: .int(found.count), limit: 0)
        ).listing(
            found.prefix(20).map { entry in
                [
                    "location": "body", "pointer": .string(entry.pointer.description),
                    "rule": .string(entry.kind.rawValue), "expected": "made-up data, such as an address under example.com",
                ]
            })
    }

    static func blocked(_ method: String, _ path: String, by rule: String) -> Refusal {
        Refusal(
            .policy, .blockedByGuard, "\(method) \(path) is blocked by the sandbox's guard.",
            hint:
                "Send X-Dry-Run: true to see what it would do, or change the rule with PUT /v1/sandboxes/{id}/policy."
        ).bounded(
            Bound(
                policy: "guard", rule: rule, observed: .string("\(method) \(path)"), limit: "block"))
    }

    static func originNotAllowed(_ origin: String) -> Refusal {
        Refusal(
            .policy, .originNotAllowed, "Pages of \(origin.prefix(200)) may not call this sandbox.",
            hint: "Add the origin to cors.origins with PUT /v1/sandboxes/{id}/policy."
        ).bounded(
            Bound(
                policy: "sandbox", rule: "cors_origins", observed: .string(String(origin.prefix(200))),
                limit: "the listed origins"))
    }

    static func malformedDryRun(_ field: String, expected: String) -> Refusal {
        Refusal(
            .policy, .validationFailed, "\(field) is not \(expected).",
            hint: "Send \(field) with \(expected), or leave it out."
        ).listing([
            [
                "location": "header", "pointer": "", "name": .string(field), "rule": "format",
                "expected": .string(expected),
            ]
        ])
    }

    static func blockedCalls(_ count: Int, allowed: Int, first: [JSONValue]) -> Refusal {
        Refusal(
            .policy, .blockedCallsFound,
            "\(count) calls were blocked or only rehearsed, \(allowed) are allowed.",
            hint: "errors lists the first of them; their explanation says what to change."
        ).bounded(
            Bound(
                policy: "assertion", rule: "blocked_calls_max", observed: .int(count),
                limit: .int(allowed))
        ).listing(first)
    }
}
