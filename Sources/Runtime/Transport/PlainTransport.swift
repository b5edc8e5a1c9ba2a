import Glibc

/// Bytes straight to and from a socket.
package final class PlainTransport: ByteTransport {
    package let descriptor: CInt

    package init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    package func handshake() -> TransportResult { .moved(0) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> TransportResult {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .moved(count) }
        return count == 0 ? .ended : outcome(waitingFor: .readable)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) -> TransportResult {
        let count = send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
        return count >= 0 ? .moved(count) : outcome(waitingFor: .writable)
    }

    package func shutdown() {
        Glibc.shutdown(descriptor, CInt(SHUT_WR))
    }

    private func outcome(waitingFor readiness: Readiness) -> TransportResult {
        errno == EAGAIN || errno == EINTR ? .wouldBlock(readiness) : .failed
    }
}
