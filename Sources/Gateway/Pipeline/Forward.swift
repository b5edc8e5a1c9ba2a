import Access
import Contracts
import HTTP
import Observability
import Runtime
import Simulators
import Tenancy

// The simulate step where an upstream answers: passthrough and record. The call has been checked
// against the contract like any other; the upstream's answer is checked too, and counted where it
// drifts, but passed on as it is.
extension Pipeline {
    func forward(
        _ body: [UInt8], of matched: MatchedCall, at target: SandboxTarget,
        by route: UpstreamRoute, _ access: SandboxAccess, _ call: inout Call
    ) async throws(Refusal) -> Answer {
        let path = matched.mounted.belowBase(call.head.method, path: target.path)
        let trace = call.trace.child(random: call.loop.randomWord)
        let cookie = UpstreamCookies.sent(call.head.fields, matched.mounted.contract, at: target)
        let request = try written(path, body, matched, route, trace, cookie, access, call)
        let host = request.url.authority
        let denied = try await services.outbound.denied(access.tenantAccess)
        var span = UpstreamSpan(trace, call.head.method, route.upstream, at: services.clock.now())
        defer { span.keep(at: services.clock.now(), access, call) }
        let response: ClientResponse
        do throws(ClientError) {
            response = try await services.outbound.client.send(request, denying: denied)
        } catch {
            throw .upstream(error, host)
        }
        span.status = response.status.code
        let received = try Self.read(response, host)
        let faults = matched.operation.faults(
            ofAnswer: received.status, contentType: received.contentType,
            body: call.head.method == .head ? nil : received.body)
        let findings: JSONValue? =
            faults.isEmpty
            ? nil : SecretMask.masked(.array(faults.prefix(GatewayLimits.driftFindings).map(\.published)))
        try await count(findings, matched, access)
        var evidence: JSONValue = [
            "by": "upstream", "mode": .string(route.mode.rawValue), "upstream": .string(host),
            "status": .int(received.status), "drift": findings ?? .array([]),
            "hint": "The upstream has decided. Have the operation simulated with PATCH /v1/sandboxes/{id}/contracts/{contract} to decide here.",
        ]
        let cookies = UpstreamCookies(
            received.cookies, basePath: route.upstream.basePath, at: target,
            isSecure: services.configuration.seen(through: call.request).scheme == "https")
        if let told = cookies.evidence { evidence["cookies"] = told }
        if route.isRecorded {
            evidence["recorded"] = try await record(received, path, matched, host, access, call)
        }
        call.decisions.note(
            .simulate, received.status < 400 ? .passed : .decided, "upstream_answered",
            evidence: evidence)
        return received.answer(route.mode, drift: faults.count, setting: cookies)
    }

    private static func read(
        _ response: ClientResponse, _ host: String
    ) throws(Refusal) -> UpstreamAnswer {
        do throws(UpstreamFault) {
            return try UpstreamAnswer(response, bytesMax: GatewayLimits.upstreamAnswerBytes)
        } catch {
            throw .upstream(error, host)
        }
    }

    /// The request as it goes out.
    private func written(
        _ path: String, _ body: [UInt8], _ matched: MatchedCall, _ route: UpstreamRoute,
        _ trace: TraceContext, _ cookie: String?, _ access: SandboxAccess, _ call: Call
    ) throws(Refusal) -> ClientRequest {
        var traceparent: [UInt8] = []
        trace.appendTraceparent(to: &traceparent)
        let own = UpstreamRequest(
            path: path, query: matched.query, head: call.head, contract: matched.mounted.contract,
            traceparent: String(decoding: traceparent, as: UTF8.self),
            cookie: cookie, credential: try credential(of: route.upstream, matched.mounted.name, access))
        let base = route.upstream.baseURL
        do throws(ClientURL.Fault) {
            return ClientRequest(
                call.head.method, try ClientURL(base + own.target), fields: own.fields, body: body)
        } catch {
            throw .upstream(.badURL(error), base)
        }
    }

    private func credential(
        of upstream: Upstream, _ contract: String, _ access: SandboxAccess
    ) throws(Refusal) -> (header: String, value: String)? {
        guard let credential = upstream.credential else { return nil }
        do throws(SealingError) {
            let opened = try services.outbound.keys.open(
                credential.sealed, for: Upstream.purpose(access.tenant, contract))
            return (credential.header, String(decoding: opened, as: UTF8.self))
        } catch {
            throw .upstreamCredential(contract)
        }
    }

    private func count(
        _ findings: JSONValue?, _ matched: MatchedCall, _ access: SandboxAccess
    ) async throws(Refusal) {
        do throws(TenancyError) {
            try await services.stores.drift.count(
                findings, contract: matched.mounted.name, operation: matched.operation.id,
                as: access)
        } catch {
            throw .tenancy(error, during: .validateAnswer)
        }
    }
}

/// The span of a call to an upstream, below the call that led to it.
private struct UpstreamSpan {
    private var span: ForeignSpan
    /// Nil while nothing was answered.
    var status: Int?
    private let host: String
    private let method: String

    init(_ trace: TraceContext, _ method: Method, _ upstream: Upstream, at now: WallInstant) {
        host = String(upstream.baseURL.split(separator: "/").dropFirst().first ?? "")
        self.method = method.description
        span = ForeignSpan(client: trace, named: "\(method) \(host)")
        span.service = host
        span.startedAt = now.microseconds * 1_000
    }

    func keep(at now: WallInstant, _ access: SandboxAccess, _ call: Call) {
        var span = span
        span.endedAt = max(span.startedAt, now.microseconds * 1_000)
        // OTLP's StatusCode: 2 is an error.
        span.status = (status ?? 599) >= 400 ? 2 : 0
        var attributes: JSONValue = [
            "http.request.method": .string(method), "server.address": .string(host),
        ]
        if let status { attributes["http.response.status_code"] = .int(status) }
        span.attributes = JSONWriter.bytes(attributes)
        // One that has no room is counted by its writer.
        _ = call.loop.spans.append(
            SpanRecord(
                span, tenant: access.tenant, sandbox: access.sandbox, receivedAt: call.startedAt))
    }
}
