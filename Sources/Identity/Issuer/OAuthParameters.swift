/// The parameters of an OAuth request, each at most once (RFC 6749 § 3.1, § 3.2). One without a
/// value counts as left out.
package struct OAuthParameters: Sendable {
    private var values: [String: String] = [:]

    /// Fails with `invalid_request` for a doubled or an overlong one.
    package init(_ pairs: [(name: String, value: String)]) throws(OAuthError) {
        guard pairs.count <= Limits.oauthParameters else {
            throw OAuthError(.invalidRequest, "More than \(Limits.oauthParameters) parameters.")
        }
        for (name, value) in pairs where !value.isEmpty {
            guard values[name] == nil else {
                throw OAuthError(.invalidRequest, "The parameter \(name.prefix(64)) stands twice.")
            }
            guard value.utf8.count <= Limits.credentialBytes, !value.utf8.contains(0) else {
                throw OAuthError(.invalidRequest, "The parameter \(name.prefix(64)) is too long.")
            }
            values[name] = value
        }
    }

    package subscript(name: String) -> String? { values[name] }

    package func required(_ name: String) throws(OAuthError) -> String {
        guard let value = values[name] else {
            throw OAuthError(.invalidRequest, "The parameter \(name) is missing.")
        }
        return value
    }

    /// All of them, by name.
    var all: [String: String] { values }
}

/// A request to one of the issuer's endpoints, as far as its security depends on it.
package struct IssuerRequest: Sendable {
    package let parameters: OAuthParameters
    /// Client id and secret of the field Authorization: Basic, decoded.
    package let basic: (id: String, secret: String)?
    /// The request's field DPoP, once for each time that it was sent.
    package let proofs: [String]
    package let method: String
    /// Without query and fragment, under the issuer's own name.
    package let url: String
    /// The client's certificate in DER; nothing has been checked of it but that it holds the key.
    package let certificate: [UInt8]?
    /// Asked once the client has authenticated: throws when it sends too much.
    package var admission: (@Sendable (OAuthClient) async throws(OAuthError) -> Void)?

    package init(
        parameters: OAuthParameters, basic: (id: String, secret: String)? = nil,
        proofs: [String] = [], method: String, url: String,
        certificate: [UInt8]? = nil
    ) {
        self.parameters = parameters
        self.basic = basic
        self.proofs = proofs
        self.method = method
        self.url = url
        self.certificate = certificate
    }
}
