import Access
import HTTP
import Identity
import Observability

/// From a request's fields to its principal.
struct Authenticator: Sendable {
    private let check: CredentialCheck

    init(_ check: CredentialCheck) {
        self.check = check
    }

    func principal(
        of head: RequestHead, opening door: CredentialDoor
    ) async throws(Refusal) -> Principal {
        guard let field = AuthorizationField(head.fields) else {
            throw .credential(.missing, opening: door)
        }
        // RFC 6750 § 2.1
        guard field.scheme == .bearer, let credential = field.credential else {
            throw .credential(.unrecognized, opening: door)
        }
        return try await principal(showing: Array(credential), opening: door)
    }

    /// The holder of a key, wherever in the request it stood.
    func principal(
        showing key: [UInt8], opening door: CredentialDoor
    ) async throws(Refusal) -> Principal {
        do throws(CredentialError) {
            return try await check.claims(for: key).principal
        } catch {
            throw .credential(error, opening: door)
        }
    }

    /// The holder of a client certificate that was shown in the TLS handshake, in DER.
    func principal(
        showingCertificate der: [UInt8], opening door: CredentialDoor
    ) async throws(Refusal) -> Principal {
        do throws(CredentialError) {
            return try await check.claims(forCertificate: der).principal
        } catch {
            throw .credential(error, opening: door)
        }
    }
}
