import Access
import HTTP
import Identifiers
import Observability
import Runtime

/// One request on its way through the gateway: what was sent, and what has become known of it.
struct Call: Sendable {
    var request: Request
    let loop: LoopState
    let id: RequestID
    let trace: TraceContext
    let startedAt: WallInstant
    let began: MonotonicInstant
    var decisions = DecisionRecord()
    var principal: Principal?
    /// Who makes the call from inside the gateway; nil for a call from outside.
    var insideCaller: InsideCaller?
    /// A page of the operator's makes the call from inside: who looks has shown the admin key before.
    var isOperatorsPage = false
    var sandbox: SandboxLocation?
    var contract: String?
    var operation: String?
    var stamp: WorldStamp?
    /// What a browser is told; nil for other clients and for pages that may not call.
    var crossOrigin: CrossOrigin?
    /// What the rate limiter last said, for the answer's fields.
    var rate: RateStanding?

    var head: RequestHead { request.head }

    init(_ request: Request, _ loop: LoopState, clock: any WallClock) {
        self.request = request
        self.loop = loop
        startedAt = clock.now()
        began = MonotonicInstant.now()
        id = loop.requestID(at: startedAt)
        trace = TraceContext(
            traceparent: Self.traceparent(request.head.fields), request: id,
            random: loop.randomWord)
    }

    /// A doubled traceparent counts as none (Trace Context § 3.2).
    private static func traceparent(_ fields: HeaderFields) -> ArraySlice<UInt8>? {
        guard let value = fields.first(utf8: "traceparent") else { return nil }
        return fields.values(of: "traceparent").count == 1 ? value : nil
    }
}
