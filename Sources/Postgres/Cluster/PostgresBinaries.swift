import Glibc

/// The server's programs.
struct PostgresBinaries: Sendable {
    let folder: String
    let major: Int

    /// The given folder, or the newest of Debian's `/usr/lib/postgresql/<major>/bin`.
    init(folder given: String?) throws(ClusterError) {
        if let given {
            guard let major = Self.major(in: given), major >= Limits.serverMajorMin else {
                throw .binariesMissing(searched: given)
            }
            self.init(folder: given, major: major)
            return
        }
        let root = "/usr/lib/postgresql"
        let newest = names(in: root).compactMap { Int($0) }
            .filter { $0 >= Limits.serverMajorMin && exists("\(root)/\($0)/bin/postgres") }
            .max()
        guard let newest else { throw .binariesMissing(searched: "\(root)/*/bin") }
        self.init(folder: "\(root)/\(newest)/bin", major: newest)
    }

    private init(folder: String, major: Int) {
        self.folder = folder
        self.major = major
    }

    func path(_ program: String) -> String { folder + "/" + program }

    /// Asks `postgres --version`, whose answer is `postgres (PostgreSQL) 15.4 (…)`.
    private static func major(in folder: String) -> Int? {
        let output = "/tmp/sbx-version-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(output) }
        let command = [folder + "/postgres", "--version"]
        guard let child = try? ChildProcess(command, workingFolder: "/", output: output),
            child.wait() == 0, let words = text(of: output)?.split(separator: " "),
            words.count >= 3
        else { return nil }
        return Int(words[2].prefix { $0.isNumber })
    }
}
