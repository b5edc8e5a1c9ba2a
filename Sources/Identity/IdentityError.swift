package import Access
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
    case access(AccessError)
    case tenancy(TenancyError)
}
