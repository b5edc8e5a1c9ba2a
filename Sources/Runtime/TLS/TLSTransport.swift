import COpenSSL

/// TLS over a non-blocking socket. Confined to one loop.
package final class TLSTransport: ByteTransport {
    package let descriptor: CInt
    private let ssl: OpaquePointer

    /// The server's side of a connection that was accepted.
    package init(server descriptor: CInt, _ context: TLSContext) throws(TLSError) {
        self.descriptor = descriptor
        ssl = try Self.make(descriptor, context)
        SSL_set_accept_state(ssl)
    }

    /// The client's side; the peer's certificate must be for `host`, a DNS name or an IP address.
    package init(
        client descriptor: CInt, host: String, _ context: TLSContext
    ) throws(TLSError) {
        self.descriptor = descriptor
        ssl = try Self.make(descriptor, context)
        SSL_set_connect_state(ssl)
        if SocketAddress(host: host, port: 0) != nil {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host)
        } else {
            // SNI carries names only, RFC 6066 § 3.
            sbx_SSL_set_tlsext_host_name(ssl, host)
            SSL_set1_host(ssl, host)
        }
        let protocols: [UInt8] = [8] + Array("http/1.1".utf8)
        SSL_set_alpn_protos(ssl, protocols, UInt32(protocols.count))
    }

    deinit {
        SSL_free(ssl)
    }

    /// DER of the client's certificate, nil when it sent none.
    package var peerCertificate: [UInt8]? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        defer { X509_free(certificate) }
        let count = i2d_X509(certificate, nil)
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
            var end = buffer.baseAddress
            initialized = Int(i2d_X509(certificate, &end))
        }
    }

    /// Why a client's handshake failed, as far as the server's certificate is the reason.
    package var refusal: TLSRefusal { TLSRefusal(verification: SSL_get_verify_result(ssl)) }

    /// The protocol that both sides chose by ALPN; nil without.
    package var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &count)
        guard count > 0 else { return nil }
        return String(
            decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    package func handshake() -> TransportResult {
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        return result == 1 ? .moved(0) : outcome(of: result)
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> TransportResult {
        ERR_clear_error()
        let count = SSL_read(ssl, buffer.baseAddress, CInt(clamping: buffer.count))
        return count > 0 ? .moved(Int(count)) : outcome(of: count)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) -> TransportResult {
        guard !bytes.isEmpty else { return .moved(0) }
        ERR_clear_error()
        let count = SSL_write(ssl, bytes.baseAddress, CInt(clamping: bytes.count))
        return count > 0 ? .moved(Int(count)) : outcome(of: count)
    }

    package func shutdown() {
        ERR_clear_error()
        SSL_shutdown(ssl)
    }

    private func outcome(of result: CInt) -> TransportResult {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: .wouldBlock(.readable)
        case SSL_ERROR_WANT_WRITE: .wouldBlock(.writable)
        case SSL_ERROR_ZERO_RETURN: .ended
        default: .failed
        }
    }

    private static func make(
        _ descriptor: CInt, _ context: TLSContext
    ) throws(TLSError) -> OpaquePointer {
        guard let ssl = SSL_new(context.context), SSL_set_fd(ssl, descriptor) == 1 else {
            throw TLSError("start a TLS connection")
        }
        return ssl
    }
}
