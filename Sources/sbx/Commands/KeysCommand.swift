import Contracts

/// `sbx keys list|rotate KEY|revoke`: a tenant's keys, by its management key. `sbx keys rotate`
/// without a KEY: the issuer's signing keys, by the operator's key.
enum KeysCommand {
    static func run(_ options: Options) async throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("url", "key", "overlap", "admin-key", "immediately")
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
        if options.plain == ["rotate"], let adminKey = options["admin-key"] {
            return show(
                try client.send(
                    "POST", "/admin/v1/signing-keys/rotate", key: adminKey,
                    body: ["immediately": .bool(options.isSet("immediately"))]), options)
        }
        guard let managementKey = options["key"] else {
            throw UsageError("--key (or SBX_KEY) is the tenant's management key")
        }
        let reply: PlatformClient.Reply
        switch (options.plain.first, options.plain.dropFirst().first) {
        case ("list", nil):
            reply = try client.send("GET", "/v1/keys", key: managementKey)
        case ("rotate", let id?):
            reply = try client.send(
                "POST", "/v1/keys/\(id)/rotate", key: managementKey,
                body: ["overlap": .string(options["overlap"] ?? "PT0S")])
        case ("revoke", let id?):
            reply = try client.send("DELETE", "/v1/keys/\(id)", key: managementKey)
        default:
            throw UsageError(
                "sbx keys list | rotate KEY [--overlap PT1H] | revoke KEY, or "
                    + "sbx keys rotate --admin-key KEY [--immediately]")
        }
        return show(reply, options)
    }

    private static func show(
        _ reply: PlatformClient.Reply, _ options: Options
    ) -> CommandLineTool.ExitStatus {
        print(JSONWriter.text(reply.body, options.isSet("json") ? .compact : .pretty))
        return reply.status < 300 ? .success : .failure
    }
}
