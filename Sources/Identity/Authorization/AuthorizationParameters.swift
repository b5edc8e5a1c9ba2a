package import Access
import Contracts
import Runtime

/// An authorization request that was checked against its client (RFC 6749 § 4.1.1, RFC 7636).
package struct AuthorizationParameters: Sendable {
    package let redirectURI: String
    package let scopes: Scopes
    package let state: String?
    /// base64url of the SHA-256 of the verifier; `S256` is the only method.
    let codeChallenge: String
    /// The DPoP key that the code is bound to (RFC 9449 § 10).
    let keyThumbprint: String?

    /// What is stored between the steps.
    var document: JSONValue {
        [
            "redirect_uri": .string(redirectURI), "scope": .string(scopes.text),
            "state": .string(orNull: state), "code_challenge": .string(codeChallenge),
            "dpop_jkt": .string(orNull: keyThumbprint),
        ]
    }

    /// Reads what ``document`` wrote.
    init(_ document: JSONValue) {
        redirectURI = document["redirect_uri"]?.string ?? ""
        scopes = Scopes(text: document["scope"]?.string ?? "")
        state = document["state"]?.string
        codeChallenge = document["code_challenge"]?.string ?? ""
        keyThumbprint = document["dpop_jkt"]?.string
    }

    /// Checks a request whose redirect URI is good already.
    init(
        _ parameters: OAuthParameters, redirectURI: String, for client: OAuthClient
    ) throws(OAuthError) {
        guard let type = parameters["response_type"] else {
            throw OAuthError(.invalidRequest, "The parameter response_type is missing.")
        }
        guard type == "code" else {
            throw OAuthError(.unsupportedResponseType, "response_type is code.")
        }
        if let mode = parameters["response_mode"], mode != "query" {
            throw OAuthError(.invalidRequest, "response_mode is query.")
        }
        guard client.metadata.allows(.authorizationCode) else {
            throw OAuthError(
                .unauthorizedClient, "The client has not registered authorization_code.")
        }
        guard let challenge = parameters["code_challenge"] else {
            throw OAuthError(.invalidRequest, "PKCE is required: code_challenge is missing.")
        }
        guard parameters["code_challenge_method"] == "S256",
            Base64URL.decode(challenge)?.count == 32
        else {
            throw OAuthError(
                .invalidRequest, "code_challenge_method is S256, with a SHA-256 in base64url.")
        }
        self.redirectURI = redirectURI
        scopes = try client.scopes(requested: parameters["scope"])
        state = parameters["state"]
        codeChallenge = challenge
        keyThumbprint = parameters["dpop_jkt"]
    }

    /// What is wrong with an attempt to redeem the code; nil when all fits.
    func fault(redirectURI: String?, verifier: String, keyThumbprint: String?) -> String? {
        guard redirectURI == self.redirectURI else {
            return "was made for another redirect_uri"
        }
        guard (43...128).contains(verifier.utf8.count) else {
            return "needs a code_verifier of 43 to 128 characters"
        }
        let hash = Base64URL.text(SHA256Hasher.digest(Array(verifier.utf8)).bytes)
        guard SecretComparison.areEqual(Array(hash.utf8), Array(codeChallenge.utf8)) else {
            return "has another code_challenge than this code_verifier's"
        }
        guard self.keyThumbprint == nil || self.keyThumbprint == keyThumbprint else {
            return "is bound to another DPoP key"
        }
        return nil
    }
}
