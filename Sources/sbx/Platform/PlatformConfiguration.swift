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
    let masterKey: String?
    let role: Role
    let portalHost: String?
    let authHost: String?
    let certificateFile: String?
    let keyFile: String?
    let usesDevelopmentTLS: Bool
    private let clientAuthoritiesFile: String?

    init(_ options: Options) throws {
        try options.allowOnly(
            "listen", "domain", "data", "database-url", "postgres-user", "admin-key",
            "master-key", "role",
            "portal-host", "auth-host", "egress-allow", "trusted-proxy", "tls-cert", "tls-key",
            "tls-dev", "client-ca")
        listen = try Self.address(options["listen"] ?? "127.0.0.1:8080")
        domain = (options["domain"] ?? "sbx.localhost").lowercased()
        dataPath = options["data"] ?? ".data"
        databaseURL = options["database-url"]
        postgresUser = options["postgres-user"]
        adminKey = options["admin-key"]
        masterKey = options["master-key"]
        guard let role = Role(rawValue: options["role"] ?? "all") else {
            throw UsageError("--role is all, gateway or worker")
        }
        self.role = role
        portalHost = options["portal-host"]
        authHost = options["auth-host"]
        certificateFile = options["tls-cert"]
        keyFile = options["tls-key"]
        usesDevelopmentTLS = options.isSet("tls-dev")
        clientAuthoritiesFile = options["client-ca"]
        guard (certificateFile == nil) == (keyFile == nil) else {
            throw UsageError("--tls-cert and --tls-key come together")
        }
    }

    var isTLS: Bool { certificateFile != nil || usesDevelopmentTLS }

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
