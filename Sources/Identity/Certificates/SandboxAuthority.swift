import Access
import COpenSSL
import Identifiers
import Runtime

/// The certificate authority of one sandbox: it signs certificates for clients and for nothing else.
struct SandboxAuthority {
    /// Its own certificate in DER.
    let der: [UInt8]
    private let key: EVPKey

    /// A new one.
    static func make(for sandbox: SandboxID, from now: WallInstant) -> SandboxAuthority {
        do throws(TLSError) {
            return try signed(for: sandbox, from: now)
        } catch {
            preconditionFailure("an authority can be made: \(error)")
        }
    }

    private static func signed(
        for sandbox: SandboxID, from now: WallInstant
    ) throws(TLSError) -> SandboxAuthority {
        let key = EVPKey.generate(.es256)
        let draft = try CertificateDraft(
            publicKey: key.pointer, from: Int(now.seconds) - skewSeconds,
            until: Int(now.seconds) + Limits.authorityDays * 86_400)
        try draft.name("O", "SmartSandbox, test only")
        try draft.name("CN", "Authority of \(sandbox)")
        try draft.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try draft.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        try draft.add(NID_subject_key_identifier, "hash")
        try draft.sign(with: key.pointer, issuer: draft.pointer)
        return SandboxAuthority(der: draft.der, key: key)
    }

    /// As it was stored; nil when the key cannot be read.
    init?(der: [UInt8], pkcs8: [UInt8]) {
        guard let key = EVPKey(pkcs8: pkcs8) else { return nil }
        self.init(der: der, key: key)
    }

    private init(der: [UInt8], key: EVPKey) {
        (self.der, self.key) = (der, key)
    }

    /// The private key, to be sealed.
    var pkcs8: [UInt8] { key.pkcs8 }

    /// A client's certificate in DER: the request's name and key, our extensions. It says in an
    /// alternative name which sandbox and which credential it is.
    func issue(
        _ request: SigningRequest, as id: KeyID, of sandbox: SandboxID, from now: WallInstant,
        until end: WallInstant
    ) throws(TLSError) -> [UInt8] {
        let draft = try CertificateDraft(
            publicKey: request.publicKey.pointer, from: Int(now.seconds) - Self.skewSeconds,
            until: Int(end.seconds))
        if let subject = request.subject {
            try draft.name(as: subject)
        } else {
            try draft.name("CN", id.description)
        }
        try draft.add(NID_basic_constraints, "critical,CA:FALSE")
        try draft.add(NID_key_usage, "critical,digitalSignature")
        try draft.add(NID_ext_key_usage, "clientAuth")
        try draft.add(NID_subject_alt_name, "URI:urn:sbx:\(sandbox):\(id)")
        try draft.add(NID_subject_key_identifier, "hash")
        let issuer = certificate
        defer { X509_free(issuer) }
        try draft.add(NID_authority_key_identifier, "keyid:always", issuer: issuer)
        try draft.sign(with: key.pointer, issuer: issuer)
        return draft.der
    }

    /// Its own certificate as an `X509`, to be freed by the caller.
    private var certificate: OpaquePointer {
        let read = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_X509(nil, &start, buffer.count)
        }
        guard let read else { preconditionFailure("an authority's certificate can be read") }
        return read
    }

    /// For machines whose clocks disagree a little.
    private static let skewSeconds = 3_600
}

/// DER as PEM (RFC 7468).
enum PEM {
    static func certificate(_ der: [UInt8]) -> String {
        let text = Array(Base64.text(der).utf8)
        var lines = ["-----BEGIN CERTIFICATE-----"]
        for start in stride(from: 0, to: text.count, by: 64) {
            lines.append(String(decoding: text[start...].prefix(64), as: UTF8.self))
        }
        lines.append("-----END CERTIFICATE-----\n")
        return lines.joined(separator: "\n")
    }
}
