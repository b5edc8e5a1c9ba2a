import COpenSSL

/// Why a certificate signing request was refused: one rule, and what broke it.
package struct SigningRequestRefusal: Error, Sendable, Hashable {
    package enum Rule: String, Sendable, CaseIterable {
        /// It is one PEM block that holds a request and nothing else.
        case form
        /// It carries no private key: that stays with its owner.
        case privateKey = "private_key"
        /// The key is strong enough, and of a kind that TLS uses.
        case key
        /// It is signed by its own key, by a digest that still holds.
        case signature
        /// It asks for a client's certificate and nothing more.
        case usage
        /// The subject's name is short and can be shown.
        case subject
    }

    package let rule: Rule
    /// For the client; a sentence.
    package let detail: String
}

/// A certificate signing request (PKCS #10, RFC 2986) that has passed every rule. What it asks for
/// beside a name and a key is not granted; what must not be granted is refused.
struct SigningRequest {
    /// An `X509_REQ`, alive as long as this.
    private let request: Handle
    let publicKey: EVPKey
    /// Extensions that were asked for and are not granted, by their short names.
    let ignored: [String]

    init(pem: String) throws(SigningRequestRefusal) {
        defer { ERR_clear_error() }
        request = try Self.read(pem)
        publicKey = try Self.key(of: request.pointer)
        try Self.checkSignature(request.pointer, publicKey)
        try Self.checkSubject(request.pointer)
        ignored = try Self.checkExtensions(request.pointer, publicKey)
    }

    /// An `X509_NAME`; nil when the request names nobody.
    var subject: OpaquePointer? {
        let name = X509_REQ_get_subject_name(request.pointer)
        return X509_NAME_entry_count(name) == 0 ? nil : name
    }

    private final class Handle {
        let pointer: OpaquePointer

        init(owning pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit {
            X509_REQ_free(pointer)
        }
    }

    private static func read(_ pem: String) throws(SigningRequestRefusal) -> Handle {
        guard pem.utf8.count <= Limits.signingRequestBytes else {
            throw refusal(.form, "A request has at most \(Limits.signingRequestBytes) bytes.")
        }
        guard !pem.contains("PRIVATE KEY") else {
            throw refusal(
                .privateKey,
                "The text holds a private key. It was not stored; make another and send the request alone."
            )
        }
        guard pem.ranges(of: "-----BEGIN ").count == 1 else {
            throw refusal(.form, "Send one block in PEM, from -----BEGIN CERTIFICATE REQUEST-----.")
        }
        let made = Array(pem.utf8).withUnsafeBytes { bytes -> OpaquePointer? in
            guard let bio = BIO_new_mem_buf(bytes.baseAddress, CInt(bytes.count)) else {
                preconditionFailure("reading memory needs memory only")
            }
            defer { BIO_free(bio) }
            // A block that says it is encrypted would make OpenSSL ask a terminal for a passphrase.
            return PEM_read_bio_X509_REQ(bio, nil, { _, _, _, _ in 0 }, nil)
        }
        guard let made else {
            throw refusal(.form, "The text is no certificate signing request in PEM.")
        }
        return Handle(owning: made)
    }

    /// Before the signature, whose check is as slow as the key makes it.
    private static func key(of request: OpaquePointer) throws(SigningRequestRefusal) -> EVPKey {
        guard let pointer = X509_REQ_get_pubkey(request) else {
            throw refusal(.key, "The request's key cannot be read.")
        }
        let key = EVPKey(owning: pointer)
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_RSA:
            do throws(JOSEError) {
                try RSAKeyRules.check(modulus: key.number("n"), exponent: key.number("e"))
            } catch {
                guard case .invalidKey(let rule) = error else {
                    throw refusal(.key, "The RSA key is unfit.")
                }
                throw refusal(.key, "The RSA key is unfit: \(rule).")
            }
        case EVP_PKEY_EC:
            guard let curve = curve(of: pointer), ["prime256v1", "secp384r1", "secp521r1"].contains(curve)
            else { throw refusal(.key, "An elliptic key is on P-256, P-384 or P-521.") }
        case EVP_PKEY_ED25519: break
        default: throw refusal(.key, "A key is RSA, elliptic or Ed25519.")
        }
        return key
    }

    private static func curve(of key: OpaquePointer) -> String? {
        var name = [CChar](repeating: 0, count: 80)
        var count = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1 else { return nil }
        return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func checkSignature(
        _ request: OpaquePointer, _ key: EVPKey
    ) throws(SigningRequestRefusal) {
        var digest: CInt = 0
        let algorithm = X509_REQ_get_signature_nid(request)
        guard OBJ_find_sigid_algs(algorithm, &digest, nil) == 1,
            [NID_undef, NID_sha256, NID_sha384, NID_sha512].contains(digest)
        else { throw refusal(.signature, "A request is signed with SHA-256, SHA-384 or SHA-512.") }
        guard X509_REQ_verify(request, key.pointer) == 1 else {
            throw refusal(
                .signature, "The signature was not made by the request's own key, or the text has changed.")
        }
    }

    private static func checkSubject(_ request: OpaquePointer) throws(SigningRequestRefusal) {
        let name = X509_REQ_get_subject_name(request)
        let count = X509_NAME_entry_count(name)
        guard count <= CInt(Limits.subjectParts) else {
            throw refusal(.subject, "A subject has at most \(Limits.subjectParts) parts.")
        }
        for index in 0..<max(0, count) {
            let value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))
            let bytes = UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(value), count: Int(ASN1_STRING_length(value)))
            guard bytes.count <= Limits.subjectPartBytes, String(validating: bytes, as: UTF8.self) != nil,
                bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else {
                throw refusal(
                    .subject,
                    "A part of a subject is UTF-8 of at most \(Limits.subjectPartBytes) bytes without control characters."
                )
            }
        }
    }

    /// OpenSSL reads extensions on certificates, so they are laid on one that is thrown away.
    private static func checkExtensions(
        _ request: OpaquePointer, _ key: EVPKey
    ) throws(SigningRequestRefusal) -> [String] {
        guard let list = X509_REQ_get_extensions(request) else { return [] }
        defer { sbx_extensions_free(list) }
        guard let wished = X509_new() else { preconditionFailure("a certificate needs memory only") }
        defer { X509_free(wished) }
        X509_set_pubkey(wished, key.pointer)
        let names = (0..<max(0, sbx_extensions_count(list))).map { index in
            let wish = sbx_extensions_at(list, index)
            X509_add_ext(wished, wish, -1)
            let id = OBJ_obj2nid(X509_EXTENSION_get_object(wish))
            return id == NID_undef ? "unknown" : String(cString: OBJ_nid2sn(id))
        }
        let flags = X509_get_extension_flags(wished)
        guard flags & UInt32(EXFLAG_CA) == 0 else {
            throw refusal(.usage, "The request asks to be an authority (basicConstraints CA:TRUE).")
        }
        guard flags & UInt32(EXFLAG_INVALID) == 0 else {
            throw refusal(.usage, "The extensions that are asked for contradict themselves or cannot be read.")
        }
        if flags & UInt32(EXFLAG_KUSAGE) != 0,
            X509_get_key_usage(wished) & UInt32(X509v3_KU_KEY_CERT_SIGN | X509v3_KU_CRL_SIGN) != 0
        {
            throw refusal(.usage, "The request asks to sign certificates or revocation lists (keyUsage).")
        }
        if flags & UInt32(EXFLAG_XKUSAGE) != 0,
            X509_get_extended_key_usage(wished) & UInt32(XKU_SSL_CLIENT | XKU_ANYEKU) == 0
        {
            throw refusal(.usage, "The request asks for other uses than a TLS client's (extendedKeyUsage).")
        }
        let granted = ["basicConstraints", "keyUsage", "extendedKeyUsage"]
        return names.filter { !granted.contains($0) }
    }

    private static func refusal(
        _ rule: SigningRequestRefusal.Rule, _ detail: String
    ) -> SigningRequestRefusal {
        SigningRequestRefusal(rule: rule, detail: detail)
    }
}
