import Access
import Postgres
import Tenancy

/// What an OAuth endpoint answers when it refuses: a code that the standards define, and a text for
/// the developer. It holds no secret and nothing of other clients.
package struct OAuthError: Error, Sendable {
    package enum Code: String, Sendable {
        // RFC 6749 § 4.1.2.1 and § 5.2.
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case unauthorizedClient = "unauthorized_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unsupportedResponseType = "unsupported_response_type"
        case invalidScope = "invalid_scope"
        case accessDenied = "access_denied"
        case serverError = "server_error"
        case temporarilyUnavailable = "temporarily_unavailable"
        // RFC 8628 § 3.5.
        case authorizationPending = "authorization_pending"
        case slowDown = "slow_down"
        case expiredToken = "expired_token"
        // RFC 8707, RFC 9449, RFC 7591, RFC 6750.
        case invalidTarget = "invalid_target"
        case invalidDPoPProof = "invalid_dpop_proof"
        case useDPoPNonce = "use_dpop_nonce"
        case invalidRedirectURI = "invalid_redirect_uri"
        case invalidClientMetadata = "invalid_client_metadata"
        case invalidToken = "invalid_token"
    }

    package let code: Code
    package let description: String
    /// Set where too much was sent: the answer is 429 then.
    package var retryAfterSeconds: Int64?

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension OAuthError {
    static func storage(_ error: PostgresError) -> OAuthError {
        if case .connectionLost(outcomeUnknown: true) = error {
            return OAuthError(
                .serverError, "The connection broke while this was stored. It may have happened.")
        }
        return OAuthError(.temporarilyUnavailable, "The database cannot be reached. Try again.")
    }

    static func identity(_ error: IdentityError) -> OAuthError {
        switch error {
        case .tenancy(.storage(let error)), .access(.storage(let error)): storage(error)
        case .busy: OAuthError(.temporarilyUnavailable, "Too much at once. Try again.")
        case .invalid, .wrongPassword, .keyNotFound, .certificateNotFound, .signingRequestRefused,
            .memberNotFound, .clientNotFound, .sandboxNotFound,
            .lastOwner,
            .invitationNotFound, .invitationEnded, .tooMany, .access, .tenancy, .noSigningKey,
            .wrongMasterKey:
            OAuthError(.serverError, "The issuer cannot sign at the moment.")
        }
    }

    /// Runs what only our own refusals and the storage's failures end.
    static func storing<Value>(
        _ body: () async throws -> Value
    ) async throws(OAuthError) -> Value {
        do {
            return try await body()
        } catch let error as OAuthError {
            throw error
        } catch let error as PostgresError {
            throw .storage(error)
        } catch let error as IdentityError {
            throw .identity(error)
        } catch {
            preconditionFailure("only refusals and the storage's errors are thrown here")
        }
    }
}
