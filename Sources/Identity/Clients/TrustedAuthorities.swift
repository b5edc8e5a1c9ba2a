import COpenSSL
import Runtime

/// The certificate authorities whose client certificates the operator trusts (`tls_client_auth`,
/// RFC 8705 § 2.1).
package final class TrustedAuthorities: @unchecked Sendable {
    // Filled in `init` and only read afterwards; X509_STORE has its own lock.
    private let store: OpaquePointer

    /// Reads the authorities of a PEM file; nil when there are none in it.
    package init?(pemFile: String) {
        guard let store = X509_STORE_new() else { return nil }
        self.store = store
        guard X509_STORE_load_file(store, pemFile) == 1 else {
            ERR_clear_error()
            return nil
        }
    }

    deinit {
        X509_STORE_free(store)
    }

    /// Whether one of them has issued the certificate for a client, and it is current.
    func hasIssued(_ certificate: ClientCertificate, at now: WallInstant) -> Bool {
        certificate.withX509 { leaf in
            defer { ERR_clear_error() }
            guard let context = X509_STORE_CTX_new() else { return false }
            defer { X509_STORE_CTX_free(context) }
            guard X509_STORE_CTX_init(context, store, leaf, nil) == 1,
                X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1
            else { return false }
            X509_STORE_CTX_set_time(context, 0, Int(now.seconds))
            return X509_verify_cert(context) == 1
        } ?? false
    }
}
