import Glibc
import Runtime
import Synchronization

/// A server that answers every request with bytes fixed beforehand, whatever they are.
final class CannedServer: Sendable {
    enum After {
        case keepOpen, close, reset
    }

    let address: SocketAddress
    private let listener: CInt
    private let thread = Mutex<Thread?>(nil)
    private let log = Mutex<(requests: [String], connections: Int)>(([], 0))

    /// Answers the nth request of the server with the nth answer, later ones with the last.
    init(_ answers: [String], then after: After = .keepOpen) throws {
        listener = try Socket.listen(
            on: SocketAddress(host: "127.0.0.1", port: 0)!, isShared: false)
        address = Socket.localAddress(listener)!
        let listener = self.listener
        let started = Thread(named: "canned") { [self] in serve(listener, answers, after) }
        thread.withLock { $0 = started }
    }

    var url: String { "http://127.0.0.1:\(address.port)" }
    var requests: [String] { log.withLock { $0.requests } }
    var connections: Int { log.withLock { $0.connections } }

    /// Ends the server's thread; the test's last word.
    func stop() {
        shutdown(listener, CInt(SHUT_RDWR))
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        thread?.join()
    }

    private func serve(_ listener: CInt, _ answers: [String], _ after: After) {
        defer { close(listener) }
        var answered = 0
        var open: [CInt] = []
        defer { for descriptor in open { close(descriptor) } }
        while true {
            var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            polled += open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), -1) > 0 else { return }
            if polled[0].revents != 0 {
                guard let (descriptor, _) = try? Socket.accept(listener) else { return }
                log.withLock { $0.connections += 1 }
                open.append(descriptor)
                continue
            }
            for entry in polled.dropFirst() where entry.revents != 0 {
                let answer = answers[min(answered, answers.count - 1)]
                if take(entry.fd, answer) { answered += 1 }
                if !isOpen(entry.fd, answer, after) { open.removeAll { $0 == entry.fd } }
            }
        }
    }

    /// Reads what there is as one request and answers it; false when the client has closed.
    private func take(_ descriptor: CInt, _ answer: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, CInt(MSG_PEEK))
        guard count > 0 else { return false }
        _ = recv(descriptor, &buffer, buffer.count, 0)
        let request = String(decoding: buffer[..<count], as: UTF8.self)
        log.withLock { $0.requests.append(request) }
        let bytes = Array(answer.utf8)
        _ = send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        return true
    }

    private func isOpen(_ descriptor: CInt, _ answer: String, _ after: After) -> Bool {
        var byte: UInt8 = 0
        let clientIsGone = recv(descriptor, &byte, 1, CInt(MSG_PEEK)) == 0
        if after == .keepOpen, !clientIsGone { return true }
        if after == .reset { Socket.resetOnClose(descriptor) }
        close(descriptor)
        return false
    }
}
