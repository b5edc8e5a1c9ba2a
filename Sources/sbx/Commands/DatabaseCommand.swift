import Postgres

/// `sbx db url`: where the private database of a data folder is, for psql and further gateways.
enum DatabaseCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("data", "role")
        guard options.plain == ["url"] else { throw UsageError("sbx db knows \"url\"") }
        let path = try DatabaseSetup.makeFolder(options["data"] ?? ".data")
        guard let admin = EmbeddedCluster.runningAddress(dataPath: path) else {
            throw OperatorError("no private database runs in \(path); start sbx serve --data \(path)")
        }
        let address = try address(options["role"], admin, path)
        print(options.isSet("json") ? "{\"url\":\"\(address.url)\"}" : address.url)
        return .success
    }

    /// The administrator's address unless a role is named.
    private static func address(
        _ role: String?, _ admin: ConnectionAddress, _ path: String
    ) throws -> ConnectionAddress {
        guard let role else { return admin }
        guard let known = DatabaseRole.allCases.first(where: { $0.rawValue.hasSuffix(role) }) else {
            throw UsageError("--role is owner, app, edge or system")
        }
        guard let secrets = DatabaseSecrets.load(from: path) else {
            throw OperatorError("\(path) holds no secrets of the database's roles")
        }
        return Bootstrap(admin: admin, secrets: secrets).address(known)
    }
}
