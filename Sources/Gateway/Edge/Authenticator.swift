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
        guard let field = head.fields.first(utf8: "authorization") else {
            throw .credential(.missing, opening: door)
        }
        guard let credential = Self.bearer(field) else {
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

    /// What stands after `Bearer` in any case and at least one space (RFC 6750 § 2.1).
    private static func bearer(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let scheme: StaticString = "bearer"
        let end = field.startIndex + scheme.utf8CodeUnitCount
        guard end < field.endIndex, field[end] == UInt8(ascii: " ") else { return nil }
        for (offset, index) in (field.startIndex..<end).enumerated()
        where field[index] | 0x20 != scheme.utf8Start[offset] { return nil }
        return field[end...].drop { $0 == UInt8(ascii: " ") }
    }
}
