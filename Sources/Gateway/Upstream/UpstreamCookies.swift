import Contracts
import HTTP

/// Cookies between a caller and an upstream, as those of the sandbox's own host.
///
/// Only a host that is the sandbox's alone can have any: on the platform's own host, behind a path or
/// a field that names the sandbox, a cookie would be the portal's too. What is left out is told in
/// the call's decision record.
struct UpstreamCookies {
    /// Values of Set-Cookie for the caller.
    private(set) var fields: [String] = []
    /// Names of those that are passed on, and of those that are not with the reason.
    private(set) var set: [String] = []
    private(set) var dropped: [(name: String, reason: String)] = []

    /// - Parameters:
    ///   - received: values of Set-Cookie, in order.
    ///   - basePath: of the upstream's base URL, without a slash at its end.
    ///   - isSecure: whether the caller came by HTTPS.
    init(_ received: [String], basePath: String, at target: SandboxTarget, isSecure: Bool) {
        for value in received {
            let name = String(value.prefix { $0 != "=" && $0 != ";" })
            guard dropped.count + set.count < GatewayLimits.upstreamCookies else { break }
            guard let root = target.cookieRoot else {
                dropped.append((name, "cookies are passed on at the sandbox's own host"))
                continue
            }
            switch Self.written(value, basePath, root, isSecure) {
            case .success(let field):
                fields.append(field)
                set.append(name)
            case .failure(let reason): dropped.append((name, reason.text))
            }
        }
    }

    var evidence: JSONValue? {
        guard !set.isEmpty || !dropped.isEmpty else { return nil }
        return [
            "set": .array(set.map { .string($0) }),
            "dropped": .array(
                dropped.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
        ]
    }

    private struct Reason: Error {
        let text: String
    }

    /// RFC 6265 § 4.1: the pair as it is. Without Domain the cookie is the sandbox's host's; Secure
    /// would lose it over plain HTTP, and what rests on Secure goes with it.
    private static func written(
        _ value: String, _ basePath: String, _ root: String, _ isSecure: Bool
    ) -> Result<String, Reason> {
        guard value.utf8.count <= GatewayLimits.upstreamCookieBytes else {
            return .failure(Reason(text: "it is larger than a client keeps"))
        }
        let parts = value.split(separator: ";").map(\.trimmed)
        guard let pair = parts.first, let equals = pair.firstIndex(of: "="), equals > pair.startIndex
        else { return .failure(Reason(text: "it has no name")) }
        let prefix = pair.prefix(9).lowercased()
        if !isSecure, prefix.hasPrefix("__secure-") || prefix.hasPrefix("__host-") {
            return .failure(Reason(text: "its name asks for HTTPS"))
        }
        if prefix.hasPrefix("__host-"), !root.isEmpty {
            return .failure(Reason(text: "its name asks for a host of its own"))
        }
        var written = [pair]
        for attribute in parts.dropFirst() {
            let sides = attribute.split(separator: "=", maxSplits: 1)
            let value = sides.count > 1 ? sides[1].trimmed : ""
            switch sides.first?.trimmed.lowercased() {
            case nil, "domain": continue
            case "secure" where !isSecure, "partitioned" where !isSecure: continue
            case "samesite" where !isSecure && value.lowercased() == "none": continue
            case "path": written.append("Path=\(path(value, basePath, root))")
            default: written.append(attribute)
            }
        }
        return .success(written.joined(separator: "; "))
    }

    /// A path below the upstream's base as the caller sees it; else the whole of the contract.
    private static func path(_ path: String, _ basePath: String, _ root: String) -> String {
        let isBelow = path == basePath || path.hasPrefix(basePath + "/")
        let below = isBelow ? String(path.dropFirst(basePath.count)) : "/"
        return root + (below.hasPrefix("/") ? below : "/" + below)
    }
}

extension UpstreamCookies {
    /// The caller's cookies for the upstream: none on the platform's own host, and none that holds a
    /// key of ours or is where the contract has one.
    static func sent(
        _ fields: HeaderFields, _ contract: Contract, at target: SandboxTarget
    ) -> String? {
        guard target.cookieRoot != nil else { return nil }
        let keys = contract.securitySchemes.members.map(\.value)
            .filter { $0["type"] == "apiKey" && $0["in"] == "cookie" }
            .compactMap { $0["name"]?.string }
        let pairs = fields.values(of: "cookie").flatMap { $0.split(separator: ";").map(\.trimmed) }
        let kept = pairs.filter { pair in
            let name = String(pair.prefix { $0 != "=" })
            return !pair.isEmpty && !keys.contains(name) && !SensitiveText.holdsKey(pair)
        }
        return kept.isEmpty ? nil : kept.joined(separator: "; ")
    }
}

extension Upstream {
    /// The base URL's path, without a slash at its end.
    var basePath: String {
        guard let scheme = baseURL.firstRange(of: "://") else { return "" }
        var path = baseURL[scheme.upperBound...].drop { $0 != "/" }
        while path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}

extension SandboxTarget {
    /// Where the contract stands on a host that is the sandbox's alone; nil on the platform's own.
    fileprivate var cookieRoot: String? {
        switch addressing {
        case .contractHost: ""
        case .host: "/\(contract ?? "")"
        case .header, .path: nil
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
