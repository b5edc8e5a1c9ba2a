import Access
import Contracts
import HTTP
import Identifiers
import Identity
import Runtime
import Tenancy

extension PlatformAPI {
    static let accountHandlers: [String: Handler] = [
        "sign_up": .open { api, call, request throws(Refusal) in
            try await api.signUp(call, &request)
        },
    ]

    private func signUp(
        _ call: PlatformCall, _ request: inout Call
    ) async throws(Refusal) -> Answer {
        let founded = try await services.found(
            email: call.body["email"]?.string ?? "",
            password: call.body["password"]?.string ?? "",
            organization: call.body["organization"]?.string ?? "", request)
        return Answer(
            201,
            [
                "tenant": [
                    "id": .string(founded.tenant.description),
                    "name": .string(founded.organization),
                ],
                "user": [
                    "id": .string(founded.user.description),
                    "email": .string(founded.email.text),
                ],
                "management_key": [
                    "id": .string(founded.managementKey.description),
                    "secret": .string(founded.secret.revealed),
                ],
            ])
    }
}

extension Services {
    /// Founds a tenant for the sender of `request`, whose address may do so only so often.
    func found(
        email: String, password: String, organization: String, _ request: Call
    ) async throws(Refusal) -> SignUp.Founded {
        try admitAddress(of: request)
        do throws(IdentityError) {
            return try await signUp.found(
                email: email, password: password, organization: organization)
        } catch {
            throw .identity(error)
        }
    }

    /// Bounds what an address without a credential may ask for: each makes a password's hash.
    func admitAddress(of call: Call) throws(Refusal) {
        let address = call.request.connection.remoteAddress
        if case .refused(let retryAfter) = signUpLimiter.admit(address, at: call.began) {
            throw .rateLimited(
                policy: "address", RateLimit(perSecond: 1, burst: GatewayLimits.signUpsPerMinute),
                retryAfter: retryAfter)
        }
    }
}
