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
    /// Asks the bound provider and waits as long as a client would: at most `patience`, from which
    /// the wait is taken.
    func ask(
        _ question: ProviderQuestion, _ matched: MatchedCall, _ idempotency: IdempotencyScope?,
        _ providers: Providers, _ access: SandboxAccess, _ patience: inout Duration,
        _ call: inout Call
    ) async throws(Refusal) -> Providers.Answer {
        guard let binding = providers.bindings[question.dependency], !providers.areExhausted else {
            preconditionFailure("only bound providers are asked, and not without end")
        }
        let caller = InsideCaller(
            kind: .provider, principal: access.principal, access: access,
            asking: (call.insideCaller?.asking ?? []).union([question.dependency]),
            statements: binding.statements(question.inputs, question.ownFacts))
        let written = try await request(question, binding, matched.session, idempotency, access, call)
        guard case .request(let request) = written else {
            return note(.failed(written.failure(question.dependency, binding)), binding, &call)
        }
        guard let (answer, made) = await inside.pass(request, for: caller) else {
            let failure = Written.notMounted.failure(question.dependency, binding)
            return note(.failed(failure), binding, &call)
        }
        let received = await Self.receive(answer, &patience)
        return note(
            Self.verdict(received, answer, made, question.dependency, binding), binding, &call)
    }

    private func note(
        _ answer: Providers.Answer, _ binding: DependencyBinding, _ call: inout Call
    ) -> Providers.Answer {
        switch answer {
        case .failed(let failure):
            call.decisions.note(
                .simulate, .passed, "provider_failed", evidence: failure.evidence)
        case .facts(let facts, let source):
            var evidence = source?.evidence ?? [:]
            evidence["facts"] = .object(facts)
            call.decisions.note(.simulate, .passed, "provider_answered", evidence: evidence)
        }
        return answer
    }

    /// A binding's request, or why there is none.
    private enum Written {
        case request(Request)
        /// The binding leaves a parameter of the path without a value.
        case lacks(String)
        case notMounted

        func failure(_ dependency: Dependency, _ binding: DependencyBinding) -> ProviderFailure {
            let (code, hint) =
                switch self {
                case .lacks(let parameter):
                    (
                        "unwritable",
                        "Give the call what fills {\(parameter)} of \(binding.operation), or unbind \(dependency.rawValue)."
                    )
                case .request, .notMounted:
                    (
                        "not_mounted",
                        "Mount \(binding.contract) with its operation \(binding.operation), or unbind \(dependency.rawValue)."
                    )
                }
            return ProviderFailure(
                dependency, binding, code: code, request: nil, status: nil, simulated: nil,
                hint: hint)
        }
    }

    /// The request as the domain's own client would write it.
    private func request(
        _ question: ProviderQuestion, _ binding: DependencyBinding, _ session: String,
        _ idempotency: IdempotencyScope?, _ access: SandboxAccess, _ call: Call
    ) async throws(Refusal) -> Written {
        let mounts = try await services.sandboxCache.mounts(of: access)
        guard let mount = mounts.first(where: { $0.contract == binding.contract }),
            let mounted = try await services.mountable(mount, access),
            let operation = mounted.contract.operation(id: binding.operation),
            let asked = binding.asked(question.inputs)
        else { return .notMounted }
        let written = ProviderRequest(operation, asked)
        if let parameter = written.missing { return .lacks(parameter) }
        var trace: [UInt8] = []
        call.trace.appendTraceparent(to: &trace)
        var fields = written.headers + [("traceparent", String(decoding: trace, as: UTF8.self))]
        if !session.isEmpty { fields.append(("X-Dry-Run-Session", session)) }
        // A call that is begun anew, or repeated with its key, asks its provider once.
        if let idempotency {
            let key = "\(idempotency.key) \(question.dependency.rawValue)"
            if key.utf8.count <= 255 { fields.append(("Idempotency-Key", "\"\(key)\"")) }
        }
        let request = Request.inside(
            operation.method, "/\(binding.contract)\(written.target)",
            host: "\(access.slug).\(services.configuration.domain)", fields: fields,
            body: written.body, type: written.type)
        return request.map { .request($0) } ?? .notMounted
    }

    // MARK: The answer

    private enum Received {
        case whole
        case late, broken
    }

    /// Waits for what a simulated network would take, at most `patience`, which gets shorter by it.
    private static func receive(_ answer: Answer, _ patience: inout Duration) async -> Received {
        guard let fault = answer.fault else { return .whole }
        var wait = fault.latency
        switch fault.damage {
        case nil, .reset, .truncated: break
        case .silence(let hold): wait += hold
        case .slow(let pace): wait += .seconds(answer.body.count / max(1, pace))
        }
        let isLate = wait > patience
        wait = min(wait, patience)
        patience -= wait
        await EventLoop.current?.sleep(for: wait)
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
                if let facts = binding.facts(of: dependency, in: body) {
                    return .facts(
                        facts,
                        ProviderSource(dependency, binding, request: made.id.description))
                }
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
    /// A parameter of the path that has no value; nil where all have.
    let missing: String?

    init(_ operation: Contracts.Operation, _ asked: JSONValue) {
        var path = operation.path
        for member in asked["path"]?.object?.members ?? [] {
            path = path.replacing("{\(member.name)}", with: PercentEncoding.encode(member.value.shownPlain))
        }
        // What was filled in has no braces left: they are encoded.
        missing = path.split(separator: "{").dropFirst().first.map { String($0.prefix { $0 != "}" }) }
        let query = (asked["query"]?.object?.members ?? []).map {
            "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value.shownPlain))"
        }
        target = query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
        headers = (asked["headers"]?.object?.members ?? []).map { ($0.name, $0.value.shownPlain) }
        guard let value = asked["body"] else {
            (body, type) = ([], "application/json")
            return
        }
        if let media = operation.requestBody?.document, media.isXMLDocument,
            let document = media.xml(value, as: .request)
        {
            (body, type) = (document, media.name)
        } else if operation.requestBody?.json == nil, let members = value.object?.members {
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
