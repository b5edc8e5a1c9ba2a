package import Contracts

/// The key that whoever uses a token must show that it has.
package enum TokenBinding: Sendable, Hashable {
    /// Thumbprint of the key that signs DPoP proofs (RFC 9449 § 6).
    case dpop(keyThumbprint: String)
    /// SHA-256 of a client certificate (RFC 8705 § 3).
    case certificate(thumbprint: String)

    /// The `cnf` claim (RFC 7800).
    package var confirmation: JSONValue {
        switch self {
        case .dpop(let thumbprint): ["jkt": .string(thumbprint)]
        case .certificate(let thumbprint): ["x5t#S256": .string(thumbprint)]
        }
    }

    /// Reads `cnf`; nil for a confirmation of another kind, which nobody here could check.
    package init?(confirmation: JSONValue) {
        if let thumbprint = confirmation["jkt"]?.string {
            self = .dpop(keyThumbprint: thumbprint)
        } else if let thumbprint = confirmation["x5t#S256"]?.string {
            self = .certificate(thumbprint: thumbprint)
        } else {
            return nil
        }
    }

    /// `token_type` in answers, and the scheme under which the token is sent.
    package var tokenType: String {
        switch self {
        case .dpop: "DPoP"
        case .certificate: "Bearer"
        }
    }
}
