import COpenSSL

/// OpenSSL's process-wide state.
enum OpenSSLLibrary {
    /// Loads the library without its clean-up at exit: that runs while loops still hold
    /// connections, libpq's among them, and frees what their threads are reading. The process is
    /// about to end, so there is nothing to clean. Must come before the first other use.
    static let isLoadedForThreads: Bool =
        OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
