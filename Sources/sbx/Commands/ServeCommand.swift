import CLinux
import Glibc
import Gateway
import HTTP
import Postgres
import Runtime

/// `sbx serve`: everything, until SIGTERM or SIGINT.
enum ServeCommand {
    /// How long running requests may take to end; half a minute is what orchestrators grant.
    private static let drainDeadline = Duration.seconds(20)

    static func run(_ options: Options) async throws -> CommandLineTool.ExitStatus {
        let configuration = try PlatformConfiguration(options)
        raiseDescriptorLimit()
        let database = try DatabaseSetup(
            dataPath: configuration.dataPath, databaseURL: configuration.databaseURL,
            postgresUser: configuration.postgresUser)
        defer { database.cluster?.stop() }
        database.cluster?.supervise()
        _ = try database.migrate()
        let platform = try await Platform(
            configuration, database, adminKeyDigest: try OperatorKey.digest(configuration))
        announce("listening on \(platform.server.address), domain \(configuration.domain)")
        announce("ready")
        await TerminationSignals.wait()
        announce("stopping")
        try await platform.shutdown(within: drainDeadline)
        return .success
    }

    /// At once, also into a pipe: whoever started us waits for these lines.
    private static func announce(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Connections are descriptors: as many as the system lets us have.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// SIGTERM and SIGINT, blocked in every thread and waited for in one of their own.
enum TerminationSignals {
    /// On the main thread before there is another: each thread inherits its maker's mask, and a
    /// single thread without it would end the process.
    static func block() {
        var signals = set
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    static func wait() async {
        await withCheckedContinuation { continuation in
            _ = Thread(named: "signals") {
                var signals = set
                var received: CInt = 0
                sigwait(&signals, &received)
                continuation.resume()
            }
        }
    }

    private static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
