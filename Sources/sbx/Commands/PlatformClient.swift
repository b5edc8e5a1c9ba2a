import Contracts
import Glibc
import Runtime

/// A few blocking calls to a running platform over plain HTTP, for commands of one person at one
/// terminal. Always connects to the address of `url`; the Host says which sandbox is meant.
struct PlatformClient {
    struct Reply {
        let status: Int
        let body: JSONValue
        let requestID: String?
    }

    struct Call {
        let method: String
        /// Absolute, or a path on the platform's own host.
        let url: String
        var key: String?
        var fields: [String] = []
        var body: JSONValue?
    }

    private let host: String
    private let port: UInt16

    init(url: String) throws(UsageError) {
        guard url.hasPrefix("http://") else { throw UsageError("--url is http://HOST:PORT") }
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" }
        let parts = authority.split(separator: ":")
        guard let name = parts.first, let port = parts.count == 2 ? UInt16(parts[1]) : 80 else {
            throw UsageError("--url is http://HOST:PORT")
        }
        host = String(name)
        self.port = port
    }

    func send(
        _ method: String, _ url: String, key: String? = nil, fields: [String] = [],
        body: JSONValue? = nil
    ) throws -> Reply {
        let fields = body == nil ? fields : fields + ["Content-Type: application/json"]
        return try send(method, url, key: key, fields: fields, bytes: body.map { JSONWriter.bytes($0) })
    }

    /// The same with a body whose Content-Type is among `fields`.
    func send(
        _ method: String, _ url: String, key: String?, fields: [String], bytes: [UInt8]?
    ) throws -> Reply {
        let text = url.hasPrefix("http://") ? String(url.dropFirst(7)) : "\(host):\(port)\(url)"
        let authority = text.prefix { $0 != "/" }
        var head = "\(method) \(text.dropFirst(authority.count)) HTTP/1.1\r\nHost: \(authority)\r\n"
        head += "Connection: close\r\n"
        if let key { head += "Authorization: Bearer \(key)\r\n" }
        for field in fields { head += field + "\r\n" }
        if let bytes { head += "Content-Length: \(bytes.count)\r\n" }
        return try reply(to: Array((head + "\r\n").utf8) + (bytes ?? []))
    }

    func send(_ call: Call) throws -> Reply {
        try send(call.method, call.url, key: call.key, fields: call.fields, body: call.body)
    }

    /// The same call for a shell.
    func curl(_ call: Call) -> String {
        var fields = call.fields
        if let key = call.key { fields.insert("Authorization: Bearer \(key)", at: 0) }
        if call.body != nil { fields.append("Content-Type: application/json") }
        let url = call.url.hasPrefix("/") ? "http://\(host):\(port)\(call.url)" : call.url
        var words = ["curl", "-sS", "-X", call.method, quoted(url)]
        for field in fields { words += ["-H", quoted(field)] }
        if let body = call.body { words += ["-d", quoted(JSONWriter.text(body))] }
        return words.joined(separator: " ")
    }

    private func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: "'\\''") + "'"
    }

    private func reply(to request: [UInt8]) throws -> Reply {
        // Names under .localhost are this machine (RFC 6761 § 6.3), whatever the resolver thinks.
        let isLocal = host == "localhost" || host.hasSuffix(".localhost")
        guard let address = SocketAddress(host: isLocal ? "127.0.0.1" : host, port: port) else {
            throw UsageError("--url names localhost or a numeric address")
        }
        let socket = try BlockingSocket(address)
        try socket.send(request)
        let text = String(decoding: socket.readToEnd(), as: UTF8.self)
        guard let split = text.firstRange(of: "\r\n\r\n"),
            let status = Int(text.dropFirst("HTTP/1.1 ".count).prefix(3))
        else { throw OperatorError("the answer is not HTTP") }
        let head = text[..<split.lowerBound]
        let id = head.split(separator: "\r\n").first { $0.hasPrefix("Request-Id: ") }
        return Reply(
            status: status, body: try JSONParser.parse(String(text[split.upperBound...])),
            requestID: id.map { String($0.dropFirst("Request-Id: ".count)) })
    }
}

/// A connection that blocks.
private final class BlockingSocket {
    private let descriptor: CInt

    init(_ address: SocketAddress) throws {
        descriptor = try Socket.connect(to: address)
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        Glibc.poll(&poll, 1, 5_000)
        try Socket.finishConnect(descriptor)
    }

    deinit {
        close(descriptor)
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress! + sent, $0.count - sent)
            }
            guard count > 0 else { throw SystemError("write") }
            sent += count
        }
    }

    func readToEnd() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
