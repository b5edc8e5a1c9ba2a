import Access
import HTTP
import Identity
import Observability
import Runtime
import Tenancy

// The issuer's limits. Clients draw from the same buckets as calls do: a client has a key's share,
// and a tenant one allowance for its calls and its tokens.
extension Services {
    func admit(
        _ principal: Principal, of access: TenantAccess, at now: MonotonicInstant
    ) async throws(OAuthError) {
        let refusing: (limit: RateLimit, retryAfter: Duration)?
        do throws(TenancyError) {
            refusing = try await refusal(of: principal, at: now, as: access)
        } catch {
            throw OAuthError(.temporarilyUnavailable, "The database cannot be reached. Try again.")
        }
        guard let (limit, retryAfter) = refusing else { return }
        throw .tooMuch(
            "At most \(limit.perSecond) requests a second and \(limit.burst) at once.", retryAfter)
    }

    private func refusal(
        of principal: Principal, at now: MonotonicInstant, as access: TenantAccess
    ) async throws(TenancyError) -> (limit: RateLimit, retryAfter: Duration)? {
        let allowance = try await limits.limits(of: access)
        let shares = [
            (allowance.bucket(of: principal), allowance.key), (allowance.tenantBucket, allowance.tenant),
        ]
        for (bucket, limit) in shares {
            let verdict = try await limits.draw(from: bucket, limit, at: now, as: access)
            if case .refused(let retryAfter) = verdict { return (limit, retryAfter) }
        }
        return nil
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
