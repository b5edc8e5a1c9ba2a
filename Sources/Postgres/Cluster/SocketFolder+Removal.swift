import Glibc

// A folder of sockets outlives the server that was killed in it, and `/run` and `/tmp` would fill
// up with those of data folders that nobody serves any more.
extension SocketFolder {
    /// Removes the folder of a server that has ended. Left alone when its name is not one of ours.
    static func remove(_ path: String) {
        guard let name = path.split(separator: "/").last, isName(String(name)) else { return }
        removeTree(path)
    }

    /// Removes the folders of dead servers of this account, whatever cluster they belonged to.
    static func removeStale(of account: ServerAccount) {
        let base = base(for: account)
        for name in names(in: base) where isName(name) {
            let path = "\(base)/\(name)"
            if isStale(path, account, at: time(nil)) { removeTree(path) }
        }
    }

    /// Ours, without the lock of a living server, and so long unchanged that none is about to start.
    static func isStale(_ path: String, _ account: ServerAccount, at now: Int) -> Bool {
        guard let status = FileStatus(path), status.isFolder, status.isPrivate,
            status.owner == account.uid, now - status.changedAt > Limits.socketFolderStaleSeconds
        else { return false }
        let locks = names(in: path).filter { $0.hasSuffix(".lock") }
        return locks.allSatisfy { isDead("\(path)/\($0)") }
    }

    /// The lock's first line is the server's process, its second the folder in which that works.
    private static func isDead(_ lock: String) -> Bool {
        let lines = text(of: lock)?.split(separator: "\n") ?? []
        guard lines.count >= 2, let pid = pid_t(lines[0]) else { return false }
        guard kill(pid, 0) == 0 || errno == EPERM else { return true }
        // Another process may have the number now. Unreadable counts as alive.
        return linkTarget("/proc/\(pid)/cwd").map { $0 != resolved(String(lines[1])) } ?? false
    }

    /// `sbx-` and a number in base 36.
    private static func isName(_ name: String) -> Bool {
        let digits = name.dropFirst(namePrefix.count)
        return name.hasPrefix(namePrefix) && (1...13).contains(digits.utf8.count)
            && digits.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }
}
