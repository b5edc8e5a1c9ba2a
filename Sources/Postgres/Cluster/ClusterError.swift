/// Why the embedded cluster does not run. For the operator at start: the text names paths and the
/// fix, and never reaches a client.
package enum ClusterError: Error, Sendable, Equatable {
    /// No server of a supported version was found in these places.
    case binariesMissing(searched: String)
    case accountMissing(name: String)
    /// Postgres refuses to run as root, and so do we for it.
    case accountIsRoot
    case accountNeedsRoot(name: String)
    /// The server's account cannot pass this folder on the way to the data.
    case pathNotTraversable(folder: String, account: String)
    case dataFolderInUse(path: String)
    /// The folder was made by another major version.
    case otherVersion(path: String, found: String, ours: Int, secretsPath: String)
    case secretsMissing(path: String)
    case socketFolderUnsafe(path: String)
    case socketPathTooLong(path: String)
    case fileFailed(path: String, doing: String, errno: Int32)
    case commandFailed(command: String, output: String)
    case startFailed(log: String)
    case startTimedOut(log: String)
}

extension ClusterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .binariesMissing(let searched):
            "No PostgreSQL \(Limits.serverMajorMin) or newer was found in \(searched). "
                + "Install it (apt-get install postgresql) or give --database-url."
        case .accountMissing(let name):
            "There is no account \(name) for PostgreSQL to run as. "
                + "Create it or name another with --postgres-user."
        case .accountIsRoot:
            "PostgreSQL does not run as root. Name another account with --postgres-user."
        case .accountNeedsRoot(let name):
            "Only root can start PostgreSQL as \(name). Leave --postgres-user out."
        case .pathNotTraversable(let folder, let account):
            "\(account), as whom PostgreSQL runs, may not enter \(folder). "
                + "Allow it (chmod o+x '\(folder)') or choose another --data, "
                + "such as /var/lib/smartsandbox."
        case .dataFolderInUse(let path):
            "Another process serves from \(path). Stop it or choose another --data."
        case .otherVersion(let path, let found, let ours, let secretsPath):
            Self.otherVersionText(path, found, ours, secretsPath)
        case .secretsMissing(let path):
            "\(path) is missing, so nobody can log in to the database beside it. "
                + "Restore it from the backup."
        case .socketFolderUnsafe(let path):
            "\(path) exists and is not a private folder of PostgreSQL's account. Remove it."
        case .socketPathTooLong(let path):
            "\(path) is longer than the \(Limits.socketPathBytesMax) bytes of a socket's address."
        case .fileFailed(let path, let doing, let errno):
            "Could not \(doing) \(path): \(errorText(errno))."
        case .commandFailed(let command, let output):
            "\(command) failed:\n\(output)"
        case .startFailed(let log):
            "PostgreSQL ended while starting:\n\(log)"
        case .startTimedOut(let log):
            "PostgreSQL did not become ready in time:\n\(log)"
        }
    }

    private static func otherVersionText(
        _ path: String, _ found: String, _ ours: Int, _ secretsPath: String
    ) -> String {
        """
        \(path) was made by PostgreSQL \(found), and PostgreSQL \(ours) cannot open it. To move over, \
        as the account that owns the folder and with the superuser's password from \(secretsPath):
          /usr/lib/postgresql/\(found)/bin/pg_ctl -D '\(path)' -w start -o "-k '\(path)'"
          /usr/lib/postgresql/\(found)/bin/pg_dump -h '\(path)' -U postgres -Fc -f sbx.dump sbx
          /usr/lib/postgresql/\(found)/bin/pg_ctl -D '\(path)' -m fast stop
          mv '\(path)' '\(path).\(found)'
        then start once and stop again (this makes a folder for \(ours)), start its server in the same \
        way, load with pg_restore --clean --if-exists -d sbx sbx.dump, and stop it.
        """
    }
}
