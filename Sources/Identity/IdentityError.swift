package import Access
import Postgres
package import Tenancy

/// What sign-up, sign-in and the keeping of keys answer when they refuse.
package enum IdentityError: Error, Sendable {
    /// A value breaks a rule; `member` is its name in the request.
    case invalid(member: String, rule: String)
    /// Address or password is wrong; which one is not told.
    case wrongPassword
    /// Too many passwords wait to be hashed.
    case busy
    case keyNotFound
    case certificateNotFound
    case signingRequestRefused(SigningRequestRefusal)
    case memberNotFound
    case clientNotFound
    case sandboxNotFound
    /// A tenant without an owner could never be managed again.
    case lastOwner
    case invitationNotFound
    /// The invitation cannot be taken up any more.
    case invitationEnded(InvitationEnd)
    /// There are as many as may be; `kind` in the plural.
    case tooMany(kind: String, limit: Int)
    case access(AccessError)
    case tenancy(TenancyError)
    /// No key of the issuer signs by this algorithm.
    case noSigningKey(String)
    /// The issuer's keys were sealed under another master key, or have been changed.
    case wrongMasterKey
}

package enum InvitationEnd: String, Sendable {
    case accepted, revoked, expired
}

extension IdentityError {
    /// Runs what only our own errors and the storage's end.
    static func storing<Value>(
        _ body: () async throws -> Value
    ) async throws(IdentityError) -> Value {
        do {
            return try await body()
        } catch let error as IdentityError {
            throw error
        } catch let error as AccessError {
            throw .access(error)
        } catch let error as PostgresError {
            throw .tenancy(.storage(error))
        } catch {
            preconditionFailure("only our own and the storage's errors are thrown here")
        }
    }
}
