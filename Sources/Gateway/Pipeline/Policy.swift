import Access
import Contracts
import HTTP
import Observability
import Simulators

// The policy step: what may come in at all. Size and media type are looked at where the body is
// read; here its content.
extension Pipeline {
    /// The body that goes on: as it came, or with personal data masked. Card numbers that are no
    /// test numbers are refused wherever they stand, personal data as the sandbox's policy says.
    func screen(
        _ body: [UInt8], _ policy: PolicySettings, _ call: inout Call
    ) throws(Refusal) -> [UInt8] {
        try refuseCards(inAddressOf: call.head)
        let hasEscapes = body.contains(UInt8(ascii: "\\"))
        let mayHaveCards = hasEscapes || CardScreen.isFound(in: body)
        guard mayHaveCards || policy.personalData != .off, let value = Self.json(body) else {
            return body
        }
        if mayHaveCards { try refuseCards(in: value) }
        return try handlePersonalData(value, policy.personalData, &call) ?? body
    }

    private func refuseCards(inAddressOf head: RequestHead) throws(Refusal) {
        if CardScreen.isFound(in: head.pathBytes) { throw .cardNumber(in: "path", at: nil) }
        guard head.queryBytes != nil else { return }
        for pair in try services.query(of: head)
        where CardScreen.isFound(in: pair.value) || CardScreen.isFound(in: pair.name) {
            throw .cardNumber(in: "query", at: nil)
        }
    }

    private func refuseCards(in value: JSONValue) throws(Refusal) {
        for (pointer, text) in TextWalk.texts(of: value) where CardScreen.isFound(in: text) {
            throw .cardNumber(in: "body", at: pointer)
        }
    }

    /// The masked body; nil when nothing was to be masked.
    private func handlePersonalData(
        _ value: JSONValue, _ mode: PersonalDataMode, _ call: inout Call
    ) throws(Refusal) -> [UInt8]? {
        guard mode != .off else { return nil }
        var found: [(pointer: JSONPointer, kind: PersonalData)] = []
        let masked = TextWalk.replacing(value) { pointer, text in
            guard let kind = PersonalData(text) else { return nil }
            found.append((pointer, kind))
            return kind.masked(text)
        }
        guard !found.isEmpty else { return nil }
        guard mode == .mask else { throw .personalData(found) }
        call.decisions.note(
            .policy, .decided, "personal_data_masked",
            evidence: [
                "members": .array(found.prefix(20).map { .string($0.pointer.description) })
            ])
        return JSONWriter.bytes(masked)
    }

    /// Nil for what is no JSON, which is refused by the step that reads it for its contract.
    private static func json(_ body: [UInt8]) -> JSONValue? {
        guard !body.isEmpty else { return nil }
        do {
            return try JSONParser.parse(body)
        } catch {
            return nil
        }
    }
}

extension Pipeline {
    /// Whether the call is to be run in a dry run: because it asks for that, or because the
    /// sandbox's guard says so. Refuses what the guard blocks. Stands behind the match, since the
    /// contract tells which operations are destructive.
    func rehearsal(
        _ target: SandboxTarget, _ matched: MatchedCall, _ policy: PolicySettings, _ call: inout Call
    ) throws(Refusal) -> Rehearsal? {
        let asked = try Rehearsal.asked(by: call.head)
        guard !matched.operation.isSafe else { return asked?.session == nil ? nil : asked }
        let path = "/\(matched.mounted.name)" + String(decoding: target.path, as: UTF8.self)
        let verdict = policy.guarding.verdict(
            method: matched.operation.method, path: path,
            isDestructive: matched.operation.isDestructive)
        guard let verdict, asked == nil else { return asked }
        switch verdict.action {
        case .allow: return nil
        case .block: throw .blocked(matched.operation.method, path, by: verdict.rule)
        case .simulate:
            call.decisions.note(
                .policy, .decided, "simulated_by_guard",
                evidence: ["rule": .string(verdict.rule)])
            return Rehearsal(session: nil)
        }
    }
}

extension Operation {
    fileprivate var isSafe: Bool { method == "GET" || method == "HEAD" }

    /// Undoes or deletes: DELETE, or what the contract marks with `x-sbx-destructive`.
    fileprivate var isDestructive: Bool {
        method == "DELETE" || `extension`("x-sbx-destructive") == true
    }
}
