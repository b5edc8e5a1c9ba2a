import Identifiers
import Observability
import Runtime

/// What the gateway keeps for each loop, so that the request path shares nothing between threads.
final class LoopState: @unchecked Sendable {
    // Loop-confined: used by requests of `loop` only; the counters inside are safe by themselves.
    let loop: EventLoop
    let log: RequestLogWriter
    let metrics = LoopMetrics()
    var validDocuments = ValidDocuments()
    private var random: FastRandom

    init(loop: EventLoop, sink: any RowSink, random: any RandomSource) {
        self.loop = loop
        log = RequestLogWriter(loop: loop, sink: sink)
        self.random = FastRandom(seed: random.next())
    }

    func requestID(at instant: WallInstant) -> RequestID {
        RequestID(microseconds: UInt64(max(0, instant.microseconds)), random: randomWord)
    }

    func randomWord() -> UInt64 { random.next() }
}

/// SplitMix64 for identifiers of requests and spans: unique, not secret, and free of system calls.
private struct FastRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
