/// What `postgresql.conf` says. The file is ours: it is written anew before every start.
struct ClusterSettings {
    let socketFolder: String
    let port: Int
    let listenAddresses: String
    /// Later ones win; for tests.
    let overrides: [(name: String, value: String)]

    var text: String {
        (["# Written by sbx at every start; changes are lost."]
            + (place + durability + size + log + overrides).map { "\($0.0) = '\(quoted($0.1))'" })
            .joined(separator: "\n") + "\n"
    }

    private var place: [(name: String, value: String)] {
        [
            ("listen_addresses", listenAddresses),
            ("port", String(port)),
            ("unix_socket_directories", socketFolder),
            ("unix_socket_permissions", "0700"),
            ("password_encryption", "scram-sha-256"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
        ]
    }

    /// What was answered must be there after a power cut.
    private var durability: [(name: String, value: String)] {
        [
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            ("wal_compression", "on"),
            ("min_wal_size", "80MB"),
            ("max_wal_size", "1GB"),
            ("checkpoint_timeout", "15min"),
            ("max_wal_senders", "3"),
        ]
    }

    /// Two cores and a few gigabytes; short statements on indexes, so neither JIT nor parallel
    /// plans, whose start-up costs more than the statement.
    private var size: [(name: String, value: String)] {
        [
            ("shared_buffers", "128MB"),
            // Four gateways with full pools; a connection that nobody opens costs next to nothing.
            ("max_connections", "300"),
            ("work_mem", "8MB"),
            ("maintenance_work_mem", "64MB"),
            ("effective_cache_size", "1GB"),
            ("random_page_cost", "1.1"),
            ("jit", "off"),
            ("max_parallel_workers_per_gather", "0"),
            ("autovacuum_naptime", "20s"),
        ]
    }

    /// A week of files, no statements and no values: rows hold what users typed.
    private var log: [(name: String, value: String)] {
        [
            ("logging_collector", "on"),
            ("log_directory", "log"),
            ("log_filename", "postgres-%w.log"),
            ("log_rotation_age", "1d"),
            ("log_rotation_size", "0"),
            ("log_truncate_on_rotation", "on"),
            ("log_min_messages", "warning"),
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
            ("log_line_prefix", "%m [%p] "),
            ("log_checkpoints", "off"),
        ]
    }

    private func quoted(_ value: String) -> String {
        String(value.flatMap { $0 == "'" ? "''" : String($0) })
    }
}
