/// Redirect URIs: compared as written (RFC 9700 § 2.1), except for the port of a loopback address,
/// which native applications cannot choose beforehand (RFC 8252 § 7.3).
enum RedirectURI {
    private static let loopbacks = ["http://127.0.0.1", "http://[::1]"]

    static func matches(_ shown: String, registered: String) -> Bool {
        if shown == registered { return true }
        guard let own = withoutLoopbackPort(registered) else { return false }
        return withoutLoopbackPort(shown) == own
    }

    /// Whether it may be registered: absolute, no fragment, https or loopback or a private-use
    /// scheme with a dot in it (RFC 8252 § 7.1).
    static func isRegistrable(_ uri: String) -> Bool {
        guard uri.utf8.count <= Limits.redirectURIBytes, !uri.contains("#"), !uri.contains("*"),
            uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let colon = uri.firstIndex(of: ":")
        else { return false }
        let scheme = uri[..<colon].lowercased()
        switch scheme {
        case "https": return uri.hasPrefix("https://") && uri.utf8.count > 8
        case "http": return isLoopback(uri)
        default: return scheme.contains(".")
        }
    }

    /// `http` is for the machine itself: a name of it, or a loopback address.
    private static func isLoopback(_ uri: String) -> Bool {
        guard let (host, _) = parts(uri) else { return false }
        return ["127.0.0.1", "[::1]", "localhost"].contains(host) || host.hasSuffix(".localhost")
    }

    private static func withoutLoopbackPort(_ uri: String) -> String? {
        guard loopbacks.contains(where: uri.hasPrefix), let (host, rest) = parts(uri),
            loopbacks.contains("http://\(host)")
        else { return nil }
        return "http://\(host)\(rest)"
    }

    /// Host and what follows its port of an `http` URI.
    private static func parts(_ uri: String) -> (host: String, rest: String)? {
        guard uri.hasPrefix("http://") else { return nil }
        let text = uri.dropFirst(7)
        let end = text.firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        let authority = text[..<end]
        // `user@` would make the host look like another one.
        guard !authority.contains("@") else { return nil }
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            let after = authority.index(after: close)
            guard isPort(authority[after...]) else { return nil }
            return (String(authority[..<after]), String(text[end...]))
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        guard isPort(authority[colon...]) else { return nil }
        return (authority[..<colon].lowercased(), String(text[end...]))
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty
            || (text.utf8.count <= 6 && text.dropFirst().allSatisfy { ("0"..."9").contains($0) })
    }
}
