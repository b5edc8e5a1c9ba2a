import Contracts
import Glibc

/// `sbx contract import FILE…|FOLDER|ZIP`: brings a contract to a running platform, and mounts it on
/// a sandbox where one is named. `sbx contract rules FILE` makes rules of stubs.
enum ContractCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        switch options.plain.first {
        case "diff": return try ContractReviewCommand.diff(options)
        case "lint": return try ContractReviewCommand.lint(options)
        case "rules": return try importRules(options)
        case "conformance": return try ContractConformanceCommand.run(options)
        default: break
        }
        try options.allowOnly("url", "key", "name", "version", "sandbox", "root")
        guard options.plain.count >= 2, options.plain.first == "import" else {
            throw UsageError("sbx contract import FILE…|FOLDER|ZIP, rules FILE, diff OLD NEW, lint FILE, or conformance NAME")
        }
        let key = try key(options)
        let sent = try ContractFiles.read(Array(options.plain.dropFirst()))
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
        let reply = try client.send(
            "POST", "/v1/contracts" + query(options), key: key,
            fields: ["Content-Type: \(sent.contentType)"], bytes: sent.bytes)
        guard reply.status == 201, let sandbox = options["sandbox"],
            let id = reply.body["id"]?.string
        else { return show(reply.body, isDone: reply.status == 201, options) }
        let mounted = try client.send(
            "POST", "/v1/sandboxes/\(sandbox)/contracts", key: key, body: ["contract": .string(id)])
        guard mounted.status == 201 else { return show(mounted.body, isDone: false, options) }
        var document = reply.body
        document["mounted"] = mounted.body
        return show(document, isDone: true, options)
    }

    /// `sbx contract rules FILE`: makes rules of another tool's stubs, for a contract that is mounted
    /// on a sandbox.
    private static func importRules(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("url", "key", "name", "sandbox")
        guard options.plain.count == 2, let sandbox = options["sandbox"], let name = options["name"]
        else {
            throw UsageError("sbx contract rules FILE --sandbox SANDBOX --name CONTRACT")
        }
        let key = try key(options)
        let client = try PlatformClient(url: options["url"] ?? "http://localhost:8080")
        let reply = try client.send(
            "POST", "/v1/sandboxes/\(escaped(sandbox))/contracts/\(escaped(name))/rules/import",
            key: key, fields: ["Content-Type: application/json"],
            bytes: try ContractFiles.bytes(of: options.plain[1]))
        return show(reply.body, isDone: reply.status == 200, options)
    }

    static func key(_ options: Options) throws -> String {
        guard let key = options["key"] else {
            throw UsageError("--key (or SBX_KEY) is the tenant's management key")
        }
        return key
    }

    private static func query(_ options: Options) -> String {
        let pairs = ["name", "version", "root"].compactMap { name in
            options[name].map { "\(name)=\(escaped($0))" }
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
            return isPlain
                ? String(Unicode.Scalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func show(
        _ document: JSONValue, isDone: Bool, _ options: Options
    ) -> CommandLineTool.ExitStatus {
        print(JSONWriter.text(document, options.isSet("json") ? .compact : .pretty))
        return isDone ? .success : .failure
    }
}
