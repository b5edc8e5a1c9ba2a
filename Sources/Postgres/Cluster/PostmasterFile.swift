import Glibc

/// `postmaster.pid`, which a running server keeps in its data folder.
/// Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, state.
struct PostmasterFile {
    enum State { case starting, ready, other }

    let pid: pid_t
    let port: Int
    let socketFolder: String
    /// `starting` includes replaying the log.
    let state: State

    /// Nil when there is none or it is half-written.
    init?(in clusterPath: String) {
        guard let text = text(of: Self.path(in: clusterPath)) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 5, let pid = pid_t(lines[0]), pid > 1, let port = Int(lines[3])
        else { return nil }
        self.pid = pid
        self.port = port
        socketFolder = String(lines[4])
        let word = lines.count >= 8 ? lines[7].prefix { $0 != " " } : ""
        state = word == "ready" ? .ready : word == "starting" ? .starting : .other
    }

    static func path(in clusterPath: String) -> String { clusterPath + "/postmaster.pid" }

    /// The process lives and works in this data folder, as every postmaster does in its own.
    func isServing(_ clusterPath: String) -> Bool {
        linkTarget("/proc/\(pid)/cwd") == resolved(clusterPath)
    }

    /// Removes the files by which a server of this folder would be known – its own and the lock of
    /// its socket, which has the same pid – if that pid now belongs to something else or to a
    /// killed server that nobody has collected yet. Postgres copes with a dead pid itself, but
    /// takes any process of its own account for a server; after a container's restart that is
    /// common. Left alone while any process works in the folder: children of a killed server may
    /// still be writing.
    static func removeIfForeign(in clusterPath: String, socketLock: String) {
        let foreign = [path(in: clusterPath), socketLock].filter { file in
            guard let text = text(of: file), let pid = pid_t(text.prefix { $0.isNumber }) else {
                return false
            }
            return exists("/proc/\(pid)")
        }
        guard !foreign.isEmpty else { return }
        let folder = resolved(clusterPath)
        let isUsed = names(in: "/proc").contains { name in
            Int(name) != nil && linkTarget("/proc/\(name)/cwd") == folder
        }
        if !isUsed { for file in foreign { unlink(file) } }
    }
}
