package import Contracts

/// A successful answer of the token endpoint (RFC 6749 § 5.1).
package struct TokenAnswer: Sendable {
    package let document: JSONValue
    package let client: OAuthClient

    init(
        _ accessToken: String, type: String, lifetimeSeconds: Int64, scope: String,
        refreshToken: String? = nil, for client: OAuthClient
    ) {
        var document: JSONValue = [
            "access_token": .string(accessToken), "token_type": .string(type),
            "expires_in": .int(lifetimeSeconds), "scope": .string(scope),
        ]
        if let refreshToken { document["refresh_token"] = .string(refreshToken) }
        self.document = document
        self.client = client
    }
}
