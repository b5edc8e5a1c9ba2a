/// Named bounds of this module.
package enum Limits {
    /// Base 62 characters of a secret: 30 × log2(62) = 178 bits, above the 160 that DESIGN asks for.
    static let secretCharacters = 30
    /// 62^6 > 2^32: a CRC-32 in base 62.
    static let checksumCharacters = 6
    /// Characters of a secret that lists show, prefix included: enough to tell keys apart.
    static let shownCharacters = 12
    /// Longest credential that is looked at. Our own have 44 bytes; tokens of others reach some KB.
    package static let credentialBytes = 8_192
    /// Passwords: at least 8 characters (NIST SP 800-63B §5.1.1.2), at most what keeps hashing bounded.
    package static let passwordCharactersMin = 8
    package static let passwordBytesMax = 256
    /// scrypt's cost: N = 2^15, r = 8, p = 3, one of the equivalent settings that OWASP's password
    /// storage cheat sheet names; it takes 32 MiB, where the first of them takes 128.
    static let scryptLogN: UInt64 = 15
    static let scryptR: UInt64 = 8
    static let scryptP: UInt64 = 3
    /// 128 × N × r bytes, and as much again for OpenSSL's own.
    static let scryptBytesMax: UInt64 = 64 << 20
    static let saltBytes = 16
    static let passwordHashBytes = 32
    /// Keys that manage a tenant and have not ended; one for each person and each pipeline.
    package static let managementKeysPerTenant = 200
    /// Keys of one sandbox that have not ended; one for each service that calls it.
    package static let keysPerSandbox = 50
    static let keyLifetimeSecondsMax: Int64 = 366 * 86_400
    /// People of a tenant, and invitations that wait for an answer.
    package static let membersPerTenant = 500
    package static let openInvitationsPerTenant = 100
    /// Long enough for a holiday; a token that lies about longer is a risk.
    static let invitationSecondsDefault: Int64 = 7 * 86_400
    static let invitationSecondsMax: Int64 = 30 * 86_400
    /// Claims kept by each event loop: some 300 bytes an entry.
    package static let claimsPerLoop = 8_192
    /// Unknown keys kept by each loop: apart from the known, so that a flood of them evicts none.
    static let unknownPerLoop = 1_024
    /// How long claims are trusted without asking again. NOTIFY is a hint; this is the bound.
    static let claimsLifetime = Duration.seconds(60)
    /// The same for "there is no such key": short, because a new key must work at once.
    static let unknownLifetime = Duration.seconds(2)
    /// Clients kept by a gateway: some 600 bytes each with a short registration, 5 KB with ten keys.
    static let cachedClients = 4_096
    /// Last uses written at once: a round trip of some kilobytes, far below the statement timeout.
    static let usesPerTransaction = 100
    /// Longest overlap of an old key after its rotation.
    package static let rotationOverlapSecondsMax: Int64 = 30 * 86_400
    /// A sign-in to the portal: a working week, so that Monday's tab still works on Friday.
    package static let sessionSeconds: Int64 = 7 * 86_400
    /// Longest text that is looked up as a session's token; ours have 43 bytes.
    static let sessionTokenBytesMax = 64
    /// Client certificates of one sandbox, those included that have ended.
    package static let certificatesPerSandbox = 1_000
    static let certificateSecondsDefault: Int64 = 90 * 86_400
    /// Ten years: longer than any sandbox.
    static let authorityDays = 3_650
    /// A request with an RSA key of 8,192 bits takes 3 KB in PEM.
    package static let signingRequestBytes = 8_192
    /// Parts of a subject's name, and bytes of each: X.520 grants a common name 64 characters.
    static let subjectParts = 10
    static let subjectPartBytes = 128
    /// Keys of a client's JWK set: two for rotation and room for a few algorithms.
    package static let keysPerSet = 10
    /// How long clients may keep the issuer's key set, and so how long a new key waits to sign.
    package static let keySetSeconds: Int64 = 300
    /// How long a gateway trusts its own copy; NOTIFY is a hint, this is the bound.
    static let keyringLifetime = Duration.seconds(30)
    /// Age at which a signing key is replaced (NIST SP 800-57 allows 1 to 3 years).
    static let signingKeyDays: Int64 = 90
    /// Lifetime of an access token: production's usual, and the longest that may be asked for.
    package static let accessTokenSeconds: Int64 = 3_600
    package static let accessTokenSecondsMax: Int64 = 86_400
    /// A coalesced token is given out while a slow job still has time to use it.
    static let coalescedSecondsLeft: Int64 = 300
    /// Some kilobytes each; beyond it all are forgotten, and new ones are made.
    static let coalescedTokens = 1_000
    /// Parameters of one OAuth request; the standards define some thirty in all.
    static let oauthParameters = 64
    /// How far a client's clock may be off, for what it signs.
    static let clientSkewSeconds: Int64 = 60
    /// Longest life of a client assertion. RFC 7523 only says that it is to be short; Authlib gives an
    /// hour, and its `jti` is good once whatever its life.
    static let assertionSecondsMax: Int64 = 3_600
    /// How far a DPoP proof's `iat` may be from now, either way: a slow network and a wrong clock.
    static let proofSeconds: Int64 = 60
    static let proofIDBytes = 256
    /// A nonce lives for one to two of these.
    static let nonceSeconds: Int64 = 300
    /// RFC 6749 § 4.1.2 recommends ten minutes at most; a redirect takes seconds.
    static let codeSeconds: Int64 = 60
    /// From the first page to the consent; people look for passwords.
    static let authorizationRequestSeconds: Int64 = 600
    /// A pushed request is used at once (RFC 9126 § 2.2 suggests 5 to 600).
    static let pushedRequestSeconds: Int64 = 90
    /// A consent ends after this, however often its tokens were refreshed.
    static let grantSeconds: Int64 = 30 * 86_400
    /// A device code lives as long as somebody may take to find a browser (RFC 8628 § 3.2).
    static let deviceCodeSeconds: Int64 = 900
    static let devicePollSeconds: Int64 = 5
    static let redirectURIBytes = 2_048
    static let redirectURIs = 20
    /// A registration document: a key set of ten RSA keys takes some 6 KB.
    package static let registrationBytes = 65_536
    /// Clients of one sandbox that were registered by software.
    static let clientsPerSandbox: Int64 = 1_000
}
