import Glibc
import Runtime

/// A blocking client that sends exactly the bytes it is told to, over TLS if it is given a context.
final class RawClient {
    struct Refused: Error {}

    private let descriptor: CInt
    private let transport: any ByteTransport

    /// - Parameter host: the name that the server's certificate must be for.
    init(_ address: SocketAddress, host: String = "localhost", _ tls: TLSContext? = nil) throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw Refused()
        }
        // A test that would hang fails instead.
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard let tls else {
            transport = PlainTransport(descriptor: descriptor)
            return
        }
        let secured = try TLSTransport(client: descriptor, host: host, tls)
        transport = secured
        guard secured.handshake() == .moved(0) else { throw Refused() }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let result = bytes.withUnsafeBytes {
                transport.write(UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
            guard case .moved(let count) = result else { return }
            sent += count
        }
    }

    func endSending() {
        transport.shutdown()
    }

    /// DER of the certificate that the server has shown.
    var serverCertificate: [UInt8]? { (transport as? TLSTransport)?.peerCertificate }
    var applicationProtocol: String? { (transport as? TLSTransport)?.applicationProtocol }

    /// Everything until the server ends the connection.
    func readToEnd() -> String {
        var bytes: [UInt8] = []
        while let more = readSome() { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Until what came contains `mark`, or the connection ends.
    func read(until mark: String) -> String {
        var text = ""
        while !text.contains(mark), let more = readSome() {
            text += String(decoding: more, as: UTF8.self)
        }
        return text
    }

    func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        lastRead = buffer.withUnsafeMutableBytes { transport.read(into: $0) }
        guard case .moved(let count) = lastRead else { return nil }
        return Array(buffer[..<count])
    }

    /// Whether the stream was broken off, by a reset over plain TCP, and not ended in order.
    var wasBrokenOff: Bool { lastRead == .failed }
    private var lastRead = TransportResult.moved(0)
}
