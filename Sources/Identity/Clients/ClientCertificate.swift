import COpenSSL

/// A certificate that a client has shown in its TLS handshake, which proves that it has the key.
struct ClientCertificate {
    /// SHA-256 of the DER: `x5t#S256` (RFC 8705 § 3.1).
    let thumbprint: Digest
    private let der: [UInt8]

    init(der: [UInt8]) {
        self.der = der
        thumbprint = SHA256Hasher.digest(der)
    }

    /// Whether its public key is the one of `jwk`; how self-signed certificates are recognised.
    func holds(_ jwk: JWK) -> Bool {
        withX509 { certificate in
            guard let key = X509_get_pubkey(certificate) else { return false }
            let own = EVPKey(owning: key)
            guard let other = VerificationKey(jwk).openSSLKey else { return false }
            return EVP_PKEY_eq(own.pointer, other.pointer) == 1
        } ?? false
    }

    /// Whether the registered field has the registered text.
    func names(_ subject: ClientMetadata.CertificateSubject) -> Bool {
        switch subject {
        case .distinguishedName(let text): subjectName == text
        case .dnsName(let name): check { X509_check_host($0, name, name.utf8.count, 0, nil) }
        case .email(let address): check { X509_check_email($0, address, address.utf8.count, 0) }
        case .uri(let text): alternativeNames(ofType: GEN_URI).contains(text)
        }
    }

    /// RFC 4514 text, most specific part first.
    var subjectName: String? {
        withX509 { certificate -> String? in
            guard let bio = BIO_new(BIO_s_mem()) else { return nil }
            defer { BIO_free(bio) }
            guard
                X509_NAME_print_ex(
                    bio, X509_get_subject_name(certificate), 0, sbx_XN_FLAG_RFC2253())
                    >= 0
            else { return nil }
            var start: UnsafeMutablePointer<CChar>?
            let count = sbx_BIO_get_mem_data(bio, &start)
            guard let start else { return nil }
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
            return String(decoding: bytes, as: UTF8.self)
        } ?? nil
    }

    private func alternativeNames(ofType type: CInt) -> [String] {
        withX509 { certificate in
            guard let names = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
                return []
            }
            let list = OpaquePointer(names)
            defer { sbx_GENERAL_NAMES_free(list) }
            return (0..<sbx_GENERAL_NAMES_count(list)).compactMap { index in
                guard let text = sbx_GENERAL_NAMES_text(list, index, type) else { return nil }
                let bytes = UnsafeBufferPointer(
                    start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text)))
                return String(decoding: bytes, as: UTF8.self)
            }
        } ?? []
    }

    private func check(_ body: (OpaquePointer) -> CInt) -> Bool {
        withX509 { body($0) == 1 } ?? false
    }

    /// Nil when OpenSSL cannot read it.
    func withX509<Value>(_ body: (OpaquePointer) -> Value) -> Value? {
        defer { ERR_clear_error() }
        let certificate = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_X509(nil, &start, buffer.count)
        }
        guard let certificate else { return nil }
        defer { X509_free(certificate) }
        return body(certificate)
    }
}
