import COpenSSL

/// Why a client would not talk to a server over TLS.
package enum TLSRefusal: String, Sendable {
    /// The certificate is for other names.
    case wrongName = "wrong_name"
    /// No authority that the client trusts has signed it.
    case untrusted
    case expired
    /// Its time has not begun.
    case notYetValid = "not_yet_valid"
    /// The certificate was not the reason, or never came: versions, ciphers, a broken connection.
    case handshake

    /// `verification` is a code of X509_verify_cert_error_string(3).
    init(verification: Int) {
        self =
            switch CInt(truncatingIfNeeded: verification) {
            case X509_V_OK: .handshake
            case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .wrongName
            case X509_V_ERR_CERT_HAS_EXPIRED: .expired
            case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
            default: .untrusted
            }
    }
}
