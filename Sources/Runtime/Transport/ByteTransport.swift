/// What a non-blocking read or write came to.
package enum TransportResult: Equatable, Sendable {
    /// So many bytes moved, at least one.
    case moved(Int)
    /// Nothing moves before the descriptor is ready for this.
    case wouldBlock(Readiness)
    /// The peer ended its side in order.
    case ended
    /// The connection is broken; no further call makes sense.
    case failed
}

/// A byte stream over a non-blocking descriptor: plain or TLS. Confined to one loop.
package protocol ByteTransport: AnyObject {
    var descriptor: CInt { get }
    func read(into buffer: UnsafeMutableRawBufferPointer) -> TransportResult
    func write(_ bytes: UnsafeRawBufferPointer) -> TransportResult
    /// Finishes what must come before the first byte; `.moved` when done.
    func handshake() -> TransportResult
    /// Tells the peer in order that nothing more comes, as far as that goes without waiting.
    func shutdown()
}
