package import Access
package import Identifiers

/// What a user has allowed a client, until it is revoked or ends.
package struct Grant: Sendable {
    package let id: GrantID
    /// Who has allowed it.
    package let subject: String
    package let scopes: Scopes

    /// A refresh may ask for less, never for more (RFC 6749 § 6).
    func scopes(requested text: String?) throws(OAuthError) -> Scopes {
        try scopes.narrowed(to: text)
    }
}
