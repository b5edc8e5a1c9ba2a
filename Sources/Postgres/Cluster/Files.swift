import Glibc

// The few file operations of the cluster, over Glibc: all of them block and run before any loop
// serves, or on the supervisor's thread.

func errorText(_ number: Int32) -> String {
    String(cString: strerror(number))
}

struct FileStatus {
    let owner: uid_t
    let mode: mode_t
    /// When its entries, owner or mode last changed, in seconds since 1970.
    let changedAt: Int

    /// Nil when nothing is there; links are not followed.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        owner = status.st_uid
        mode = status.st_mode
        changedAt = status.st_ctim.tv_sec
    }

    var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    var isPrivate: Bool { mode & 0o077 == 0 }
}

/// The whole of a small file; nil when it is not there.
func contents(of path: String, bytesMax: Int = Limits.smallFileBytes) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: bytesMax) { buffer, count in
        while count < bytesMax {
            let read = Glibc.read(descriptor, buffer.baseAddress! + count, bytesMax - count)
            guard read > 0 else { return }
            count += read
        }
    }
}

func text(of path: String) -> String? {
    contents(of: path).map { String(decoding: $0, as: UTF8.self) }
}

/// The end of a log, to explain a failure.
func tail(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "(no log at \(path))" }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    lseek(descriptor, max(0, size - Limits.logTailBytes), SEEK_SET)
    let bytes = [UInt8](unsafeUninitializedCapacity: Limits.logTailBytes) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress!, Limits.logTailBytes))
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Makes a folder, and those above it with `parentMode`.
func makeFolder(_ path: String, mode: mode_t, parentMode: mode_t = 0o755) throws(ClusterError) {
    if mkdir(path, mode) == 0 { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        try makeFolder(String(path[..<slash]), mode: parentMode, parentMode: parentMode)
        if mkdir(path, mode) == 0 { return }
    }
    guard errno == EEXIST, isFolder(path) else {
        throw .fileFailed(path: path, doing: "make the folder", errno: errno)
    }
}

/// Follows links.
func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Replaces a file so that a crash leaves the old or the new one: temporary file, fsync, rename.
func replaceFile(
    _ path: String, with text: String, mode: mode_t, owner: ServerAccount? = nil
) throws(ClusterError) {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
        throw .fileFailed(path: temporary, doing: "write", errno: errno)
    }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written > 0 else {
            throw .fileFailed(path: temporary, doing: "write", errno: errno)
        }
        bytes = bytes.dropFirst(written)
    }
    if let owner, owner.mustSwitch, fchown(descriptor, owner.uid, owner.gid) != 0 {
        throw .fileFailed(path: temporary, doing: "hand over", errno: errno)
    }
    guard fsync(descriptor) == 0 else {
        throw .fileFailed(path: temporary, doing: "write", errno: errno)
    }
    try move(temporary, to: path)
}

/// Renames durably: the parent folder is synced.
func move(_ old: String, to new: String) throws(ClusterError) {
    guard rename(old, new) == 0 else {
        throw .fileFailed(path: new, doing: "put in place", errno: errno)
    }
    let slash = new.lastIndex(of: "/") ?? new.startIndex
    let folder = open(String(new[..<slash]) + "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
}

/// Names in a folder without `.` and `..`; empty when it cannot be read.
func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}

/// Removes a folder and all it holds. Links inside are removed, not followed.
func removeTree(_ path: String) {
    for name in names(in: path) {
        let child = path + "/" + name
        if FileStatus(child)?.isFolder == true { removeTree(child) } else { unlink(child) }
    }
    rmdir(path)
}

/// The path without links and dots; the path itself when it does not exist.
func resolved(_ path: String) -> String {
    guard let buffer = realpath(path, nil) else { return path }
    defer { free(buffer) }
    return String(cString: buffer)
}

/// What a link points at; nil when it is none or is not ours to read.
func linkTarget(_ path: String) -> String? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) {
            max(0, readlink(path, $0.baseAddress!, Int(PATH_MAX)))
        }
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}
