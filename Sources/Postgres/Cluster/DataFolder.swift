import Glibc

/// The platform's data folder and the cluster's folder in it.
///
///     <data>/postgres            the cluster, owned by the server's account
///     <data>/postgres-secrets    passwords, 0600
///     <data>/postgres-start.log  what the last start said before the server's own log
///     <data>/postgres.lock       held by the process that serves from here
struct DataFolder: Sendable {
    let path: String
    let account: ServerAccount

    var clusterPath: String { path + "/postgres" }
    var startLogPath: String { path + "/postgres-start.log" }
    var logFolder: String { clusterPath + "/log" }

    init(path: String, account: ServerAccount) throws(ClusterError) {
        // 0711: the server's account passes through, and nobody else lists what is here.
        try makeFolder(path, mode: 0o711)
        self.path = resolved(path)
        self.account = account
        try account.checkTraversal(to: self.path)
    }

    /// Refuses a second process on the same folder, which would adopt and later stop the first
    /// one's server. The descriptor holds the lock until it is closed, by us or by our death.
    func lock() throws(ClusterError) -> CInt {
        let lockPath = path + "/postgres.lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .fileFailed(path: lockPath, doing: "open", errno: errno)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .dataFolderInUse(path: path)
        }
        return descriptor
    }

    /// Makes the cluster if there is none, and refuses one of another major version.
    /// True when it was made now.
    func prepare(_ binaries: PostgresBinaries) throws(ClusterError) -> Bool {
        if let version = text(of: clusterPath + "/PG_VERSION") {
            try check(version: version, binaries)
            guard DatabaseSecrets.load(from: path) != nil else {
                throw .secretsMissing(path: DatabaseSecrets.path(in: path))
            }
            return false
        }
        try initialise(binaries)
        return true
    }

    /// What to show when the server does not start.
    func logTail() -> String {
        var newest: (name: String, time: Int)?
        for name in names(in: logFolder) {
            var status = stat()
            guard stat("\(logFolder)/\(name)", &status) == 0 else { continue }
            if status.st_mtim.tv_sec >= newest?.time ?? 0 {
                newest = (name, status.st_mtim.tv_sec)
            }
        }
        return tail(of: startLogPath) + (newest.map { tail(of: "\(logFolder)/\($0.name)") } ?? "")
    }

    private func check(version: String, _ binaries: PostgresBinaries) throws(ClusterError) {
        let found = version.filter { !$0.isWhitespace }
        guard found == String(binaries.major) else {
            throw .otherVersion(
                path: clusterPath, found: found, ours: binaries.major,
                secretsPath: DatabaseSecrets.path(in: path))
        }
    }

    /// `initdb` works in a folder beside, which is renamed once complete: a crash in the middle
    /// leaves nothing that looks like a cluster, and the next start begins anew.
    private func initialise(_ binaries: PostgresBinaries) throws(ClusterError) {
        let secrets = try DatabaseSecrets.loadOrCreate(in: path)
        let unfinished = clusterPath + ".unfinished"
        removeTree(unfinished)
        try makeFolder(unfinished, mode: 0o700)
        try account.takeOver(unfinished)
        let passwordFile = path + "/postgres-first-password"
        try replaceFile(
            passwordFile, with: secrets[.superuser] + "\n", mode: 0o600, owner: account)
        defer { unlink(passwordFile) }
        try run(binaries.path("initdb"), [
            "--pgdata=\(unfinished)", "--username=\(DatabaseRole.superuser.rawValue)",
            "--auth=scram-sha-256", "--pwfile=\(passwordFile)", "--encoding=UTF8",
            // Byte order, the fastest and the same on every machine; UTF-8 for upper and lower.
            "--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C", "--data-checksums",
        ])
        rmdir(clusterPath)
        try move(unfinished, to: clusterPath)
    }

    private func run(_ program: String, _ arguments: [String]) throws(ClusterError) {
        unlink(startLogPath)
        let command = account.command([program] + arguments)
        let child = try ChildProcess(command, workingFolder: path, output: startLogPath)
        guard child.wait() == 0 else {
            throw .commandFailed(command: program, output: tail(of: startLogPath))
        }
    }
}
