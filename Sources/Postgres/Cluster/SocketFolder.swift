import Glibc
import Identifiers

/// The private folder of the server's Unix socket. The data path is often too long for a socket's
/// address, hence a short folder elsewhere, named after the data path so that the next start finds
/// the same one.
struct SocketFolder {
    let path: String

    init(forCluster clusterPath: String, port: Int, account: ServerAccount) throws(ClusterError) {
        let name = Self.namePrefix + String(StableHash.of(resolved(clusterPath).utf8), radix: 36)
        path = "\(Self.base(for: account))/\(name)"
        guard "\(path)/.s.PGSQL.\(port)".utf8.count <= Limits.socketPathBytesMax else {
            throw .socketPathTooLong(path: path)
        }
        if mkdir(path, 0o700) == 0 {
            try account.takeOver(path)
        }
        // Under /tmp anybody may have made it first: a link or a folder of others is refused.
        guard let status = FileStatus(path), status.isFolder, status.isPrivate,
            status.owner == account.uid
        else { throw .socketFolderUnsafe(path: path) }
        // Makes it new in the eyes of other starts, lest they take it for one left behind.
        chmod(path, 0o700)
    }

    static let namePrefix = "sbx-"

    /// Where this account's folders lie.
    static func base(for account: ServerAccount) -> String {
        account.mustSwitch && access("/run", W_OK) == 0 ? "/run" : "/tmp"
    }

    /// The file by which a server says that the socket is its own; its first line is the pid.
    func lockPath(port: Int) -> String { "\(path)/.s.PGSQL.\(port).lock" }
}
