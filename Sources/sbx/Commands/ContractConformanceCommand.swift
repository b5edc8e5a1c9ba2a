import Contracts

/// `sbx contract conformance NAME --base-url URL`: has a running platform call a server, and says how
/// it keeps to the contract. The exit status is 0 only when every operation that was called
/// conforms, at least one does, and none was left out for a bound's sake.
enum ContractConformanceCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly(
            "url", "key", "base-url", "header", "secret", "methods", "operations", "parameters")
        guard options.plain.count == 2, let baseURL = options["base-url"] else {
            throw UsageError(
                "sbx contract conformance NAME --base-url URL [--methods all] [--operations ID,…] [--parameters NAME=VALUE,…] [--header NAME]")
        }
        let key = try ContractCommand.key(options)
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
        let name = ContractCommand.escaped(options.plain[1])
        let reply = try client.send(
            "POST", "/v1/contracts/\(name)/conformance", key: key,
            body: try body(baseURL, options))
        print(JSONWriter.text(reply.body, options.isSet("json") ? .compact : .pretty))
        return isSound(reply) ? .success : .failure
    }

    private static func isSound(_ reply: PlatformClient.Reply) -> Bool {
        reply.status == 200 && reply.body["drifts"] == 0 && reply.body["unreachable"] == 0
            && reply.body["partial"] == false && reply.body["conforms"] != 0
    }

    private static func body(_ baseURL: String, _ options: Options) throws -> JSONValue {
        var body: JSONValue = ["base_url": .string(baseURL)]
        if let methods = options["methods"] { body["methods"] = .string(methods) }
        if let header = options["header"] {
            guard let secret = options["secret"] else {
                throw UsageError("--header needs its value in SBX_SECRET, or --secret")
            }
            body["credential"] = ["header": .string(header), "secret": .string(secret)]
        }
        if let operations = options["operations"] {
            body["operations"] = .array(operations.split(separator: ",").map { .string(String($0)) })
        }
        var parameters = JSONObject()
        for pair in (options["parameters"] ?? "").split(separator: ",") {
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { throw UsageError("--parameters is NAME=VALUE,…") }
            parameters[halves[0]] = .string(halves[1])
        }
        if !parameters.isEmpty { body["parameters"] = .object(parameters) }
        return body
    }
}
