import Access
import Contracts
import Tenancy

/// Whether what a customer says about itself is so.
enum IdentityMatch: String, Sendable {
    case matches = "true"
    case differs = "false"
    /// Nobody can tell.
    case unknown = "not_available"

    /// The members of a customer that are checked.
    static let members = ["name", "email", "phone"]

    /// A provider's word for it: one of ours, or a boolean; nil for anything else.
    init?(provided: JSONValue) {
        if let word = provided.string.flatMap(IdentityMatch.init(rawValue:)) {
            self = word
        } else if let isMatch = provided.bool {
            self = isMatch ? .matches : .differs
        } else {
            return nil
        }
    }

    /// What is found where no provider is bound: a name needs something beside it to be compared
    /// with, and nobody's name has a digit in it.
    init(of customer: JSONValue) {
        guard let name = customer["name"]?.string,
            customer["email"]?.string != nil || customer["phone"]?.string != nil
        else {
            self = .unknown
            return
        }
        self = name.contains { $0.isNumber } ? .differs : .matches
    }

    /// The customer's `verification.status`.
    var status: String {
        switch self {
        case .matches: "verified"
        case .differs: "failed"
        case .unknown: "unverified"
        }
    }

    /// The event that tells it.
    var event: String {
        switch self {
        case .matches: "customer.verified"
        case .differs: "customer.verification_failed"
        case .unknown: "customer.updated"
        }
    }
}

extension PaymentsSimulator {
    /// Checks a customer by the dependency `kyc.check`. Without its provider's answer nothing is
    /// changed.
    func verifyCustomer(
        _ call: SimulatedCall, _ world: WorldTransaction
    ) async throws -> SimulatedAnswer {
        let id = call.path("customer") ?? ""
        let key = PaymentsType.customer.key(id)
        guard let entity = try await world.entity(key) else { return .missing(.customer, id) }
        var customer = try entity.json
        let own = IdentityMatch(of: customer)
        let answer = try call.providers.ask(
            .identityCheck, Self.inputs(customer),
            ownFacts: JSONObject([.init(name: "match", value: .string(own.rawValue))]))
        switch answer {
        case .failed(let failure):
            return .unavailable(PaymentsError.verificationUnavailable, because: failure)
        case .facts(let facts, let source):
            guard let match = facts["match"].flatMap(IdentityMatch.init(provided:)) else {
                preconditionFailure("a dependency's facts are checked before they come here")
            }
            customer["verification"] = [
                "status": .string(match.status),
                "match_score": facts["match_score"]?.percentage.map { .int(Int64($0)) } ?? .null,
                "provider": .string(orNull: source?.contract),
                "checked_at": .string(world.now.rfc3339),
            ]
            try await world.replace(key, document: JSONWriter.bytes(customer))
            emit(match.event, customer, world)
            return SimulatedAnswer(.changed, customer)
        }
    }

    private static func inputs(_ customer: JSONValue) -> JSONObject {
        JSONObject([
            .init(name: "customer", value: customer["id"] ?? .null),
            .init(name: "name", value: customer["name"] ?? .null),
            .init(name: "email", value: customer["email"] ?? .null),
            .init(name: "phone", value: .string(orNull: PhoneNumber.digits(of: customer))),
        ])
    }
}
