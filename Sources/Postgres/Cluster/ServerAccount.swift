import Glibc

/// The operating-system account that the server runs as: ours, or `postgres` when we are root,
/// because Postgres refuses root.
struct ServerAccount: Sendable {
    let name: String
    let uid: uid_t
    let gid: gid_t
    /// We are root and run the server's programs through `setpriv`.
    let mustSwitch: Bool

    /// `requested` is `--postgres-user`.
    init(requested: String?) throws(ClusterError) {
        guard geteuid() == 0 else {
            let own = Self.entry(uid: geteuid())
            if let requested, requested != own.name { throw .accountNeedsRoot(name: requested) }
            self.init(name: own.name, uid: geteuid(), gid: getegid(), mustSwitch: false)
            return
        }
        let wanted = requested ?? "postgres"
        guard let entry = Self.entry(name: wanted) else { throw .accountMissing(name: wanted) }
        guard entry.uid != 0 else { throw .accountIsRoot }
        self.init(name: wanted, uid: entry.uid, gid: entry.gid, mustSwitch: true)
    }

    private init(name: String, uid: uid_t, gid: gid_t, mustSwitch: Bool) {
        self.name = name
        self.uid = uid
        self.gid = gid
        self.mustSwitch = mustSwitch
    }

    /// The command as run by this account. `setpriv` (util-linux, essential on Debian) replaces
    /// itself with the command, so the child's pid is the server's; `su` and `runuser` stay as a
    /// parent and need PAM, which containers often lack.
    func command(_ arguments: [String]) -> [String] {
        guard mustSwitch else { return arguments }
        return ["/usr/bin/setpriv", "--reuid=\(uid)", "--regid=\(gid)", "--init-groups", "--"]
            + arguments
    }

    /// Gives a file or folder to this account.
    func takeOver(_ path: String) throws(ClusterError) {
        guard mustSwitch else { return }
        guard lchown(path, uid, gid) == 0 else {
            throw .fileFailed(path: path, doing: "hand over", errno: errno)
        }
    }

    /// Refuses a path that this account cannot walk down to, naming the first closed folder.
    /// Asked of the kernel as that account, so that access lists count too.
    func checkTraversal(to path: String) throws(ClusterError) {
        guard mustSwitch, !canEnter(path) else { return }
        var folder = ""
        for part in path.split(separator: "/") {
            folder += "/" + part
            guard canEnter(folder) else {
                throw .pathNotTraversable(folder: folder, account: name)
            }
        }
    }

    private func canEnter(_ folder: String) -> Bool {
        let command = command(["/usr/bin/test", "-x", folder])
        let child = try? ChildProcess(command, workingFolder: "/", output: "/dev/null")
        return child?.wait() == 0
    }

    private static func entry(name: String) -> (uid: uid_t, gid: gid_t)? {
        withEntry { getpwnam_r(name, $0, $1, $2, $3) }.map { ($0.uid, $0.gid) }
    }

    private static func entry(uid: uid_t) -> (name: String, gid: gid_t) {
        withEntry { getpwuid_r(uid, $0, $1, $2, $3) }.map { ($0.name, $0.gid) }
            ?? (String(uid), getegid())
    }

    private static func withEntry(
        _ find: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> CInt
    ) -> (name: String, uid: uid_t, gid: gid_t)? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard find(&entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return (String(cString: entry.pw_name), entry.pw_uid, entry.pw_gid)
    }
}
