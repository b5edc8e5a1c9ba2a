import COpenSSL

/// Certificates and rules that the connections of a listener, or of a client, share.
package final class TLSContext: @unchecked Sendable {
    // Set up in `init` and only read afterwards; SSL_CTX itself is counted and locked by OpenSSL.
    let context: OpaquePointer

    /// Whether a server asks for a certificate of the client.
    package enum ClientCertificates: Sendable {
        case ignored
        /// Asked for, and any is taken: whether it is acceptable is the caller's business, who
        /// finds it in `TLSTransport.peerCertificate`.
        case requested
    }

    /// A server's context from PEM files; `certificateFile` holds the chain, leaf first.
    package static func server(
        certificateFile: String, keyFile: String, clientCertificates: ClientCertificates = .ignored
    ) throws(TLSError) -> TLSContext {
        let made = try TLSContext(method: TLS_server_method())
        guard SSL_CTX_use_certificate_chain_file(made.context, certificateFile) == 1 else {
            throw TLSError("load certificate \(certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(made.context, keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError("load key \(keyFile)")
        }
        guard SSL_CTX_check_private_key(made.context) == 1 else {
            throw TLSError("match key \(keyFile) with its certificate")
        }
        if clientCertificates == .requested {
            SSL_CTX_set_verify(made.context, SSL_VERIFY_PEER) { _, _ in 1 }
        }
        made.chooseHTTP1()
        return made
    }

    /// A client's context, which verifies chain and name against the system's authorities, or
    /// against `authorityFile` alone.
    package static func client(authorityFile: String? = nil) throws(TLSError) -> TLSContext {
        let made = try TLSContext(method: TLS_client_method())
        SSL_CTX_set_verify(made.context, SSL_VERIFY_PEER, nil)
        let loaded =
            if let authorityFile {
                SSL_CTX_load_verify_file(made.context, authorityFile)
            } else {
                SSL_CTX_set_default_verify_paths(made.context)
            }
        guard loaded == 1 else { throw TLSError("load authorities") }
        return made
    }

    private init(method: OpaquePointer?) throws(TLSError) {
        guard let context = SSL_CTX_new(method) else { throw TLSError("make a TLS context") }
        self.context = context
        sbx_SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION)
        // A retried write may come from a buffer that has moved; released buffers keep an idle
        // connection small.
        sbx_SSL_CTX_set_mode(
            context,
            Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                | SSL_MODE_RELEASE_BUFFERS))
    }

    deinit {
        SSL_CTX_free(context)
    }

    /// ALPN: `http/1.1` when the client offers it, and no protocol when it offers others only.
    private func chooseHTTP1() {
        SSL_CTX_set_alpn_select_cb(context, { _, selected, length, offered, count, _ in
            var offset: UInt32 = 0
            while offset < count, let offered {
                let size = offered[Int(offset)]
                let name = UnsafeBufferPointer(start: offered + Int(offset) + 1, count: Int(size))
                if offset + 1 + UInt32(size) <= count, name.elementsEqual("http/1.1".utf8) {
                    selected?.pointee = name.baseAddress
                    length?.pointee = size
                    return SSL_TLSEXT_ERR_OK
                }
                offset += 1 + UInt32(size)
            }
            return SSL_TLSEXT_ERR_ALERT_FATAL
        }, nil)
    }
}
