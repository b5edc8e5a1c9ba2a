import Contracts
import Observability

// Refusals of contracts that are brought in.
extension Refusal {
    static func contractRefused(_ problems: [ContractProblem]) -> Refusal {
        Refusal(
            .validate, .contractInvalid,
            "\(problems.count) \(problems.count == 1 ? "fault" : "faults"): "
                + "\(problems.first.map(\.description) ?? "it cannot be used").",
            hint: "Each entry of errors points into the document and says what is expected there."
        ).listing(problems.map(\.published))
    }

    static let contractReaderBusy = Refusal(
        .match, .serviceUnavailable, "Too many contracts are being read at once.",
        hint: "Send the same call again after Retry-After."
    ).with("Retry-After", "1")

    static let contractBusy = Refusal(
        .validate, .serviceUnavailable, "Others are bringing revisions of this contract at once.",
        hint: "Send the same call again after Retry-After."
    ).with("Retry-After", "1")

    static func noOverlay(of contract: String) -> Refusal {
        Refusal(
            .validate, .notFound, "The contract \"\(contract)\" has no overlay.",
            hint: "PUT one to the same address.")
    }

    static func contractKindNotAvailable(_ kind: String) -> Refusal {
        .invalid(
            .notAvailable, pointer: "", rule: "kind",
            expected: "an OpenAPI document; \(kind) is not available yet")
    }

    static func contractNameReserved(_ name: String) -> Refusal {
        .invalid(
            pointer: "/name", rule: "reserved",
            expected: "a name that is not the platform's own, as \"\(name)\" is")
    }
}

extension ContractProblem {
    /// For errors and warnings.
    var published: JSONValue {
        var entry: JSONValue = [
            "location": .string(file ?? "body"), "pointer": .string(pointer.description), "rule": "contract",
            "message": .string(reason),
        ]
        if let fix { entry["expected"] = .string(fix) }
        return entry
    }
}
