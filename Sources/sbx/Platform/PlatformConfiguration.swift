import HTTP
import Runtime

/// What `sbx serve` was told.
struct PlatformConfiguration {
    enum Role: String { case all, gateway, worker }

    let listen: SocketAddress
    let domain: String
    let dataPath: String
    let databaseURL: String?
    let postgresUser: String?
    var adminKey: String?
    let role: Role
    let portalHost: String?
    let authHost: String?
    /// Ranges that outbound calls may reach though they are not public.
    let egressAllowed: [AddressRange]
    let certificateFile: String?
    let keyFile: String?
    let usesDevelopmentTLS: Bool

    init(_ options: Options) throws {
        try options.allowOnly(
            "listen", "domain", "data", "database-url", "postgres-user", "admin-key", "role",
            "portal-host", "auth-host", "egress-allow", "trusted-proxy", "tls-cert", "tls-key",
            "tls-dev")
        listen = try Self.address(options["listen"] ?? "127.0.0.1:8080")
        domain = (options["domain"] ?? "sbx.localhost").lowercased()
        dataPath = options["data"] ?? ".data"
        databaseURL = options["database-url"]
        postgresUser = options["postgres-user"]
        adminKey = options["admin-key"]
        guard let role = Role(rawValue: options["role"] ?? "all") else {
            throw UsageError("--role is all, gateway or worker")
        }
        self.role = role
        portalHost = options["portal-host"]
        authHost = options["auth-host"]
        egressAllowed = try Self.ranges(options["egress-allow"])
        certificateFile = options["tls-cert"]
        keyFile = options["tls-key"]
        usesDevelopmentTLS = options.isSet("tls-dev")
        guard (certificateFile == nil) == (keyFile == nil) else {
            throw UsageError("--tls-cert and --tls-key come together")
        }
    }

    var isTLS: Bool { certificateFile != nil || usesDevelopmentTLS }

    /// `127.0.0.0/8,::1/128`.
    private static func ranges(_ text: String?) throws(UsageError) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for part in (text ?? "").split(separator: ",") {
            guard let range = AddressRange(part) else {
                throw UsageError("--egress-allow is CIDR,…, such as 127.0.0.0/8,::1/128")
            }
            ranges.append(range)
        }
        return ranges
    }

    private static func address(_ text: String) throws(UsageError) -> SocketAddress {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw UsageError("--listen is HOST:PORT with a numeric address") }
        var host = String(text[..<colon])
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
        guard let address = SocketAddress(host: host, port: port) else {
            throw UsageError("--listen is HOST:PORT with a numeric address")
        }
        return address
    }
}
