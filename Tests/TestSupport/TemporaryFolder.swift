import Glibc

/// A folder under /tmp that is removed with its contents when the value goes away.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init(named purpose: String) {
        path = "/tmp/sbx-\(purpose)-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        precondition(mkdir(path, 0o711) == 0, "no folder under /tmp")
    }

    deinit {
        Self.remove(path)
    }

    package static func remove(_ path: String) {
        if Files.isFolder(path), !isLink(path) {
            for name in Files.names(in: path, hidden: true) { remove(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    /// Paths under /tmp that begin so.
    package static func names(beginning prefix: String) -> [String] {
        Files.names(in: "/tmp").map { "/tmp/" + $0 }.filter { $0.hasPrefix(prefix) }
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
