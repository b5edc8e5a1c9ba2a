import Gateway
import Glibc
import Postgres
import Runtime

/// The database that a platform stands on: its private cluster, or one that was named, with roles
/// made and the schema up to date.
struct DatabaseSetup {
    /// Nil when the database is somebody else's.
    let cluster: EmbeddedCluster?
    private let bootstrap: Bootstrap

    /// Starts what has to be started. Blocks; before any event loop runs.
    init(dataPath: String, databaseURL: String?, postgresUser: String?) throws {
        let path = try Self.makeFolder(dataPath)
        let admin: ConnectionAddress
        if let databaseURL {
            guard let address = ConnectionAddress(url: databaseURL) else {
                throw UsageError("--database-url is postgres://user:password@host:port/database")
            }
            cluster = nil
            admin = address
        } else {
            var configuration = ClusterConfiguration(dataPath: path)
            configuration.postgresUser = postgresUser
            let cluster = EmbeddedCluster(configuration)
            admin = try cluster.start()
            self.cluster = cluster
        }
        bootstrap = Bootstrap(admin: admin, secrets: try DatabaseSecrets.loadOrCreate(in: path))
        do {
            try bootstrap.run()
        } catch {
            throw OperatorError("the database's roles could not be made: \(error.debugDescription)")
        }
    }

    func migrate(onApply: @escaping (Migration) -> Void = { _ in }) throws -> MigrationReport {
        try Migrator(Self.migrations, onApply: onApply).migrate(bootstrap.address(.owner))
    }

    func address(_ role: DatabaseRole) -> ConnectionAddress {
        bootstrap.address(role)
    }

    static let migrations: [Migration] = Resources.all.compactMap { resource in
        guard resource.name.hasPrefix("migrations/") else { return nil }
        return Migration(
            fileName: String(resource.name.dropFirst("migrations/".count)), sql: resource.bytes)
    }

    /// The folder's absolute path; made when it is missing.
    static func makeFolder(_ path: String) throws -> String {
        mkdir(path, 0o755)
        guard let resolved = realpath(path, nil) else {
            throw OperatorError("the data folder \(path) cannot be made: \(SystemError("mkdir"))")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Something that the operator has to put right; the text says what.
struct OperatorError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
