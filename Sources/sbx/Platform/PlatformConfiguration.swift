import HTTP
import Identity
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
    /// The first is shown to clients that name no host, or one that none is for.
    let certificates: [TLSContext.CertificateFiles]
    let usesDevelopmentTLS: Bool
    private let clientAuthoritiesFile: String?
    /// Ranges into which calls may go out although they are not public.
    let egressAllowed: [AddressRange]
    /// Proxies whose word about the client is believed.
    let trustedProxies: [AddressRange]

    init(_ options: Options) throws {
        try options.allowOnly(
            "listen", "domain", "data", "database-url", "postgres-user", "admin-key",
            "role",
            "portal-host", "auth-host", "egress-allow", "trusted-proxy", "tls-cert", "tls-key",
            "tls-dev", "client-ca")
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
        certificates = try Self.certificates(options["tls-cert"], options["tls-key"])
        usesDevelopmentTLS = options.isSet("tls-dev")
        clientAuthoritiesFile = options["client-ca"]
        egressAllowed = try Self.ranges("egress-allow", options)
        trustedProxies = try Self.ranges("trusted-proxy", options)
    }

    var isTLS: Bool { !certificates.isEmpty || usesDevelopmentTLS }

    /// Files separated by commas, each certificate with the key at the same place.
    private static func certificates(
        _ certificates: String?, _ keys: String?
    ) throws(UsageError) -> [TLSContext.CertificateFiles] {
        let certificates = (certificates ?? "").split(separator: ",").map(String.init)
        let keys = (keys ?? "").split(separator: ",").map(String.init)
        guard certificates.count == keys.count else {
            throw UsageError("--tls-cert and --tls-key come together, one key for each certificate")
        }
        return zip(certificates, keys).map {
            TLSContext.CertificateFiles(certificateFile: $0, keyFile: $1)
        }
    }

    /// A comma-separated list; none when the option is not given.
    private static func ranges(
        _ option: String, _ options: Options
    ) throws(UsageError) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for text in (options[option] ?? "").split(separator: ",") {
            guard let range = AddressRange(text) else {
                throw UsageError("--\(option) is CIDR,… as in 10.0.0.0/8; \(text) is none")
            }
            ranges.append(range)
        }
        return ranges
    }

    /// Who may issue certificates to clients; nil when no file was named.
    func clientAuthorities() throws -> TrustedAuthorities? {
        guard let file = clientAuthoritiesFile else { return nil }
        guard let authorities = TrustedAuthorities(pemFile: file) else {
            throw OperatorError("--client-ca: no certificates can be read from \(file)")
        }
        return authorities
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
