import Contracts
import HTTP
import Observability

// Refusals of a request's content.
extension Refusal {
    static func payloadTooLarge(bytesMax: Int) -> Refusal {
        Refusal(
            .policy, .payloadTooLarge, "The body is larger than \(bytesMax) bytes.",
            hint: "Send a smaller body."
        ).bounded(
            Bound(
                policy: "platform", rule: "body_bytes_max", observed: .string("more"),
                limit: .int(bytesMax)))
    }

    /// `taken`: the media types that the operation declares.
    static func unsupportedMediaType(
        _ type: String?, taken: [String] = ["application/json"]
    ) -> Refusal {
        let types = taken.isEmpty ? ["application/json"] : taken
        return Refusal(
            .policy, .unsupportedMediaType,
            type.map { "The body's Content-Type is \($0)." } ?? "The body has no Content-Type.",
            hint: types == ["application/json"]
                ? "Send JSON with Content-Type: application/json."
                : "Send it as \(types.joined(separator: " or ")).")
    }

    static let malformedCompression = Refusal(
        .policy, .malformedBody, "The body is not what its Content-Encoding promises.",
        hint: "Compress it whole with gzip, or send it as it is.")

    static func unsupportedCoding(_ coding: String) -> Refusal {
        Refusal(
            .policy, .unsupportedMediaType, "The body's Content-Encoding is \(coding.prefix(40)).",
            hint: "Send it with gzip or as it is.")
    }

    static let malformedMultipart = Refusal(
        .validate, .malformedBody, "The body is not what its boundary promises.",
        hint: "Send parts with a name each, and the boundary in Content-Type."
    ).listing([
        ["location": "body", "pointer": "", "rule": "multipart", "expected": "multipart/form-data"]
    ])

    static let malformedForm = Refusal(
        .validate, .malformedBody, "The form has a percent escape that is none.",
        hint: "Write a percent sign as %25."
    ).listing([["location": "body", "pointer": "", "rule": "percent_encoding", "expected": "a form"]])

    static func bodyError(_ error: BodyError, bytesMax: Int) -> Refusal {
        switch error {
        case .tooLarge: .payloadTooLarge(bytesMax: bytesMax)
        case .malformed(let fault):
            Refusal(
                .accept, .bodyIncomplete, fault.sentence,
                hint: "Send the body as its framing fields announce it.")
        case .connectionLost, .timedOut:
            Refusal(
                .accept, .bodyIncomplete, "The body ended before its announced length.",
                hint: "Send the whole body.")
        }
    }

    static func malformedBody(_ error: JSONError) -> Refusal {
        Refusal(
            .validate, .malformedBody, "The body is no JSON: \(error).",
            hint: "Send one JSON value, UTF-8, without doubled members."
        ).listing([
            ["location": "body", "pointer": "", "rule": "json", "expected": "JSON", "got": "\(error)"]
        ])
    }

    static func malformedXML(_ error: XMLError) -> Refusal {
        Refusal(
            .validate, .malformedBody, "The body cannot be read as XML: \(error).", hint: error.fix
        ).listing([
            ["location": "body", "pointer": "", "rule": "xml", "expected": "XML", "got": "\(error)"]
        ])
    }

    static func malformedQuery() -> Refusal {
        Refusal(
            .validate, .validationFailed, "The query has a percent escape that is none.",
            hint: "Write a percent sign as %25."
        ).listing([["location": "query", "pointer": "", "rule": "percent_encoding"]])
    }

    static func unstorableText(in location: String, at pointer: JSONPointer) -> Refusal {
        Refusal(
            .validate, .validationFailed, "The \(location) has the character U+0000 in it.",
            hint: "Leave the character out: it cannot be stored."
        ).listing([
            [
                "location": .string(location), "pointer": .string(pointer.description),
                "rule": "characters", "expected": "text without U+0000",
            ]
        ])
    }

    static func invalid(_ faults: [MessageFault]) -> Refusal {
        Refusal(
            .validate, .validationFailed,
            "\(faults.count) \(faults.count == 1 ? "fault" : "faults"): \(Self.sentence(faults)).",
            hint: "Each entry of errors points at a member and says what is expected there."
        ).listing(faults.map(\.published))
    }

    /// One fault found beyond the contract, e.g. a slug in use of reserved words.
    static func invalid(
        _ code: ProblemCode = .validationFailed, pointer: String, rule: String, expected: String
    ) -> Refusal {
        Refusal(
            .validate, code, "\(pointer): expected \(expected).",
            hint: "Each entry of errors points at a member and says what is expected there."
        ).listing([
            [
                "location": "body", "pointer": .string(pointer), "rule": .string(rule),
                "expected": .string(expected),
            ]
        ])
    }

    private static func sentence(_ faults: [MessageFault]) -> String {
        guard let first = faults.first else { return "" }
        return first.isSensitive
            ? "\(first.fault.pointer): expected \(first.fault.expected)" : first.description
    }
}

extension MessageFault {
    /// The public form; the value of a secret member is never repeated.
    var published: JSONValue {
        var entry: JSONValue = [
            "location": .string(location.rawValue),
            "pointer": .string(fault.pointer.description),
            "rule": .string(fault.rule),
            "expected": .string(fault.expected),
        ]
        if let name { entry["name"] = .string(name) }
        if let xpath { entry["xpath"] = .string(xpath) }
        if !isSensitive { entry["got"] = .string(fault.got) }
        if let nearest = fault.nearest { entry["did_you_mean"] = .string(nearest) }
        return entry
    }

    /// Whether the value could be a secret or a card number that somebody typed.
    var isSensitive: Bool {
        let pointer = fault.pointer.description
        return ["/password", "/number", "/cvc", "/secret"].contains { pointer.hasSuffix($0) }
            || SensitiveText.isFound(in: fault.got)
    }
}

extension Refusal {
    static let invalidCursor = Refusal(
        .validate, .validationFailed, "The cursor is not the next of an earlier answer.",
        hint: "Leave it out to begin at the first page."
    ).listing([
        [
            "location": "query", "pointer": "", "name": "cursor", "rule": "cursor",
            "expected": "the next of an earlier answer",
        ]
    ])
}
