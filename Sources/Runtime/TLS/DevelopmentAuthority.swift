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
        let authority = try Self.draft(
            "SmartSandbox development authority", authorityKey, daysValid: Self.daysValidMax)
        try authority.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try authority.add(NID_key_usage, "critical,keyCertSign")
        try authority.sign(with: authorityKey.key, issuer: authority.pointer)

        let serverKey = try PrivateKey()
        let server = try Self.draft(names[0], serverKey, daysValid: daysValid)
        let alternatives = names.map { "DNS:\($0)" } + ["IP:127.0.0.1", "IP:::1"]
        try server.add(NID_subject_alt_name, alternatives.joined(separator: ","))
        try server.add(NID_ext_key_usage, "serverAuth")
        try server.sign(with: authorityKey.key, issuer: authority.pointer)

        // The authority's key is not kept: nothing else is ever signed with it.
        try serverKey.write(to: keyFile)
        try write(server, to: certificateFile)
        try write(authority, to: authorityFile)
    }

    private static func draft(
        _ commonName: String, _ key: PrivateKey, daysValid: Int
    ) throws(TLSError) -> CertificateDraft {
        let now = time(nil)
        // One hour back, for machines whose clocks disagree a little.
        let draft = try CertificateDraft(
            publicKey: key.key, from: now + min(0, daysValid * 86_400) - 3_600,
            until: now + daysValid * 86_400)
        try draft.name("CN", commonName)
        return draft
    }

    private func write(_ certificate: CertificateDraft, to path: String) throws(TLSError) {
        let file = try open(path, mode: 0o644)
        defer { fclose(file) }
        guard PEM_write_X509(file, certificate.pointer) == 1 else { throw TLSError("write \(path)") }
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

private func open(_ path: String, mode: mode_t) throws(TLSError) -> UnsafeMutablePointer<FILE> {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0, let file = fdopen(descriptor, "w") else {
        throw TLSError("open \(path) for writing")
    }
    return file
}
