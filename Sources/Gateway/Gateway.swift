import Access
import Contracts
package import HTTP
import Identifiers
package import Observability
package import Runtime
import Web

/// The edge: takes every request, finds its destination, and makes sure that whatever happened is
/// answered in full and leaves its row in the request log.
package final class Gateway: RequestHandler {
    let services: Services
    private let router: HostRouter
    private let pipeline: Pipeline
    private let platform: PlatformAPI
    private let issuer: IssuerHost
    let portal = Portal()
    /// As seen without a proxy, which is made once.
    private let portalURL: String
    /// By the loop's index.
    private let loops: [LoopState]
    package let metrics: GatewayMetrics
    /// Figures of the calls that this gateway has answered.
    package let usage: UsageLedger

    package init(
        _ services: Services, loops: [EventLoop], random: any RandomSource,
        makeSink: (EventLoop) -> any RowSink
    ) {
        self.services = services
        router = HostRouter(services.configuration)
        portalURL = services.configuration.portalURL
        let door = StepDoor(services)
        pipeline = Pipeline(services: services, inside: door)
        issuer = IssuerHost(services: services)
        let states = loops.map { LoopState(loop: $0, makeSink: makeSink, random: random) }
        self.loops = states
        metrics = GatewayMetrics(
            loops: states.map(\.metrics),
            writers: [("request_log", states.map(\.log)), ("spans", states.map(\.spans))],
            startedAt: services.clock.now())
        usage = UsageLedger(
            loop: loops[0], counters: states.map(\.usage), store: services.stores.usage,
            random: random)
        platform = PlatformAPI(
            services: services, metrics: metrics, usage: usage, door: door
        ) {
            await Self.settleLogs(states, of: $0)
        }
        door.open(self)
    }

    package func respond(to request: Request) async -> Response {
        let (answer, call) = await self.answer(request, for: nil)
        return render(answer, call)
    }

    /// Answers and records; `caller`, or the operator, makes the call from inside.
    func answer(
        _ request: Request, for caller: InsideCaller?, asOperator: Bool = false
    ) async -> (answer: Answer, call: Call) {
        guard let loop = EventLoop.current else {
            preconditionFailure("requests are answered on event loops")
        }
        let state = loops[loop.index]
        var call = Call(request, state, clock: services.clock)
        call.insideCaller = caller
        call.isOperatorsPage = asOperator
        let answer: Answer
        do throws(Refusal) {
            answer = try await self.answer(&call)
        } catch {
            call.decisions.note(
                error.step, .refused, error.code.rawValue, encodedEvidence: error.evidence)
            if error.step == .authenticate || error.step == .authorise {
                state.metrics.count(refusedCredential: error.code.rawValue)
            }
            answer = refused(error, call)
        }
        if !call.isOnlyLookedAt { record(answer, call, state) }
        return (answer, call)
    }

    /// Ends live streams, which would hold up a server that stops.
    package func endStreams() { services.streams.stop() }

    /// Lets the runs of journeys end behind their step.
    package func stopRuns() async { await services.runningJourneys.stop() }

    /// Waits until the usage figures and every row of the request log are stored or given up.
    package func drain() async throws {
        for state in loops {
            try await EventLoopGroup.run(on: state.loop) {
                await state.log.drain()
                await state.spans.drain()
            }
        }
        try await usage.write()
    }

    /// Waits until the calls answered so far, or those of one trace, can be looked up.
    private static func settleLogs(_ loops: [LoopState], of trace: TraceID?) async {
        for state in loops {
            await Task(executorPreference: state.loop) {
                for writer in [state.log, state.spans] {
                    if let trace { await writer.settle(trace) } else { await writer.settle() }
                }
            }.value
        }
    }

    private func answer(_ call: inout Call) async throws(Refusal) -> Answer {
        switch try router.destination(of: call.head) {
        case .portal:
            if portal.answers(call.head.pathBytes) {
                await answerPage(&call)
            } else {
                try await platform.answer(&call)
            }
        case .issuer: try await issuer.answer(&call)
        case .sandbox(let target): try await pipeline.answer(&call, at: target)
        }
    }

    private func refused(_ refusal: Refusal, _ call: Call) -> Answer {
        if let own = refusal.ownAnswer { return marked(own.answer, refusal, call) }
        let document = refusal.document(
            requestID: call.id.description, portalURL: portalURL(for: call.request),
            explanationPath: explanationPath(call))
        var answer = Answer(
            refusal.code.status, contentType: "application/problem+json", document)
        answer.fields = refusal.fields
        answer.code = refusal.code.rawValue
        return answer
    }

    /// A contract's own error says nothing of us, so its head says who refused and where it is explained.
    private func marked(_ own: Answer, _ refusal: Refusal, _ call: Call) -> Answer {
        var answer = own
        answer.fields = refusal.fields
        answer.fields.append("X-Sbx-Refused", refusal.code.rawValue)
        if let path = explanationPath(call) {
            answer.fields.append("Link", "<\(portalURL(for: call.request))\(path)>; rel=\"help\"")
        }
        answer.code = refusal.code.rawValue
        return answer
    }

    private func portalURL(for request: Request) -> String {
        guard request.connection.isForwarded else { return portalURL }
        return services.configuration.seen(through: request).portalURL
    }

    /// Where the call's row is explained; nil for one that is laid at no tenant's door.
    private func explanationPath(_ call: Call) -> String? {
        if let sandbox = call.sandbox {
            return "/v1/sandboxes/\(sandbox.slug)/requests/\(call.id)/explain"
        }
        return call.principal == nil ? nil : "/v1/requests/\(call.id)/explain"
    }
}
