package import Access
package import Contracts
import Postgres
package import Runtime
import Synchronization

/// The issuer's signing keys, opened and kept in memory.
///
/// A rotation publishes a key before it signs, for as long as clients may hold the old key set, and
/// trusts the old one until the last token that it can have signed is over:
///
///     published ── keySetSeconds ──▶ signs ── next key signs ──▶ trusted ── longest token ──▶ gone
package final class Keyring: Sendable {
    /// What a fresh installation makes: ES256 signs unless a client asks for another.
    package static let algorithms: [SignatureAlgorithm] = [.es256, .rs256, .edDSA]

    private struct Entry: Sendable {
        let key: SigningKey
        let createdAt: WallInstant
        let signsFrom: WallInstant
        let trustedUntil: WallInstant?
    }

    private struct State: Sendable {
        var entries: [Entry] = []
        var set = JWKSet([])
        var readAt: WallInstant?
        /// Counts invalidations: what was read before one must be read again.
        var generation = 0
        var readGeneration = -1
    }

    private let state = Mutex(State())
    private let system: SystemWork
    private let sealing: MasterKeys
    private let pool: BlockingPool
    private let clock: any WallClock

    /// Keys are made on `pool`: an RSA key takes some hundred milliseconds.
    package init(
        system: SystemWork, sealing: MasterKeys, pool: BlockingPool, clock: any WallClock
    ) {
        self.system = system
        self.sealing = sealing
        self.pool = pool
        self.clock = clock
    }

    // MARK: Using

    /// The key that signs by `algorithm` now.
    package func signingKey(_ algorithm: SignatureAlgorithm) async throws(IdentityError)
        -> SigningKey
    {
        try await refreshIfStale()
        let now = clock.now()
        let entry = state.withLock { state in
            state.entries.last { $0.key.algorithm == algorithm && $0.signsFrom <= now }
        }
        guard let entry else { throw .noSigningKey(algorithm.rawValue) }
        return entry.key
    }

    /// All keys that are trusted now, those that will sign soon included.
    package func keySet() async throws(IdentityError) -> JWKSet {
        try await refreshIfStale()
        return state.withLock { $0.set }
    }

    /// Reads again before the next use: other gateways rotate too.
    package func forget() {
        state.withLock { $0.generation += 1 }
    }

    // MARK: Keeping

    /// Makes the first keys of an installation; does nothing on the second start. Two gateways that
    /// start at once may each make a set, and both are published.
    package func prepare() async throws(IdentityError) {
        try await refresh()
        let known = state.withLock { Set($0.entries.map(\.key.algorithm)) }
        let missing = Self.algorithms.filter { !known.contains($0) }
        guard !missing.isEmpty else { return }
        let now = clock.now()
        try await add(missing, signsFrom: now, ending: nil, at: now, as: nil)
    }

    /// New keys of every algorithm. `immediately` is for a key that has leaked: the new ones sign at
    /// once and the old ones are trusted no more, so that every token ends now. The audit log gets an
    /// entry when somebody has asked for it.
    package func rotate(
        immediately: Bool = false, as access: OperatorAccess? = nil
    ) async throws(IdentityError) {
        let now = clock.now()
        guard !immediately else {
            return try await add(
                Self.algorithms, signsFrom: now, ending: .all(at: now), at: now, as: access)
        }
        let signsFrom = now + .seconds(Limits.keySetSeconds)
        let end = signsFrom + .seconds(Limits.accessTokenSecondsMax)
        try await add(
            Self.algorithms, signsFrom: signsFrom, ending: .superseded(at: end), at: now, as: access)
    }

    /// Rotates when the newest key is older than `Limits.signingKeyDays`.
    package func rotateIfDue() async throws(IdentityError) {
        try await refresh()
        let newest = state.withLock { $0.entries.map(\.createdAt).max() }
        guard let newest, clock.now() - newest >= .seconds(Limits.signingKeyDays * 86_400) else {
            return
        }
        try await rotate()
    }

    /// The keys as an operator sees them, newest first.
    package func listing() async throws(IdentityError) -> JSONValue {
        try await refresh()
        let (entries, now) = (state.withLock { $0.entries }, clock.now())
        return .array(
            entries.reversed().map { entry in
                [
                    "kid": .string(entry.key.keyID),
                    "algorithm": .string(entry.key.algorithm.rawValue),
                    "created_at": .string(entry.createdAt.description),
                    "signs_from": .string(entry.signsFrom.description),
                    "signs": .bool(isSigning(entry, among: entries, at: now)),
                    "trusted_until": .string(orNull: entry.trustedUntil?.description),
                ]
            })
    }

    private func isSigning(_ entry: Entry, among entries: [Entry], at now: WallInstant) -> Bool {
        let signing = entries.last {
            $0.key.algorithm == entry.key.algorithm && $0.signsFrom <= now
        }
        return signing?.key.keyID == entry.key.keyID
    }

    private func add(
        _ algorithms: [SignatureAlgorithm], signsFrom: WallInstant, ending end: SigningKeyEnd?,
        at now: WallInstant, as access: OperatorAccess?
    ) async throws(IdentityError) {
        let made: [SigningKey]
        do {
            made = try await pool.run { algorithms.map(SigningKey.generate) }
        } catch {
            throw .busy
        }
        let keys = made.map { key in
            StoredSigningKey(
                kid: key.keyID, algorithm: key.algorithm.rawValue,
                sealed: sealing.seal(key.pkcs8, for: Self.purpose(key.keyID)), createdAt: now,
                signsFrom: signsFrom)
        }
        try await IdentityError.storing { try await system.add(keys, ending: end, as: access) }
        try await refresh()
    }

    private func refreshIfStale() async throws(IdentityError) {
        let now = clock.now()
        let isFresh = state.withLock { state in
            guard let readAt = state.readAt, state.readGeneration == state.generation else {
                return false
            }
            return now - readAt < Limits.keyringLifetime
        }
        if !isFresh { try await refresh() }
    }

    private func refresh() async throws(IdentityError) {
        let (now, generation) = (clock.now(), state.withLock { $0.generation })
        let stored = try await IdentityError.storing { try await system.signingKeys(now: now) }
        var entries: [Entry] = []
        for row in stored {
            guard let algorithm = SignatureAlgorithm(rawValue: row.algorithm),
                let secret = opened(row),
                let key = SigningKey(pkcs8: secret, algorithm), key.keyID == row.kid
            else { throw .wrongMasterKey }
            entries.append(
                Entry(
                    key: key, createdAt: row.createdAt, signsFrom: row.signsFrom,
                    trustedUntil: row.trustedUntil))
        }
        let ready = entries
        state.withLock { state in
            state.entries = ready
            state.set = JWKSet(ready.map(\.key.publicKey))
            state.readAt = now
            state.readGeneration = generation
        }
    }

    private func opened(_ row: StoredSigningKey) -> [UInt8]? {
        do throws(SealingError) {
            return try sealing.open(row.sealed, for: Self.purpose(row.kid))
        } catch {
            return nil
        }
    }

    private static func purpose(_ kid: String) -> String { "signing_key:\(kid)" }
}
