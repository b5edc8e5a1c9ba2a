package import Access
import Contracts
package import Identifiers
import Postgres
package import Runtime
import Tenancy

/// Client certificates of a sandbox, which open its APIs as a key does. Each is the row of an API key
/// whose secret is the certificate itself, so that lists, last use, revocation and the claims cache
/// are those of keys; name and text of the certificate stand beside it.
package struct CertificateStore: Sendable {
    private let database: TenantDatabase
    private let keys: KeyStore
    private let sealing: MasterKeys
    private let clock: any WallClock
    private let random: any RandomSource

    package init(
        database: TenantDatabase, keys: KeyStore, sealing: MasterKeys, clock: any WallClock,
        random: any RandomSource
    ) {
        self.database = database
        self.keys = keys
        self.sealing = sealing
        self.clock = clock
        self.random = random
    }

    /// A certificate as lists show it.
    package struct Certificate: Sendable {
        package let id: KeyID
        /// RFC 4514.
        package let subject: String
        /// SHA-256 of the DER in base64url, as in `x5t#S256`.
        package let thumbprint: String
        package let pem: String
        package let createdAt: WallInstant
        package let expiresAt: WallInstant
        package let lastUsedAt: WallInstant?
        package let revokedAt: WallInstant?
    }

    /// The authority's own certificate in PEM. It is made when it is asked for the first time.
    package func authority(as access: SandboxAccess) async throws(IdentityError) -> String {
        try await IdentityError.storing {
            let authority = try await database.transaction(as: access.withoutTrail) { transaction in
                try await self.authority(transaction, access)
            }
            return PEM.certificate(authority.der)
        }
    }

    /// Signs the request. Fails with `signingRequestRefused`, with `invalid` for the lifetime, and
    /// with `tooMany` at ``Limits/certificatesPerSandbox``.
    package func issue(
        _ pem: String, lifetimeSeconds: Int64?, as access: SandboxAccess
    ) async throws(IdentityError) -> (certificate: Certificate, authority: String, ignored: [String]) {
        let seconds = lifetimeSeconds ?? Limits.certificateSecondsDefault
        guard (60...Limits.keyLifetimeSecondsMax).contains(seconds) else {
            throw .invalid(member: "ttl", rule: "an ISO 8601 duration from PT1M to P366D")
        }
        let request: SigningRequest
        do throws(SigningRequestRefusal) {
            request = try SigningRequest(pem: pem)
        } catch {
            throw .signingRequestRefused(error)
        }
        // Certificates count in seconds.
        let now = WallInstant(microseconds: clock.now().seconds * 1_000_000)
        let (id, end) = (KeyID(now: now, random: random), now + .seconds(seconds))
        return try await IdentityError.storing {
            try await database.transaction(as: access) { transaction in
                let authority = try await self.authority(transaction, access)
                let count = try await transaction.run(
                    Call(Self.count, .id(access.tenant), .id(access.sandbox)))
                guard count[0].int(0) < Int64(Limits.certificatesPerSandbox) else {
                    throw IdentityError.tooMany(
                        kind: "client certificates", limit: Limits.certificatesPerSandbox)
                }
                let der = try Self.sign(request, authority, id, access, from: now, until: end)
                let certificate = Self.certificate(id, der, from: now, until: end)
                self.enqueue(certificate, der, transaction, access)
                return (certificate, PEM.certificate(authority.der), request.ignored)
            }
        }
    }

    /// All of the sandbox, newest first, at most 100.
    package func list(as access: SandboxAccess) async throws(IdentityError) -> [Certificate] {
        try await IdentityError.storing {
            let rows = try await database.read(
                as: access, [Call(Self.list, .id(access.tenant), .id(access.sandbox))])
            return rows[0].map { row in
                var certificate = Self.certificate(
                    row.id(0), row.bytes(1), from: WallInstant(microseconds: row.microseconds(2)),
                    until: WallInstant(microseconds: row.microseconds(3)))
                certificate = certificate.used(at: row.instant(4), revokedAt: row.instant(5))
                return certificate
            }
        }
    }

    /// Ends a certificate now, on every gateway within a second.
    package func revoke(_ id: KeyID, as access: SandboxAccess) async throws(IdentityError) {
        let found = try await IdentityError.storing {
            try await database.read(
                as: access, [Call(Self.exists, .id(access.tenant), .id(access.sandbox), .id(id))])[0]
        }
        guard found.count == 1 else { throw .certificateNotFound }
        try await keys.revoke(id, as: access.tenantAccess)
    }

    // MARK: Rows

    private func enqueue(
        _ certificate: Certificate, _ der: [UInt8], _ transaction: Transaction,
        _ access: SandboxAccess
    ) {
        let record = CredentialRecord<KeyKind>(
            id: certificate.id, sha256: SHA256Hasher.digest(der).bytes,
            prefix: String(certificate.thumbprint.prefix(Limits.shownCharacters)),
            scopes: Scopes(.sandbox), expiresAt: certificate.expiresAt)
        for call in [
            KeyRows.insert(
                record, .certificate, sandbox: access.sandbox, tenant: access.tenant,
                at: certificate.createdAt),
            KeyRows.insertDirectory(
                record, .certificate, sandbox: access.sandbox, tenant: access.tenant),
            Call(
                Self.insert, .id(access.tenant), .id(certificate.id), .id(access.sandbox),
                .bytes(der)),
        ] { transaction.enqueue(call) }
        access.trail?.note(
            subject: certificate.id.description,
            after: [
                "subject": .string(certificate.subject),
                "thumbprint": .string(certificate.thumbprint),
                "expires_at": .string(certificate.expiresAt.description),
            ])
    }

    /// Of two that make one at once the first stands.
    private func authority(
        _ transaction: Transaction, _ access: SandboxAccess
    ) async throws -> SandboxAuthority {
        let read = Call(Self.readAuthority, .id(access.tenant), .id(access.sandbox))
        var rows = try await transaction.run(read)
        if rows.count == 0 {
            let made = SandboxAuthority.make(for: access.sandbox, from: clock.now())
            let sealed = sealing.seal(made.pkcs8, for: Self.purpose(access))
            rows = try await transaction.run([
                Call(
                    Self.insertAuthority, .id(access.tenant), .id(access.sandbox),
                    .bytes(made.der), .bytes(sealed)), read,
            ])[1]
        }
        do throws(SealingError) {
            let pkcs8 = try sealing.open(rows[0].bytes(1), for: Self.purpose(access))
            if let authority = SandboxAuthority(der: rows[0].bytes(0), pkcs8: pkcs8) {
                return authority
            }
        } catch {}
        throw IdentityError.wrongMasterKey
    }

    private static func sign(
        _ request: SigningRequest, _ authority: SandboxAuthority, _ id: KeyID,
        _ access: SandboxAccess, from now: WallInstant, until end: WallInstant
    ) throws(IdentityError) -> [UInt8] {
        do throws(TLSError) {
            return try authority.issue(request, as: id, of: access.sandbox, from: now, until: end)
        } catch {
            throw .signingRequestRefused(
                SigningRequestRefusal(rule: .form, detail: "It could not be signed: \(error.reason)."))
        }
    }

    private static func certificate(
        _ id: KeyID, _ der: [UInt8], from now: WallInstant, until end: WallInstant
    ) -> Certificate {
        let shown = ClientCertificate(der: der)
        return Certificate(
            id: id, subject: shown.subjectName ?? "",
            thumbprint: Base64URL.text(shown.thumbprint.bytes), pem: PEM.certificate(der),
            createdAt: now, expiresAt: end, lastUsedAt: nil, revokedAt: nil)
    }

    private static func purpose(_ access: SandboxAccess) -> String {
        "authority of \(access.sandbox)"
    }

    private static let readAuthority = Statement(
        "authority_read",
        """
        SELECT der, sealed
        FROM sbx.sandbox_authorities
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)

    private static let insertAuthority = Statement(
        "authority_insert",
        """
        INSERT INTO sbx.sandbox_authorities (tenant_id, sandbox_id, der, sealed)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, sandbox_id) DO NOTHING
        """)

    private static let insert = Statement(
        "certificate_insert",
        """
        INSERT INTO sbx.client_certificates (tenant_id, key_id, sandbox_id, der)
        VALUES ($1, $2, $3, $4)
        """)

    private static let list = Statement(
        "certificate_list",
        """
        SELECT c.key_id, c.der, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
        FROM sbx.client_certificates c
        JOIN sbx.api_keys k ON k.tenant_id = c.tenant_id AND k.id = c.key_id
        WHERE c.tenant_id = $1 AND c.sandbox_id = $2
        ORDER BY c.key_id DESC
        LIMIT 100
        """)

    private static let exists = Statement(
        "certificate_exists",
        """
        SELECT 1
        FROM sbx.client_certificates
        WHERE tenant_id = $1 AND sandbox_id = $2 AND key_id = $3
        """)

    private static let count = Statement(
        "certificate_count",
        """
        SELECT count(*)
        FROM sbx.client_certificates
        WHERE tenant_id = $1 AND sandbox_id = $2
        """)
}

extension CertificateStore.Certificate {
    fileprivate func used(at lastUse: WallInstant?, revokedAt: WallInstant?) -> Self {
        Self(
            id: id, subject: subject, thumbprint: thumbprint, pem: pem, createdAt: createdAt,
            expiresAt: expiresAt, lastUsedAt: lastUse, revokedAt: revokedAt)
    }
}
