import Contracts

/// `sbx keys list|rotate|revoke`: a tenant's keys, by its management key.
enum KeysCommand {
    static func run(_ options: Options) async throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("url", "key", "overlap")
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
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
            throw UsageError("sbx keys list | rotate KEY [--overlap PT1H] | revoke KEY")
        }
        print(JSONWriter.text(reply.body, options.isSet("json") ? .compact : .pretty))
        return reply.status < 300 ? .success : .failure
    }
}
