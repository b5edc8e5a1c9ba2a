import COpenSSL

/// Certificates and rules that the connections of a listener, or of a client, share.
package final class TLSContext: @unchecked Sendable {
    // Set up by the makers and only read afterwards; SSL_CTX itself is counted and locked by
    // OpenSSL.
    let context: OpaquePointer
    /// A server's further certificates, in the order in which they are tried.
    private var alternatives: [TLSContext] = []

    /// Whether a server asks for a certificate of the client.
    package enum ClientCertificates: Sendable {
        case ignored
        /// Asked for, and any is taken: whether it is acceptable is the caller's business, who
        /// finds it in `TLSTransport.peerCertificate`.
        case requested
    }

    /// A certificate of a server and its key, as PEM files; the first holds the chain, leaf first.
    package struct CertificateFiles: Sendable {
        package let certificateFile: String
        package let keyFile: String

        package init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// A server's context. A client that names a host (SNI) is shown the first certificate that is
    /// for that host; any other client is shown the first of all.
    package static func server(
        _ certificates: [CertificateFiles], clientCertificates: ClientCertificates = .ignored
    ) throws(TLSError) -> TLSContext {
        precondition(!certificates.isEmpty, "a TLS server has a certificate")
        var contexts: [TLSContext] = []
        for files in certificates {
            contexts.append(try server(files, clientCertificates))
        }
        let first = contexts[0]
        first.chooseByName(among: contexts)
        return first
    }

    private static func server(
        _ files: CertificateFiles, _ clientCertificates: ClientCertificates
    ) throws(TLSError) -> TLSContext {
        let made = try TLSContext(method: TLS_server_method())
        try made.use(files)
        if clientCertificates == .requested {
            SSL_CTX_set_verify(made.context, SSL_VERIFY_PEER) { _, _ in 1 }
        }
        // Without it a client that resumes a session is refused once certificates are asked for.
        let sessions = Array("sbx".utf8)
        SSL_CTX_set_session_id_context(made.context, sessions, UInt32(sessions.count))
        made.chooseHTTP1()
        return made
    }

    /// A client's context, which verifies chain and name against the system's authorities, or
    /// against `authorityFile` alone, and shows `own` to servers that ask for a certificate.
    package static func client(
        authorityFile: String? = nil, own: CertificateFiles? = nil
    ) throws(TLSError) -> TLSContext {
        let made = try TLSContext(method: TLS_client_method())
        if let own { try made.use(own) }
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
        OpenSSLLibrary.load()
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

    private func use(_ files: CertificateFiles) throws(TLSError) {
        guard SSL_CTX_use_certificate_chain_file(context, files.certificateFile) == 1 else {
            throw TLSError("load certificate \(files.certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(context, files.keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError("load key \(files.keyFile)")
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw TLSError("match key \(files.keyFile) with its certificate")
        }
    }

    private func chooseByName(among contexts: [TLSContext]) {
        guard contexts.count > 1 else { return }
        alternatives = Array(contexts.dropFirst())
        // The context outlives the callback's use of it: connections hold it.
        sbx_SSL_CTX_set_servername_arg(context, Unmanaged.passUnretained(self).toOpaque())
        sbx_SSL_CTX_set_servername_callback(context) { ssl, _, argument in
            guard let ssl, let argument,
                let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)
            else { return SSL_TLSEXT_ERR_NOACK }
            let first = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
            guard !first.isFor(name), let other = first.alternatives.first(where: { $0.isFor(name) })
            else { return SSL_TLSEXT_ERR_OK }
            SSL_set_SSL_CTX(ssl, other.context)
            return SSL_TLSEXT_ERR_OK
        }
    }

    /// Whether the certificate is for the host, wildcards of one label included (RFC 6125 § 6.4).
    private func isFor(_ name: UnsafePointer<CChar>) -> Bool {
        X509_check_host(SSL_CTX_get0_certificate(context), name, 0, 0, nil) == 1
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
