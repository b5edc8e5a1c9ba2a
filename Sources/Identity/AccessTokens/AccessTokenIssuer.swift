import Access
import Contracts
import Identifiers
import Runtime
import Tenancy

/// Makes access tokens (RFC 9068), valid for one sandbox.
///
/// `iat` and `exp` are wall time, so that every independent client can check them. `sbx_exp` is the
/// same end on the sandbox's own clock: a token is over at whichever comes first.
struct AccessTokenIssuer: Sendable {
    let settings: IssuerSettings
    let keyring: Keyring
    let clock: any WallClock
    let random: any RandomSource

    /// What a token speaks for.
    struct Subject: Sendable {
        /// The user, or the client itself.
        let name: String
        let scopes: Scopes
        /// The consent that it was drawn from.
        var grant: GrantID?
        var binding: TokenBinding?
    }

    func token(
        for client: OAuthClient, _ subject: Subject
    ) async throws(OAuthError) -> (text: String, lifetimeSeconds: Int64) {
        let key: SigningKey
        do throws(IdentityError) {
            key = try await keyring.signingKey(client.metadata.tokenAlgorithm)
        } catch {
            throw .identity(error)
        }
        let now = clock.now()
        let lifetime = Limits.accessTokenSeconds
        let virtualEnd = client.clock.now(at: now) + .seconds(lifetime)
        var claims: JSONValue = [
            "iss": .string(settings.issuer), "sub": .string(subject.name),
            "aud": .string(settings.audience(slug: client.sandbox.slug)),
            "client_id": .string(client.id.description), "scope": .string(subject.scopes.text),
            "iat": .int(now.seconds), "exp": .int(now.seconds + lifetime),
            "jti": .string(TokenID(now: now, random: random).description),
            "tenant": .string(client.tenant.description),
            "sandbox": .string(client.sandbox.sandbox.description), "env": "sandbox",
            "sbx_exp": .int(virtualEnd.microseconds / 1_000_000),
            "sbx_epoch": .int(client.clock.epoch),
        ]
        if let grant = subject.grant { claims["grant_id"] = .string(grant.description) }
        if let binding = subject.binding { claims["cnf"] = binding.confirmation }
        return (key.jws(type: "at+jwt", claims), lifetime)
    }
}
