import COpenSSL

/// OpenSSL's process-wide state.
package enum OpenSSLLibrary {
    /// Loads the library without its clean-up at exit: that runs while loops still hold
    /// connections, libpq's among them, and frees what their threads are reading. The process is
    /// about to end, so there is nothing to clean. Must come before every other first use, libpq's
    /// too: whoever loads the library decides.
    package static func load() {
        precondition(isLoaded, "OpenSSL cannot be loaded")
    }

    private static let isLoaded = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
