import Access
import Contracts
import Identifiers
import Runtime

/// The claims of an access token of ours, typed. Read after the signature has been checked: one that
/// is missing then means that another kind of token was signed by our key.
struct AccessTokenClaims: Sendable {
    let id: TokenID
    let tenant: TenantID
    let sandbox: SandboxID
    let client: ClientID
    let subject: String
    let scopes: Scopes
    let audience: String
    let issuedAt: Int64
    let expiresAt: WallInstant
    let virtualEnd: SandboxInstant
    let grant: GrantID?
    let binding: TokenBinding?

    init(_ claims: JWTClaims) throws(TokenError) {
        let document = claims.document
        guard let id = claims.id.flatMap({ TokenID($0) }),
            let tenant = document["tenant"]?.string.flatMap({ TenantID($0) }),
            let sandbox = document["sandbox"]?.string.flatMap({ SandboxID($0) }),
            let client = document["client_id"]?.string.flatMap({ ClientID($0) }),
            let subject = claims.subject, let scope = document["scope"]?.string,
            claims.audiences.count == 1, let issuedAt = claims.issuedAt,
            let end = claims.expiresAt, let virtualEnd = document["sbx_exp"]?.int
        else { throw .malformed }
        self.id = id
        self.tenant = tenant
        self.sandbox = sandbox
        self.client = client
        self.subject = subject
        self.issuedAt = issuedAt
        scopes = Scopes(text: scope)
        audience = claims.audiences[0]
        expiresAt = WallInstant(microseconds: end * 1_000_000)
        self.virtualEnd = SandboxInstant(microseconds: virtualEnd * 1_000_000)
        grant = document["grant_id"]?.string.flatMap { GrantID($0) }
        guard let confirmation = document["cnf"] else {
            binding = nil
            return
        }
        guard let binding = TokenBinding(confirmation: confirmation) else { throw .malformed }
        self.binding = binding
    }
}
