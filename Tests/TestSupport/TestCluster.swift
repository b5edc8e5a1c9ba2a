import Glibc
package import Postgres

/// One private Postgres a test process, started by the first test that asks for it and stopped
/// when the process exits. Nothing is in it: each suite makes databases of its own.
package final class TestCluster: Sendable {
    package static let shared = TestCluster()

    /// The superuser's, in the database `postgres`.
    package let address: ConnectionAddress
    /// The passwords of the roles: of the server, not of a database, and so one set for all tests.
    package let secrets: DatabaseSecrets
    private let cluster: EmbeddedCluster
    private let folder: String

    private init() {
        Self.removeLeftovers()
        folder = "\(Self.prefix)\(getpid())"
        cluster = EmbeddedCluster(ClusterConfiguration(dataPath: folder))
        do {
            address = try cluster.start()
            secrets = try DatabaseSecrets.loadOrCreate(in: folder)
        } catch {
            fatalError("no Postgres for the tests: \(error)")
        }
        atexit {
            TestCluster.shared.cluster.stop()
            TemporaryFolder.remove(TestCluster.shared.folder)
        }
    }

    /// A new empty database, as the superuser's address in it.
    package func makeDatabase() throws -> ConnectionAddress {
        let name = "test_\(UInt64.random(in: 0 ... .max))"
        try BlockingConnection(address).unsafeScript("CREATE DATABASE \(name)")
        return address.with(database: name)
    }

    private static let prefix = "/tmp/sbx-test-"

    /// A test process that was killed leaves its server behind; the pid in the folder's name says
    /// whose it was.
    private static func removeLeftovers() {
        for folder in TemporaryFolder.names(beginning: prefix) {
            guard let pid = pid_t(folder.dropFirst(prefix.count)), kill(pid, 0) != 0,
                errno == ESRCH
            else { continue }
            let leftover = EmbeddedCluster(ClusterConfiguration(dataPath: folder))
            _ = try? leftover.start()
            leftover.stop()
            TemporaryFolder.remove(folder)
        }
    }
}
