import CLinux
import Glibc

/// A program started without forking this process: `posix_spawn` copies no memory and runs none
/// of our code between fork and exec.
struct ChildProcess {
    let pid: pid_t

    /// Starts `arguments[0]` in a session of its own (so that Ctrl-C at our terminal reaches us
    /// alone and we choose the order of stopping), with nothing of our environment and no
    /// descriptor but null input and `output` for both outputs.
    init(
        _ arguments: [String], workingFolder: String, output: String
    ) throws(ClusterError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, workingFolder)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.setPlainSignals(&attributes)

        var pid = pid_t()
        let result = Self.withPointers(arguments) { arguments in
            Self.withPointers(Self.environment) { environment in
                posix_spawn(&pid, arguments[0]!, &actions, &attributes, arguments, environment)
            }
        }
        guard result == 0 else {
            throw .fileFailed(path: arguments[0], doing: "run", errno: result)
        }
        self.pid = pid
    }

    /// The exit status, or 128 + the signal's number.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Whatever we ignore or block is normal in the child.
    private static func setPlainSignals(_ attributes: inout posix_spawnattr_t) {
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        let flags = CShort(POSIX_SPAWN_SETSIGDEF) | CShort(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, flags | sbx_POSIX_SPAWN_SETSID)
    }

    /// PGDATA, PGOPTIONS and our own secrets stay out.
    private static let environment = [
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
    ]

    private static func withPointers<T>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
    ) -> T {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
