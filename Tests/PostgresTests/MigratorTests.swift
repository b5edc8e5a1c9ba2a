import TestSupport
import Testing

@testable import Postgres

@Suite struct Migrations {
    private func migration(_ number: Int, _ name: String, _ sql: String) -> Migration {
        Migration(number: number, name: name, sql: Array(sql.utf8))
    }

    private var first: Migration {
        migration(1, "create_pets", "CREATE TABLE pets (id int); INSERT INTO pets VALUES (1)")
    }
    private var second: Migration { migration(2, "name_pets", "ALTER TABLE pets ADD name text") }

    @Test func `are applied once, in order, with their checksum`() throws {
        let address = try TestCluster.shared.makeDatabase()
        var begun: [Int] = []
        let migrator = Migrator([second, first]) { begun.append($0.number) }
        #expect(try migrator.migrate(address) == MigrationReport(applied: [1, 2]))
        #expect(try migrator.migrate(address) == MigrationReport(alreadyApplied: 2))
        #expect(begun == [1, 2])
        let rows = try BlockingConnection(address).run(
            "SELECT checksum FROM sbx_migrations WHERE number = 2")
        // printf 'ALTER TABLE pets ADD name text' | sha256sum
        #expect(rows[0].text(0).count == 64)
    }

    @Test func `one that fails leaves nothing of itself and all before it`() throws {
        let address = try TestCluster.shared.makeDatabase()
        let broken = migration(2, "broken", "CREATE TABLE half (id int); SELECT 1 / 0")
        let error = #expect(throws: MigrationError.self) {
            try Migrator([first, broken]).migrate(address)
        }
        guard case .failed(2, "broken", let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause.sqlState == "22012")
        let connection = try BlockingConnection(address)
        #expect(try connection.run("SELECT to_regclass('half') IS NULL")[0].bool(0))
        #expect(try Migrator([first, second]).migrate(address).applied == [2])
    }

    @Test func `an edited one is refused`() throws {
        let address = try TestCluster.shared.makeDatabase()
        _ = try Migrator([first]).migrate(address)
        let edited = migration(1, "create_pets", "CREATE TABLE pets (id bigint)")
        let error = #expect(throws: MigrationError.self) {
            try Migrator([edited, second]).migrate(address)
        }
        guard case .edited(1, "create_pets") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `gaps are refused before anything runs`() throws {
        let address = try TestCluster.shared.makeDatabase()
        let third = migration(3, "later", "SELECT 1")
        #expect(throws: MigrationError.self) { try Migrator([first, third]).migrate(address) }
        #expect(
            try BlockingConnection(address).run("SELECT to_regclass('pets') IS NULL")[0].bool(0))
    }

    @Test func `a database of a newer release is reported and left alone`() throws {
        let address = try TestCluster.shared.makeDatabase()
        _ = try Migrator([first, second]).migrate(address)
        #expect(
            try Migrator([first]).migrate(address)
                == MigrationReport(alreadyApplied: 1, newerInDatabase: [2]))
    }

    @Test func `one that ends its own transaction is refused`() throws {
        let address = try TestCluster.shared.makeDatabase()
        let error = #expect(throws: MigrationError.self) {
            try Migrator([migration(1, "commits", "COMMIT")]).migrate(address)
        }
        guard case .leftTransaction(1, "commits") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `two processes at once apply each one once`() async throws {
        let address = try TestCluster.shared.makeDatabase()
        let migrations = [first, second]
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { try Migrator(migrations).migrate(address).applied.count }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == 2)
    }

    @Test func `file names give number and intent`() {
        #expect(Migration(fileName: "0014_create_deliveries.sql", sql: [])?.number == 14)
        #expect(Migration(fileName: "0014_create_deliveries.sql", sql: [])?.name == "create_deliveries")
        for name in ["14_x.sql", "0014x.sql", "0014_.sql", "0000_x.sql", "0014_X.sql", "0014_x.txt"] {
            #expect(Migration(fileName: name, sql: []) == nil, "\(name)")
        }
    }
}

@Suite(.serialized) struct Bootstrapping {
    @Test func `makes the four roles and the database, and changes nothing when repeated`() throws {
        // A cluster of its own: roles belong to a whole cluster, and others have made theirs.
        let data = TemporaryFolder(named: "roles")
        let cluster = EmbeddedCluster(ClusterConfiguration(dataPath: data.path + "/data"))
        let admin = try cluster.start()
        defer { cluster.stop() }
        let folder = TemporaryFolder(named: "bootstrap")
        let secrets = try DatabaseSecrets.loadOrCreate(in: folder.path)
        let bootstrap = Bootstrap(admin: admin, secrets: secrets)
        try bootstrap.run()
        try bootstrap.run()
        for role in [DatabaseRole.owner, .app, .edge, .system] {
            let connection = try BlockingConnection(bootstrap.address(role))
            let rows = try connection.run(
                "SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user")
            #expect(rows[0].bool(0) == (role == .system))
            #expect(!rows[0].bool(1))
        }
        // Only the owner makes tables.
        #expect(throws: PostgresError.self) {
            try BlockingConnection(bootstrap.address(.app)).unsafeScript("CREATE TABLE mine (id int)")
        }
        try BlockingConnection(bootstrap.address(.owner)).unsafeScript(
            "CREATE TABLE bootstrap_test (id int); DROP TABLE bootstrap_test")

        let otherFolder = TemporaryFolder(named: "other")
        let other = try DatabaseSecrets.loadOrCreate(in: otherFolder.path)
        #expect(throws: PostgresError.self) {
            try Bootstrap(admin: admin, secrets: other).run()
        }
    }
}
