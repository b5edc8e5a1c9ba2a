import Contracts
import HTTP

/// Refuses what must not come into a database: numbers that could be somebody's card, and keys of
/// ours or of production. Where they are meant to be shown, as credentials, keys are never stored;
/// anywhere else they would be kept as content, in a log, in a backup.
struct ContentScreen {
    let services: Services

    /// Fields that a call may have stored; others are only read.
    private static let storedFields = ["idempotency-key", "x-dry-run-session"]

    /// Path, query, and the fields that are stored.
    func check(_ head: RequestHead) throws(Refusal) {
        if SecretMask.mayBeNeeded(path: head.pathBytes) { try Self.check(decodedPath(head), in: "path") }
        for name in Self.storedFields {
            guard let value = head.fields[name] else { continue }
            try Self.check(value, in: "header")
            if SensitiveText.holdsToken(value) { throw .secret(in: "header", at: nil) }
        }
        guard head.queryBytes != nil else { return }
        for pair in try services.query(of: head) {
            try Self.check(pair.name, in: "query")
            // Contracts may have keys in the query; those are read as credentials, and not stored.
            if CardScreen.isFound(in: pair.value) { throw .cardNumber(in: "query", at: nil) }
        }
    }

    /// The body as a value, when there was a reason to read it: something suspicious, or
    /// `evenIfHarmless`. What is no JSON is looked at as it is, and as a form.
    /// `credentials` are the places where keys are meant to be shown.
    func check(
        _ body: [UInt8], evenIfHarmless: Bool = false, sparing credentials: [JSONPointer] = []
    ) throws(Refusal) -> JSONValue? {
        let isSuspect = Self.mayHide(body)
        guard isSuspect || evenIfHarmless, !body.isEmpty else { return nil }
        guard let value = Self.json(body) else {
            if isSuspect { try checkText(body) }
            return nil
        }
        if isSuspect { try Self.check(value, sparing: credentials) }
        return value
    }

    /// Every text of the value.
    static func check(
        _ value: JSONValue, sparing credentials: [JSONPointer] = []
    ) throws(Refusal) {
        for (pointer, text) in TextWalk.texts(of: value) where !credentials.contains(pointer) {
            try check(text, in: "body", at: pointer)
        }
    }

    private static func check(
        _ text: String, in location: String, at pointer: JSONPointer? = nil
    ) throws(Refusal) {
        if CardScreen.isFound(in: text) { throw .cardNumber(in: location, at: pointer) }
        if SensitiveText.holdsKey(text) { throw .secret(in: location, at: pointer) }
    }

    private func checkText(_ body: [UInt8]) throws(Refusal) {
        try Self.check(String(decoding: body, as: UTF8.self), in: "body")
        let form: [UInt8]
        do throws(EncodingFault) {
            form = try PercentEncoding.decode(body, plusIsSpace: true)
        } catch {
            return
        }
        try Self.check(String(decoding: form, as: UTF8.self), in: "body")
    }

    private func decodedPath(_ head: RequestHead) -> String {
        do throws(EncodingFault) {
            return try PercentEncoding.decodeText(head.pathBytes)
        } catch {
            return head.path
        }
    }

    /// Escapes of JSON and forms can hide anything.
    private static func mayHide(_ body: [UInt8]) -> Bool {
        body.contains(UInt8(ascii: "\\")) || body.contains(UInt8(ascii: "%"))
            || CardScreen.isFound(in: body)
            || body.withUnsafeBufferPointer { SensitiveText.isFound(in: $0) }
    }

    /// Nil for what is no JSON, which is refused by the step that reads it for its contract.
    private static func json(_ body: [UInt8]) -> JSONValue? {
        do {
            return try JSONParser.parse(body)
        } catch {
            return nil
        }
    }
}
