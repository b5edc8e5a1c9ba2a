import Contracts
import HTTP
import Simulators

/// A caller's request as it goes on to the upstream: without what was meant for the platform, above
/// all without the credential that opened the sandbox.
struct UpstreamRequest {
    /// Path and query below the upstream's base URL.
    let target: String
    let fields: HeaderFields

    /// `path` begins with a slash and is as the contract writes it.
    init(
        path: String, query: [(name: String, value: String)], head: RequestHead,
        contract: Contract, traceparent: String, cookie: String?, credential: (header: String, value: String)?
    ) {
        let pairs = query.filter { !SensitiveText.holdsKey($0.value) }.map {
            "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))"
        }
        target = pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
        var fields = HeaderFields()
        let kept = Self.kept(head.fields, contract, credential?.header)
        for field in kept { fields.append(field.name, field.value) }
        if let cookie { fields.append("Cookie", cookie) }
        fields.append("traceparent", traceparent)
        // The answer is read here.
        fields.append("Accept-Encoding", "identity")
        if let credential { fields.append(credential.header, credential.value) }
        self.fields = fields
    }

    private static func kept(
        _ fields: HeaderFields, _ contract: Contract, _ ownCredential: String?
    ) -> [(name: String, value: String)] {
        let named = fields.list("connection").map { $0.lowercased() }
        let keys = contract.securitySchemes.members.map(\.value)
            .filter { $0["type"] == "apiKey" && $0["in"] == "header" }
            .compactMap { $0["name"]?.string?.lowercased() }
        let dropped = Set(named + keys + [ownCredential?.lowercased() ?? ""]).union(ours)
        return fields.filter { field in
            let name = field.name.lowercased()
            return !dropped.contains(name) && !ourPrefixes.contains(where: name.hasPrefix)
                && !CredentialNames.isOne(name) && !SensitiveText.holdsKey(field.value)
        }
    }

    /// Of one connection (RFC 9110 § 7.6.1), of this host, or meant for the platform.
    private static let ours: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade", "expect", "host", "content-length", "accept-encoding", "forwarded", "via",
        "x-real-ip", "traceparent", "tracestate", "baggage", "x-env", "x-chaos", "x-dry-run",
        "x-dry-run-session", "x-sandbox-scenario", "origin", "referer",
    ]
    private static let ourPrefixes = ["x-sbx-", "x-forwarded-", "proxy-", "sec-", "access-control-"]
}
