import Postgres

/// `sbx migrate`: brings the schema up to date and says what it did.
enum MigrateCommand {
    static func run(_ options: Options) throws -> CommandLineTool.ExitStatus {
        try options.allowOnly("data", "database-url", "postgres-user")
        let database = try DatabaseSetup(
            dataPath: options["data"] ?? ".data", databaseURL: options["database-url"],
            postgresUser: options["postgres-user"])
        defer { database.cluster?.stop() }
        let isJSON = options.isSet("json")
        let report = try database.migrate { migration in
            if !isJSON { print("applied \(migration.number) \(migration.name)") }
        }
        if isJSON {
            let applied = report.applied.map(String.init).joined(separator: ",")
            print("{\"applied\":[\(applied)],\"already_applied\":\(report.alreadyApplied)}")
        } else {
            print("\(report.applied.count) applied, \(report.alreadyApplied) were there")
        }
        return .success
    }
}
