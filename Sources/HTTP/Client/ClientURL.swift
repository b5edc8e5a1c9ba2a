/// An absolute `http` or `https` URL that the client may be told to call.
///
/// Read strictly, because what two readers understand differently is how guards are passed: no
/// user information, no fragment, no spaces or control bytes, no backslash, and no host that looks
/// like an IPv4 address but is not written as four plain decimal numbers.
package struct ClientURL: Hashable, Sendable {
    package enum Fault: Error, Hashable, Sendable {
        case notHTTP, userInfo, badHost, badPort, badByte, fragment, oddAddress
    }

    /// Who is to be connected to.
    package enum Host: Hashable, Sendable {
        /// In lower case.
        case name(String)
        case address(IPAddress)
    }

    package let isTLS: Bool
    package let host: Host
    package let port: UInt16
    /// Path and query as in a request line; starts with `/`.
    package let target: String
    /// Host and port as the Host field writes them.
    package let authority: String

    package init(_ text: String) throws(Fault) {
        guard text.utf8.allSatisfy({ ByteClass.isVisible($0) && $0 != UInt8(ascii: "\\") }) else {
            throw .badByte
        }
        guard !text.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
        guard let separator = text.firstRange(of: "://") else { throw .notHTTP }
        switch text[..<separator.lowerBound].lowercased() {
        case "http": isTLS = false
        case "https": isTLS = true
        default: throw .notHTTP
        }
        let rest = text[separator.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw .userInfo }
        let (hostText, port) = try ClientURL.split(authority, defaultPort: isTLS ? 443 : 80)
        host = try ClientURL.host(hostText)
        self.port = port
        self.authority = authority.lowercased()
        let path = rest[end...]
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// Names that stand for this machine without being looked up (RFC 6761 §6.3).
    static func isLocal(_ name: String) -> Bool {
        name == "localhost" || name.hasSuffix(".localhost")
    }

    /// The same for URLs that share connections.
    package var origin: String { "\(isTLS ? "https" : "http")://\(hostText):\(port)" }

    /// The name that a certificate must be for.
    package var hostText: String {
        switch host {
        case .name(let name): name
        case .address(let address): address.description
        }
    }

    private static func split(
        _ authority: Substring, defaultPort: UInt16
    ) throws(Fault) -> (host: Substring, port: UInt16) {
        let hostEnd: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw .badHost }
            hostEnd = authority.index(after: bracket)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = authority[..<hostEnd]
        let tail = authority[hostEnd...]
        guard !tail.isEmpty else { return (host, defaultPort) }
        let digits = tail.dropFirst()
        guard tail.hasPrefix(":"), !digits.isEmpty, digits.count <= 5,
            digits.utf8.allSatisfy(ByteClass.isDigit), let port = UInt16(digits), port > 0
        else { throw .badPort }
        return (host, port)
    }

    private static func host(_ text: Substring) throws(Fault) -> Host {
        if text.hasPrefix("[") {
            guard let address = IPAddress(text.dropFirst().dropLast()), address.family == .v6
            else { throw .badHost }
            return .address(address)
        }
        if let address = IPAddress(text) { return .address(address) }
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel) else { throw .badHost }
        // WHATWG URL § 3.5: a host whose last label is a number is meant as an IPv4 address;
        // getaddrinfo would read `0x7f.1`, `2130706433` and `127.1` as 127.0.0.1.
        guard let last = labels.last, !isNumber(last) else { throw .oddAddress }
        return .name(name)
    }

    /// Letters, digits, hyphens; the underscore is not for host names but in use.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                ByteClass.isDigit(byte) || (byte | 0x20) &- 0x61 < 26
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    private static func isNumber(_ label: Substring) -> Bool {
        if label.utf8.allSatisfy(ByteClass.isDigit) { return true }
        return label.hasPrefix("0x")
            && label.utf8.dropFirst(2).allSatisfy { ByteClass.hexadecimal($0) != nil }
    }
}
