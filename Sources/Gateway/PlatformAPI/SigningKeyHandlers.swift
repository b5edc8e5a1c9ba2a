import Contracts
import HTTP
import Identity

extension PlatformAPI {
    static let signingKeyHandlers: [String: Handler] = [
        "list_signing_keys": .admin { api, _, _ throws(Refusal) in try await api.listSigningKeys() },
        "rotate_signing_keys": .admin { api, call, access throws(Refusal) in
            let isImmediate = call.body["immediately"]?.bool ?? false
            do throws(IdentityError) {
                try await api.services.issuer.keyring.rotate(
                    immediately: isImmediate, as: access)
            } catch {
                throw .identity(error)
            }
            // An early end of all tokens must reach what was verified before.
            if isImmediate { api.services.forgetAll() }
            return try await api.listSigningKeys()
        },
    ]

    private func listSigningKeys() async throws(Refusal) -> Answer {
        do throws(IdentityError) {
            return Answer(
                200, ["data": try await services.issuer.keyring.listing(), "next": .null])
        } catch {
            throw .identity(error)
        }
    }
}
