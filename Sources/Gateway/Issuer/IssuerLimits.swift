import Access
import HTTP
import Identity
import Observability
import Runtime

// The issuer's limits. Clients draw from the same buckets as calls do: a client has a key's share,
// and a tenant one allowance for its calls and its tokens.
extension Services {
    func admit(
        _ principal: Principal, of access: TenantAccess, at now: MonotonicInstant
    ) async throws(OAuthError) {
        let allowance: TenantAllowance
        do throws(Refusal) {
            allowance = try await limits.limits(of: access)
        } catch {
            throw OAuthError(.temporarilyUnavailable, "The database cannot be reached. Try again.")
        }
        let shares = [
            (allowance.bucket(of: principal), allowance.key), (allowance.tenantBucket, allowance.tenant),
        ]
        for (bucket, limit) in shares {
            if case .refused(let retryAfter) = bucket.admit(at: now, limit) {
                throw .tooMuch(
                    "At most \(limit.perSecond) requests a second and \(limit.burst) at once.", retryAfter)
            }
        }
    }
}

extension IssuerHost {
    /// Slows down an address whose clients fail again and again.
    func slowedDown(_ error: OAuthError, _ call: Call) -> OAuthError {
        guard error.code == .invalidClient || error.code == .invalidToken else { return error }
        call.loop.metrics.count(refusedCredential: error.code.rawValue)
        let address = call.request.connection.remoteAddress
        let verdict = services.clientFailureLimiter.admit(address, at: call.began)
        guard case .refused(let retryAfter) = verdict else { return error }
        return .tooMuch("Too many credentials from this address were wrong.", retryAfter)
    }
}

extension OAuthError {
    fileprivate static func tooMuch(_ description: String, _ retryAfter: Duration) -> OAuthError {
        var error = OAuthError(.temporarilyUnavailable, description)
        // Rounded up: a client that comes back then must be let in.
        error.retryAfterSeconds = max(1, (retryAfter.nanoseconds + 999_999_999) / 1_000_000_000)
        return error
    }
}
