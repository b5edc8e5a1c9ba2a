package import Access
import Identifiers
package import Runtime
import Tenancy

/// From the bytes of a credential to its claims. A hit in the loop's cache costs one SHA-256 and a
/// look-up; a miss one round trip as `sbx_edge`.
package struct CredentialCheck: Sendable {
    private let directory: EdgeDirectory
    private let caches: ClaimsCaches
    private let clock: any WallClock

    package init(directory: EdgeDirectory, caches: ClaimsCaches, clock: any WallClock) {
        self.directory = directory
        self.caches = caches
        self.clock = clock
    }

    /// `credential` is what stands after `Bearer `, or the user name of Basic. On an event loop.
    package func claims(for credential: [UInt8]) async throws(CredentialError) -> Claims {
        let (cache, loop) = caches.current
        guard credential.count <= Limits.credentialBytes else { throw .tooLong }
        let digest = cache.hasher.digest(credential)
        let known = cache.answer(for: digest, at: loop.now)
        // What has claims is well formed, so only the others are looked at.
        // Claims of an access token are held against more than their time, and not here.
        if case .claims(let claims) = known, claims.token == nil, !claims.needsHandshake {
            return try current(claims)
        }
        let kind = try Self.classify(credential)
        guard known == nil, let claims = try await read(digest, into: cache, on: loop),
            !claims.needsHandshake
        else { throw .unknown(kind) }
        return try current(claims)
    }

    /// The same for a certificate in DER that the client has shown in its TLS handshake. Whoever
    /// issued it: it is the bytes that are known or not.
    package func claims(forCertificate der: [UInt8]) async throws(CredentialError) -> Claims {
        let (cache, loop) = caches.current
        let digest = cache.hasher.digest(der)
        switch cache.answer(for: digest, at: loop.now) {
        case .claims(let claims) where claims.needsHandshake: return try current(claims)
        case .claims, .unknown: throw .unknownCertificate
        case nil:
            guard let claims = try await read(digest, into: cache, on: loop), claims.needsHandshake
            else { throw .unknownCertificate }
            return try current(claims)
        }
    }

    /// From the directory, and into the cache unless it has been revoked, which throws.
    private func read(
        _ digest: Digest, into cache: ClaimsCache, on loop: EventLoop
    ) async throws(CredentialError) -> Claims? {
        let generation = cache.generation
        let entry = try await entry(digest)
        let claims = entry.flatMap(Self.claims)
        if entry?.revokedAt == nil {
            cache.store(claims, for: digest, readAt: generation, now: loop.now)
        }
        if claims != nil, let revokedAt = entry?.revokedAt, revokedAt <= clock.now() {
            throw .revoked
        }
        return claims
    }

    /// The kind of a well-formed key of ours; everything else is refused by what it is.
    private static func classify(_ credential: [UInt8]) throws(CredentialError) -> Secret.Kind {
        guard !credential.isEmpty else { throw .missing }
        switch PresentedCredential(credential) {
        case .ours(.clientSecret): throw .clientSecret
        case .ours(.invitation): throw .invitation
        case .ours(let kind): return kind
        case .damaged(let kind): throw .damaged(kind)
        case .production(let prefix): throw .production(prefix: prefix)
        case .token: throw .foreignToken
        case .unknown: throw .unrecognized
        }
    }

    private func current(_ claims: Claims) throws(CredentialError) -> Claims {
        if let end = claims.expiresAt, end <= clock.now() { throw .expired }
        return claims
    }

    private func entry(_ digest: Digest) async throws(CredentialError) -> KeyEntry? {
        do throws(AccessError) {
            return try await directory.key(sha256: digest.bytes)
        } catch {
            throw .access(error)
        }
    }

    /// Nil for a sandbox key whose sandbox is gone.
    private static func claims(_ entry: KeyEntry) -> Claims? {
        let kind: Principal.Kind
        switch entry.kind {
        case .management:
            kind = .managementKey(entry.key, entry.role)
        case .sandbox, .certificate:
            guard let sandbox = entry.sandbox else { return nil }
            kind = .sandboxKey(entry.key, sandbox.sandbox)
        }
        return Claims(
            principal: Principal(
                tenant: entry.tenant, kind: kind, scopes: entry.scopes, grants: entry.grants),
            sandbox: entry.sandbox, expiresAt: entry.expiresAt,
            needsHandshake: entry.kind == .certificate)
    }
}
