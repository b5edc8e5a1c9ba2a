import COpenSSL
import Glibc

/// An X.509 v3 certificate in the making: filled in, given its extensions, and signed last.
package final class CertificateDraft {
    /// An `X509` of OpenSSL's, alive as long as this.
    package let pointer: OpaquePointer

    /// For an `EVP_PKEY`, with a serial number of 127 random bits. Times are seconds since 1970.
    package init(
        publicKey: OpaquePointer, from start: Int, until end: Int
    ) throws(TLSError) {
        OpenSSLLibrary.load()
        guard let pointer = X509_new() else { throw TLSError("make a certificate") }
        self.pointer = pointer
        X509_set_version(pointer, 2)  // Counted from 0: version 3.
        setRandomSerial()
        guard ASN1_TIME_set(X509_getm_notBefore(pointer), start) != nil,
            ASN1_TIME_set(X509_getm_notAfter(pointer), end) != nil,
            X509_set_pubkey(pointer, publicKey) == 1
        else { throw TLSError("fill in a certificate") }
    }

    deinit {
        X509_free(pointer)
    }

    /// Adds a part of the subject's name, such as `CN`.
    package func name(_ part: String, _ value: String) throws(TLSError) {
        let isAdded = X509_NAME_add_entry_by_txt(
            X509_get_subject_name(pointer), part, MBSTRING_UTF8, value, -1, -1, 0)
        guard isAdded == 1 else { throw TLSError("name a certificate's subject") }
    }

    /// Takes a whole `X509_NAME` for the subject's.
    package func name(as subject: OpaquePointer?) throws(TLSError) {
        guard X509_set_subject_name(pointer, subject) == 1 else {
            throw TLSError("name a certificate's subject")
        }
    }

    /// `value` is written as in OpenSSL's configuration files. `issuer`, an `X509`, is asked for by
    /// key identifiers only.
    package func add(
        _ extensionID: CInt, _ value: String, issuer: OpaquePointer? = nil
    ) throws(TLSError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer ?? pointer, pointer, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, extensionID, value) else {
            throw TLSError("make certificate extension \(value)")
        }
        defer { X509_EXTENSION_free(made) }
        X509_add_ext(pointer, made, -1)
    }

    /// `key` and `issuer` are an `EVP_PKEY` and an `X509`; ECDSA and RSA sign SHA-256.
    package func sign(with key: OpaquePointer, issuer: OpaquePointer) throws(TLSError) {
        guard X509_set_issuer_name(pointer, X509_get_subject_name(issuer)) == 1,
            X509_sign(pointer, key, EVP_sha256()) > 0
        else { throw TLSError("sign a certificate") }
    }

    package var der: [UInt8] {
        let count = i2d_X509(pointer, nil)
        precondition(count > 0, "a signed certificate can be written")
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
            var end = buffer.baseAddress
            initialized = Int(i2d_X509(pointer, &end))
        }
    }

    /// Positive and never zero (RFC 5280 § 4.1.2.2).
    private func setRandomSerial() {
        var bytes = [UInt8](repeating: 0, count: 16)
        precondition(RAND_bytes(&bytes, CInt(bytes.count)) == 1, "randomness cannot fail")
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = BN_bin2bn(bytes, CInt(bytes.count), nil)
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer))
        BN_free(number)
    }
}
