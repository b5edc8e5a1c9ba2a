import Access
import Contracts
import Copilot
import HTTP
import Identifiers
import Observability
import Runtime
import Simulators
import Synchronization
import Tenancy

/// The way of a journey's steps into the gateway. A step's call is a request like any other: it is
/// routed, checked, limited, simulated and recorded by the same code, only that its caller has been
/// authenticated when the run was started.
final class StepDoor: PlatformCaller {
    private struct Inside {
        weak var gateway: Gateway?
    }

    private let inside = Mutex(Inside())
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// Closed before the gateway is there, and again when it has gone.
    func open(_ gateway: Gateway) { inside.withLock { $0.gateway = gateway } }

    /// Nil while the gateway is not there.
    func pass(_ request: Request, for caller: InsideCaller) async -> (answer: Answer, call: Call)? {
        guard let gateway = inside.withLock({ $0.gateway }) else { return nil }
        return await gateway.answer(request, for: caller)
    }

    func send(
        _ call: StepCall, of run: JourneyRunID, scenario: String?, as access: SandboxAccess
    ) async -> StepAnswer? {
        guard let gateway = inside.withLock({ $0.gateway }),
            let request = services.request(call, of: run, in: access)
        else { return nil }
        let step = InsideCaller(
            kind: .journeyStep, principal: access.principal,
            scenario: scenario.flatMap { ScenarioRequest($0) })
        let (answer, made) = await gateway.answer(request, for: step)
        // What a client would wait for.
        if let late = answer.fault?.latency, late > .zero { await EventLoop.current?.sleep(for: late) }
        let decisions = storedJSON(made.decisions.stored)
        return StepAnswer(
            requestID: made.id.description, status: answer.status, code: answer.code,
            simulated: answer.fields["X-Sbx-Simulated"], body: answer.document,
            explanation: Explanation(
                status: answer.status, code: answer.code, storedDecisions: decisions
            ).document,
            durationMilliseconds: (MonotonicInstant.now() - made.began).milliseconds)
    }

    func events(after revision: Int64, as access: SandboxAccess) async -> [JSONValue] {
        do throws(WebhookError) {
            let events = try await services.stores.webhooks.events.events(
                after: StoredEvent.cursor(behind: revision), as: access)
            return events.map { event in
                let type = storedJSON(event.document)["type"] ?? .null
                return ["id": .string(event.id), "type": type]
            }
        } catch {
            // The step has been made all the same; what it led to can be looked up.
            return []
        }
    }

    func awaitDeliveries(of events: [String], as access: SandboxAccess) async {
        let deadline = MonotonicInstant.now() + GatewayLimits.deliveryPatience
        let own = Set(events)
        while MonotonicInstant.now() < deadline {
            var pending = DeliveryFilter()
            pending.state = .pending
            do throws(WebhookError) {
                let open = try await services.stores.webhooks.deliveries.deliveries(
                    pending, rows: 100, before: nil, as: access)
                guard open.deliveries.contains(where: { own.contains($0.event) && $0.attempts == 0 })
                else { return }
            } catch {
                return
            }
            await EventLoop.current?.sleep(for: GatewayLimits.runInterval)
        }
    }
}

extension Answer {
    /// The body as JSON; null for a page, and for what is damaged on the wire.
    fileprivate var document: JSONValue {
        guard fault?.damage == nil, contentType.hasSuffix("json"), !body.isEmpty else { return .null }
        return storedJSON(body)
    }
}

extension Services {
    /// The request of a step's call, as a client would write it.
    fileprivate func request(
        _ call: StepCall, of run: JourneyRunID, in access: SandboxAccess
    ) -> Request? {
        let isOwn = call.operation.contract == ActionOperation.platform
        let contract = isOwn ? platform : library[call.operation.contract]?.contract
        guard let operation = contract?.operations.first(where: { $0.id == call.operation.operation })
        else { return nil }
        var path = operation.path.replacing("{sandbox}", with: access.slug)
        for (name, value) in call.path {
            path = path.replacing("{\(name)}", with: PercentEncoding.encode(value))
        }
        let query = call.query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        let target = (isOwn ? path : "/\(call.operation.contract)\(path)")
            + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        let body = call.body.map { JSONWriter.bytes($0) } ?? []
        let host = isOwn ? configuration.portalHost : "\(access.slug).\(configuration.domain)"
        var fields = [
            (
                name: "traceparent",
                value: "00-\(hexadecimal(run.high))\(hexadecimal(run.low))-\(hexadecimal(run.low | 1))-01"
            )
        ]
        if let key = call.idempotencyKey {
            fields.append(("Idempotency-Key", PercentEncoding.encode(key)))
        }
        return .inside(operation.method, target, host: host, fields: fields, body: body)
    }
}

private func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
