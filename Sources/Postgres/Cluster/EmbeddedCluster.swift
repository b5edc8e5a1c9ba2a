import CPQ
import Glibc
import Runtime
import Synchronization

package struct ClusterConfiguration: Sendable {
    /// The platform's data folder; the cluster lies in `postgres` within.
    package var dataPath: String
    /// Folder of `postgres` and `initdb`; nil: the newest that Debian has installed.
    package var binariesPath: String?
    /// `--postgres-user`; nil: `postgres` when we are root, else ourselves.
    package var postgresUser: String?
    /// Empty: the socket only.
    package var listenAddresses = ""
    package var port = 5_432
    /// Beyond our own `postgresql.conf`, for tests.
    package var settings: [(name: String, value: String)] = []
    package var onEvent: @Sendable (ClusterEvent) -> Void = { _ in }

    package init(dataPath: String) {
        self.dataPath = dataPath
    }
}

package enum ClusterEvent: Sendable {
    case initialised
    case started(pid: Int32, after: Duration)
    case adopted(pid: Int32)
    case died
    case restartFailed(ClusterError, retryAfter: Duration)
    case stopped
}

/// A private Postgres beside the platform: made on first use, started, watched and stopped by us.
///
/// The server is a process of its own on purpose and is not tied to our life: if we are killed it
/// goes on, finishes its work and is adopted by the next start. Its data is safe whichever of the
/// two dies at any moment, because nothing here bypasses its log.
///
///     stopped ──start──▶ running ──server dies──▶ restarting (supervisor, with back-off)
///        ▲                 │  ▲                        │
///        └──────stop───────┘  └────────────────────────┘
///
/// All methods block; none may be called on an event loop.
package final class EmbeddedCluster: Sendable {
    private struct Running {
        let folder: DataFolder
        let binaries: PostgresBinaries
        let lock: CInt
        let address: ConnectionAddress
        var server: ProcessWatch
        var supervisor: Supervisor?
    }

    private let configuration: ClusterConfiguration
    private let running = Mutex<Running?>(nil)

    package init(_ configuration: ClusterConfiguration) {
        self.configuration = configuration
    }

    /// Brings the server up, or adopts the one that runs in our folder already, and returns the
    /// superuser's address once it takes connections.
    package func start() throws(ClusterError) -> ConnectionAddress {
        precondition(running.withLock { $0 == nil }, "the cluster is started once")
        let account = try ServerAccount(requested: configuration.postgresUser)
        let binaries = try PostgresBinaries(folder: configuration.binariesPath)
        let folder = try DataFolder(path: configuration.dataPath, account: account)
        let lock = try folder.lock()
        do throws(ClusterError) {
            if try folder.prepare(binaries) { configuration.onEvent(.initialised) }
            SocketFolder.removeStale(of: account)
            let adopted = try adopt(folder)
            let (server, address) = if let adopted { adopted } else { try launch(folder, binaries) }
            running.withLock {
                $0 = Running(
                    folder: folder, binaries: binaries, lock: lock, address: address,
                    server: server, supervisor: nil)
            }
            return address
        } catch {
            close(lock)
            throw error
        }
    }

    /// Restarts the server whenever it dies, with back-off, until `stop`.
    package func supervise() {
        running.withLock { running in
            guard let server = running?.server, running?.supervisor == nil else {
                preconditionFailure("supervision follows a start, once")
            }
            running?.supervisor = Supervisor(
                server, onEvent: configuration.onEvent, restart: { [self] () throws(ClusterError) in try restart() })
        }
    }

    /// Ends the server: fast, then immediately. Idempotent.
    package func stop() {
        guard let supervisor = running.withLock({ $0.map(\.supervisor) }) else { return }
        supervisor?.stop()
        guard let last = running.withLock({ $0.take() }) else { return }
        Self.end(last.server)
        SocketFolder.remove(last.address.host)
        close(last.lock)
        configuration.onEvent(.stopped)
    }

    /// Lets go of the server without stopping it, as our sudden death would; for tests.
    func abandon() {
        guard let last = running.withLock({ $0.take() }) else { return }
        precondition(last.supervisor == nil, "a supervised server is not abandoned")
        close(last.lock)
    }

    /// The address of the cluster that another process serves from this data folder, for
    /// `sbx db url`; nil when none runs or the secrets are not ours to read.
    package static func runningAddress(dataPath: String) -> ConnectionAddress? {
        let clusterPath = resolved(dataPath) + "/postgres"
        guard let file = PostmasterFile(in: clusterPath), file.isServing(clusterPath),
            let secrets = DatabaseSecrets.load(from: dataPath)
        else { return nil }
        return address(socketFolder: file.socketFolder, port: file.port, secrets)
    }

    /// The process that serves; for tests that kill it.
    package var serverPID: Int32? { running.withLock { $0?.server.pid } }
}

// MARK: - Starting

extension EmbeddedCluster {
    private typealias Server = (ProcessWatch, ConnectionAddress)

    private func adopt(_ folder: DataFolder) throws(ClusterError) -> Server? {
        guard let file = PostmasterFile(in: folder.clusterPath),
            let server = ProcessWatch(file.pid), file.isServing(folder.clusterPath),
            server.isAlive, let secrets = DatabaseSecrets.load(from: folder.path)
        else { return nil }
        let address = Self.address(socketFolder: file.socketFolder, port: file.port, secrets)
        guard try awaitReady(server, address, folder) else { return nil }
        configuration.onEvent(.adopted(pid: file.pid))
        return (server, address)
    }

    private func launch(
        _ folder: DataFolder, _ binaries: PostgresBinaries
    ) throws(ClusterError) -> Server {
        let begin = MonotonicInstant.now()
        let socket = try SocketFolder(
            forCluster: folder.clusterPath, port: configuration.port, account: folder.account)
        let settings = ClusterSettings(
            socketFolder: socket.path, port: configuration.port,
            listenAddresses: configuration.listenAddresses, overrides: configuration.settings)
        try replaceFile(
            folder.clusterPath + "/postgresql.conf", with: settings.text, mode: 0o600,
            owner: folder.account)
        guard let secrets = DatabaseSecrets.load(from: folder.path) else {
            throw .secretsMissing(path: DatabaseSecrets.path(in: folder.path))
        }
        let address = Self.address(
            socketFolder: socket.path, port: configuration.port, secrets)
        PostmasterFile.removeIfForeign(
            in: folder.clusterPath, socketLock: socket.lockPath(port: configuration.port))
        for attempt in 1...Limits.serverStartAttempts {
            let server = try spawn(folder, binaries)
            if try awaitReady(server, address, folder) {
                let time = MonotonicInstant.now() - begin
                configuration.onEvent(.started(pid: server.pid, after: time))
                return (server, address)
            }
            // Children of a killed server hold its shared memory for a moment longer.
            if attempt < Limits.serverStartAttempts { usleep(50_000) }
        }
        throw .startFailed(log: folder.logTail())
    }

    private func spawn(
        _ folder: DataFolder, _ binaries: PostgresBinaries
    ) throws(ClusterError) -> ProcessWatch {
        unlink(folder.startLogPath)
        let command = folder.account.command(
            [binaries.path("postgres"), "-D", folder.clusterPath])
        let child = try ChildProcess(
            command, workingFolder: folder.path, output: folder.startLogPath)
        guard let server = ProcessWatch(child.pid) else {
            throw .startFailed(log: folder.logTail())
        }
        return server
    }

    /// True once the server takes connections, false when it ended.
    private func awaitReady(
        _ server: ProcessWatch, _ address: ConnectionAddress, _ folder: DataFolder
    ) throws(ClusterError) -> Bool {
        let begin = MonotonicInstant.now()
        var pause = Duration.milliseconds(2)
        while true {
            // Its own file first: a stray server of a folder that was deleted and made again would
            // answer at the same socket.
            let file = PostmasterFile(in: folder.clusterPath)
            let state = file?.pid == server.pid ? file?.state : nil
            if state == .ready, ping(address) == PQPING_OK { return true }
            if server.waitForEnd(pause) { return false }
            let waited = MonotonicInstant.now() - begin
            let isRecovering = state == .starting
            guard waited < (isRecovering
                ? Limits.serverRecoveryDeadline : Limits.serverStartDeadline)
            else {
                Self.end(server)
                throw .startTimedOut(log: folder.logTail())
            }
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    private func ping(_ address: ConnectionAddress) -> PGPing {
        withKeywords([
            ("host", address.host), ("port", String(address.port)), ("user", address.user),
            ("dbname", address.database), ("connect_timeout", "2"),
        ]) { PQpingParams($0, $1, 0) }
    }

    /// Called by the supervisor's thread.
    private func restart() throws(ClusterError) -> ProcessWatch {
        guard let (folder, binaries) = running.withLock({ $0.map { ($0.folder, $0.binaries) } })
        else { preconditionFailure("the supervisor is stopped before the cluster is") }
        let (server, _) = try launch(folder, binaries)
        running.withLock { $0?.server = server }
        return server
    }

    private static func address(
        socketFolder: String, port: Int, _ secrets: DatabaseSecrets
    ) -> ConnectionAddress {
        ConnectionAddress(
            host: socketFolder, port: port, user: DatabaseRole.superuser.rawValue,
            password: secrets[.superuser], database: "postgres")
    }

    private static func end(_ server: ProcessWatch) {
        guard server.isAlive else { return }
        kill(server.pid, SIGINT)
        if server.waitForEnd(Limits.serverFastStopDeadline) { return }
        kill(server.pid, SIGQUIT)
        if server.waitForEnd(Limits.serverImmediateStopDeadline) { return }
        kill(server.pid, SIGKILL)
        _ = server.waitForEnd(Limits.serverImmediateStopDeadline)
    }
}
