package import Access
package import Identifiers
package import Runtime

/// What a new sandbox shall be. Every part has passed its own check already.
package struct SandboxDraft: Sendable {
    package struct Clock: Sendable {
        package enum Mode: String, Sendable { case running, frozen }
        package let mode: Mode
        /// Nil takes the wall's time.
        package let now: SandboxInstant?

        package init(mode: Mode, now: SandboxInstant?) {
            self.mode = mode
            self.now = now
        }
    }

    package var name: String?
    /// Nil draws a readable one.
    package var slug: Slug?
    package var mounts: [Mount] = []
    /// Seconds of wall time.
    package var ttlSeconds: Int64?
    package var isolation = Isolation.row
    /// Nil draws one.
    package var seed: Int64?
    package var labels = Labels.none
    package var clock = Clock(mode: .running, now: nil)

    package init() {}

    /// Reads the member `ttl`.
    package static func ttlSeconds(_ text: String) throws(TenancyError) -> Int64 {
        guard let duration = ISODuration(text), duration.months == 0,
            (Limits.ttlSecondsMin...Limits.ttlSecondsMax).contains(duration.seconds)
        else {
            throw .invalid(
                member: "ttl", rule: "an ISO 8601 duration without months, from PT1M to P366D")
        }
        return duration.seconds
    }

    func check() throws(TenancyError) {
        if let name, !(1...Limits.nameCharacters).contains(name.unicodeScalars.count) {
            throw .invalid(member: "name", rule: "1 to \(Limits.nameCharacters) characters")
        }
        if let seed, !(0...Limits.seedMax).contains(seed) {
            throw .invalid(member: "seed", rule: "an integer from 0 to \(Limits.seedMax)")
        }
        guard mounts.count <= Limits.mounts else {
            throw .invalid(member: "contracts", rule: "at most \(Limits.mounts)")
        }
    }
}

/// The credentials that a sandbox is born with, by what is stored of them. Identity makes them,
/// because it alone sees secrets.
package struct SandboxCredentials: Sendable {
    package let key: CredentialRecord<KeyKind>
    package let client: CredentialRecord<ClientKind>

    package init(key: CredentialRecord<KeyKind>, client: CredentialRecord<ClientKind>) {
        self.key = key
        self.client = client
    }
}

/// What is stored of a secret.
package struct CredentialRecord<Kind: IDKind>: Sendable {
    package let id: ID<Kind>
    /// 32 bytes.
    package let sha256: [UInt8]
    /// The start of the secret, shown in lists.
    package let prefix: String
    package let scopes: Scopes
    package let expiresAt: WallInstant?

    package init(
        id: ID<Kind>, sha256: [UInt8], prefix: String, scopes: Scopes, expiresAt: WallInstant? = nil
    ) {
        self.id = id
        self.sha256 = sha256
        self.prefix = prefix
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}
