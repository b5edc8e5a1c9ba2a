import COpenSSL
import Glibc

/// A certificate authority for development, made on first use and kept in the data folder, and
/// the server certificate it signs. A browser or client that is told to trust `authority.pem`
/// reaches the platform over TLS under every local name.
package struct DevelopmentAuthority: Sendable {
    /// The authority's certificate, to be trusted by clients.
    package let authorityFile: String
    /// The server's chain.
    package let certificateFile: String
    package let keyFile: String

    /// Browsers refuse server certificates that are good for more than 398 days.
    package static let daysValidMax = 397

    /// Takes what stands in `folder`, or makes it for `names` (DNS names, `*.` allowed). The folder
    /// must exist and belong to this user; keys are written with mode 0600.
    ///
    /// - Parameter daysValid: how long the server's certificate is good; negative makes one whose
    ///   time is over, for those who test that it is refused.
    package init(
        folder: String, names: [String], daysValid: Int = daysValidMax
    ) throws(TLSError) {
        authorityFile = folder + "/authority.pem"
        certificateFile = folder + "/server.pem"
        keyFile = folder + "/server-key.pem"
        let files: [String] = [authorityFile, certificateFile, keyFile]
        guard !files.allSatisfy({ access($0, R_OK) == 0 }) else { return }
        try make(names: names, daysValid: daysValid)
    }

    /// What a server shows.
    package var files: TLSContext.CertificateFiles {
        TLSContext.CertificateFiles(certificateFile: certificateFile, keyFile: keyFile)
    }

    private func make(names: [String], daysValid: Int) throws(TLSError) {
        let authorityKey = try PrivateKey()
        let authority = try Certificate(
            commonName: "SmartSandbox development authority", key: authorityKey,
            daysValid: Self.daysValidMax)
        try authority.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try authority.add(NID_key_usage, "critical,keyCertSign")
        try authority.sign(with: authorityKey, issuer: authority)

        let serverKey = try PrivateKey()
        let server = try Certificate(
            commonName: names[0], key: serverKey, daysValid: daysValid)
        let alternatives = names.map { "DNS:\($0)" } + ["IP:127.0.0.1", "IP:::1"]
        try server.add(NID_subject_alt_name, alternatives.joined(separator: ","))
        try server.add(NID_ext_key_usage, "serverAuth")
        try server.sign(with: authorityKey, issuer: authority)

        // The authority's key is not kept: nothing else is ever signed with it.
        try serverKey.write(to: keyFile)
        try server.write(to: certificateFile)
        try authority.write(to: authorityFile)
    }
}

/// A P-256 key.
private final class PrivateKey {
    let key: OpaquePointer

    init() throws(TLSError) {
        OpenSSLLibrary.load()
        guard let key = sbx_EVP_EC_gen("P-256") else { throw TLSError("make a key") }
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    func write(to path: String) throws(TLSError) {
        let file = try open(path, mode: 0o600)
        defer { fclose(file) }
        guard PEM_write_PrivateKey(file, key, nil, nil, 0, nil, nil) == 1 else {
            throw TLSError("write \(path)")
        }
    }
}

/// An X.509 v3 certificate in the making.
private final class Certificate {
    private let certificate: OpaquePointer

    init(commonName: String, key: PrivateKey, daysValid: Int) throws(TLSError) {
        guard let certificate = X509_new() else { throw TLSError("make a certificate") }
        self.certificate = certificate
        X509_set_version(certificate, 2)  // Counted from 0: version 3.
        var serial: UInt64 = 0
        withUnsafeMutableBytes(of: &serial) { bytes in
            _ = RAND_bytes(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), 8)
        }
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1)
        // One hour back, for machines whose clocks disagree a little.
        X509_gmtime_adj(X509_getm_notBefore(certificate), min(0, daysValid * 86_400) - 3_600)
        X509_gmtime_adj(X509_getm_notAfter(certificate), daysValid * 86_400)
        X509_set_pubkey(certificate, key.key)
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, commonName, -1, -1, 0)
    }

    deinit {
        X509_free(certificate)
    }

    func add(_ extensionID: CInt, _ value: String) throws(TLSError) {
        guard let made = X509V3_EXT_conf_nid(nil, nil, extensionID, value) else {
            throw TLSError("make certificate extension \(value)")
        }
        defer { X509_EXTENSION_free(made) }
        X509_add_ext(certificate, made, -1)
    }

    func sign(with key: PrivateKey, issuer: Certificate) throws(TLSError) {
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer.certificate))
        guard X509_sign(certificate, key.key, EVP_sha256()) > 0 else {
            throw TLSError("sign a certificate")
        }
    }

    func write(to path: String) throws(TLSError) {
        let file = try open(path, mode: 0o644)
        defer { fclose(file) }
        guard PEM_write_X509(file, certificate) == 1 else { throw TLSError("write \(path)") }
    }
}

private func open(_ path: String, mode: mode_t) throws(TLSError) -> UnsafeMutablePointer<FILE> {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0, let file = fdopen(descriptor, "w") else {
        throw TLSError("open \(path) for writing")
    }
    return file
}
