import Access
import Contracts
import HTTP
import Observability
import Simulators

// The policy step: what may come in at all. Size and media type are looked at where the body is
// read; here its content.
extension Pipeline {
    /// The body that goes on: as it came, or with personal data masked. Card numbers that are no
    /// test numbers, and keys, are refused wherever they stand, personal data as the sandbox's policy
    /// says.
    func screen(
        _ body: [UInt8], _ policy: PolicySettings, _ call: inout Call
    ) throws(Refusal) -> [UInt8] {
        let screen = ContentScreen(services: services)
        try screen.check(call.head)
        let value = try screen.check(body, evenIfHarmless: policy.personalData != .off)
        guard let value else { return body }
        return try handlePersonalData(value, policy.personalData, &call) ?? body
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
        let path = target.fullPath
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
