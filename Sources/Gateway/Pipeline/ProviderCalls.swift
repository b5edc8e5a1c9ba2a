import Access
import Contracts
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Tenancy

// Calls that a call leads to: what one of our domains asks of a mounted contract. Such a call takes
// the whole path like one from outside, with a row of its own in the log and in the same trace.
extension Pipeline {
    /// Asks the bound provider and waits as long as a client would.
    func ask(
        _ question: ProviderQuestion, _ matched: MatchedCall, _ idempotency: IdempotencyScope?,
        _ providers: Providers, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Providers.Answer {
        guard let binding = providers.bindings[question.dependency], !providers.areExhausted else {
            preconditionFailure("only bound providers are asked, and not without end")
        }
        let caller = InsideCaller(
            kind: .provider, principal: access.principal, access: access,
            asking: (call.insideCaller?.asking ?? []).union([question.dependency]),
            statements: binding.statements(question.inputs, question.ownFacts))
        guard let request = try await request(
            question, binding, matched.session, idempotency, access, call),
            let (answer, made) = await inside.pass(request, for: caller)
        else {
            return note(
                .failed(
                    ProviderFailure(
                        question.dependency, binding, code: "not_mounted", request: nil,
                        status: nil, simulated: nil,
                        hint: "Mount \(binding.contract) with its operation \(binding.operation), or unbind \(question.dependency.rawValue).")),
                question, binding, nil, &call)
        }
        let received = await Self.receive(answer)
        return note(
            Self.verdict(received, answer, made, question.dependency, binding), question, binding,
            made, &call)
    }

    private func note(
        _ answer: Providers.Answer, _ question: ProviderQuestion, _ binding: DependencyBinding,
        _ made: Call?, _ call: inout Call
    ) -> Providers.Answer {
        switch answer {
        case .failed(let failure):
            call.decisions.note(
                .simulate, .passed, "provider_failed", evidence: failure.evidence)
        case .facts(let facts):
            call.decisions.note(
                .simulate, .passed, "provider_answered",
                evidence: [
                    "dependency": .string(question.dependency.rawValue),
                    "provider": .string(binding.contract),
                    "operation": .string(binding.operation),
                    "request": .string(orNull: made?.id.description), "facts": .object(facts),
                ])
        }
        return answer
    }

    /// The request as the domain's own client would write it; nil where the operation is not there.
    private func request(
        _ question: ProviderQuestion, _ binding: DependencyBinding, _ session: String,
        _ idempotency: IdempotencyScope?, _ access: SandboxAccess, _ call: Call
    ) async throws(Refusal) -> Request? {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == binding.contract }),
            let mounted = try await services.mountable(mount, access),
            let operation = mounted.contract.operation(id: binding.operation),
            let asked = binding.asked(question.inputs)
        else { return nil }
        let written = ProviderRequest(operation, asked)
        var trace: [UInt8] = []
        call.trace.appendTraceparent(to: &trace)
        var fields = written.headers + [("traceparent", String(decoding: trace, as: UTF8.self))]
        if !session.isEmpty { fields.append(("X-Dry-Run-Session", session)) }
        // A call that is begun anew, or repeated with its key, asks its provider once.
        if let idempotency {
            let key = "\(idempotency.key) \(question.dependency.rawValue)"
            if key.utf8.count <= 255 { fields.append(("Idempotency-Key", "\"\(key)\"")) }
        }
        return .inside(
            operation.method, "/\(binding.contract)\(written.target)",
            host: "\(access.slug).\(services.configuration.domain)", fields: fields,
            body: written.body, type: written.type)
    }

    // MARK: The answer

    private enum Received {
        case whole
        case late, broken
    }

    /// Waits for what a simulated network would take, at most as long as our domains wait.
    private static func receive(_ answer: Answer) async -> Received {
        guard let fault = answer.fault else { return .whole }
        var wait = fault.latency
        switch fault.damage {
        case nil, .reset, .truncated: break
        case .silence(let hold): wait += hold
        case .slow(let pace): wait += .seconds(answer.body.count / max(1, pace))
        }
        let isLate = wait > GatewayLimits.providerPatience
        await EventLoop.current?.sleep(for: min(wait, GatewayLimits.providerPatience))
        if isLate { return .late }
        switch fault.damage {
        case nil, .slow: return .whole
        case .reset, .silence, .truncated: return .broken
        }
    }

    private static func verdict(
        _ received: Received, _ answer: Answer, _ made: Call, _ dependency: Dependency,
        _ binding: DependencyBinding
    ) -> Providers.Answer {
        let code: String
        switch received {
        case .late: code = "timeout"
        case .broken: code = "connection"
        case .whole:
            let body = JSONValue(answered: answer.body)
            if (200...299).contains(answer.status) {
                if let facts = binding.facts(of: dependency, in: body) { return .facts(facts) }
                code = "unreadable"
            } else {
                code = "status"
            }
        }
        let explained = Explanation(
            status: answer.status, code: answer.code,
            storedDecisions: storedJSON(made.decisions.stored)
        ).document
        return .failed(
            ProviderFailure(
                dependency, binding, code: code, request: made.id.description,
                status: received == .whole ? answer.status : nil,
                simulated: answer.fields["X-Sbx-Simulated"],
                hint: explained["to_change"]?[0]?.string
                    ?? "Look at the provider's call with GET /v1/sandboxes/{id}/requests/\(made.id)/explain."
            ))
    }
}

/// A provider's request: what a binding's template was filled with, written as the operation takes
/// it.
private struct ProviderRequest {
    /// Path and query.
    let target: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let type: String

    init(_ operation: Contracts.Operation, _ asked: JSONValue) {
        var path = operation.path
        for member in asked["path"]?.object?.members ?? [] {
            path = path.replacing("{\(member.name)}", with: PercentEncoding.encode(member.value.shownPlain))
        }
        let query = (asked["query"]?.object?.members ?? []).map {
            "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value.shownPlain))"
        }
        target = query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
        headers = (asked["headers"]?.object?.members ?? []).map { ($0.name, $0.value.shownPlain) }
        guard let value = asked["body"] else {
            (body, type) = ([], "application/json")
            return
        }
        if operation.requestBody?.json == nil, let members = value.object?.members {
            let pairs = members.map {
                "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value.shownPlain))"
            }
            (body, type) = (
                Array(pairs.joined(separator: "&").utf8), "application/x-www-form-urlencoded"
            )
        } else {
            (body, type) = (JSONWriter.bytes(value), "application/json")
        }
    }
}

extension JSONValue {
    /// As it stands in a parameter.
    fileprivate var shownPlain: String { string ?? JSONWriter.text(self) }

    /// Null for what is no JSON.
    fileprivate init(answered bytes: [UInt8]) {
        do {
            self = try JSONParser.parse(bytes)
        } catch {
            self = .null
        }
    }
}
