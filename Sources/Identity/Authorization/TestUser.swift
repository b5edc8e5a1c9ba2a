/// The people who sign in at a sandbox's issuer. They are made up and the same in every sandbox, so
/// that a test can be written down once; their password is no secret and stands on the page.
package enum TestUser: String, Sendable, CaseIterable {
    case good = "user_good"
    case second = "user_second"
    /// Is told that the account is locked, whatever the password.
    case locked = "user_locked"

    package static let password = "pass_good"

    package enum SignIn: Sendable, Hashable {
        /// The token's `sub`.
        case welcome(String)
        case locked
        case wrong
    }

    package static func signIn(name: String, password: String) -> SignIn {
        guard let user = TestUser(rawValue: name) else { return .wrong }
        if user == .locked { return .locked }
        return password == Self.password ? .welcome(user.rawValue) : .wrong
    }
}
