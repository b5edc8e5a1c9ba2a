import Contracts
import HTTP

/// A request as a test writes it: only what matters to the test is named.
struct TestCall: Sendable {
    var method: String
    var target: String
    var host = "localhost"
    var key: String?
    var fields: [(name: String, value: String)] = []
    var body: [UInt8]?
    var contentType: String? = "application/json"
    var remoteAddress = IPAddress.loopback

    init(_ method: String, _ target: String) {
        self.method = method
        self.target = target
    }

    func host(_ host: String) -> TestCall { with { $0.host = host } }
    func key(_ key: String?) -> TestCall { with { $0.key = key } }
    func json(_ value: JSONValue?) -> TestCall { with { $0.body = value.map { JSONWriter.bytes($0) } } }
    func body(_ bytes: [UInt8]?) -> TestCall { with { $0.body = bytes } }
    func type(_ type: String?) -> TestCall { with { $0.contentType = type } }
    func from(_ address: IPAddress) -> TestCall { with { $0.remoteAddress = address } }

    func field(_ name: String, _ value: String) -> TestCall {
        with { $0.fields.append((name, value)) }
    }

    private func with(_ change: (inout TestCall) -> Void) -> TestCall {
        var copy = self
        change(&copy)
        return copy
    }
}

extension TestCall {
    var allFields: HeaderFields {
        var all = HeaderFields()
        if let key { all.append("Authorization", "Bearer \(key)") }
        if body != nil, let contentType { all.append("Content-Type", contentType) }
        for (name, value) in fields { all.append(name, value) }
        return all
    }

    /// What the server would hand to its handler: the head read from bytes.
    func request() throws -> Request {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for (name, value) in allFields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        text += "\r\n"
        var parser = RequestHeadParser()
        let verdict = Array(text.utf8).withUnsafeBytes { parser.parse($0) }
        guard case .head(let head, _) = verdict else {
            throw TestFault("the request is none: \(verdict)")
        }
        return Request(
            head: head, body: body.map { $0.isEmpty ? .empty : .bytes($0) } ?? .empty,
            connection: ConnectionFacts(
                remoteAddress: remoteAddress, remotePort: 40_000, isTLS: false))
    }
}

/// An answer with everything that tests look at.
struct TestAnswer: Sendable, CustomStringConvertible {
    let status: Int
    let fields: HeaderFields
    let body: [UInt8]

    /// The body as JSON; null when it is none.
    var json: JSONValue {
        do { return try JSONParser.parse(body) } catch { return .null }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(field: String) -> String? { fields[field] }
    /// The value that a pointer leads to in the body.
    func at(_ pointer: JSONPointer) -> JSONValue? { json[pointer] }

    /// `code` of a problem.
    var code: String? { json["code"]?.string }
    /// `error.code` of a simulated error.
    var errorCode: String? { json["error"]?["code"]?.string }
    var id: String { json["id"]?.string ?? "" }
    var isSuccess: Bool { (200..<300).contains(status) }
    var isProblem: Bool { self["Content-Type"] == "application/problem+json" }
    /// Pointers of a problem's faults.
    var pointers: [String] { json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? [] }

    var description: String { "\(status) \(text.prefix(600))" }
}
