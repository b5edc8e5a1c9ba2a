import Contracts

/// What a sandbox's calls may do: its stored policy, every member of which has a default.
struct PolicySettings: Sendable {
    let personalData: PersonalDataMode
    let origins: AllowedOrigins
    let guarding: Guard
    let rates: SandboxRates

    static let standard = PolicySettings(
        personalData: .off, origins: .every, guarding: .open, rates: .none)

    private init(
        personalData: PersonalDataMode, origins: AllowedOrigins, guarding: Guard,
        rates: SandboxRates
    ) {
        self.personalData = personalData
        self.origins = origins
        self.guarding = guarding
        self.rates = rates
    }

    /// Of a document that has passed the platform's contract.
    init(_ document: JSONValue) throws(PolicyFault) {
        personalData = document["personal_data"]?.string.flatMap(PersonalDataMode.init) ?? .off
        origins = try AllowedOrigins(document["cors"] ?? [:])
        guarding = try Guard(document["guard"] ?? [:])
        rates = try SandboxRates(document["rate_limits"] ?? [])
    }

    /// Of a stored document. One of an older version that cannot be read any more counts as not set.
    init(stored document: JSONValue) {
        do throws(PolicyFault) {
            try self.init(document)
        } catch {
            self = .standard
        }
    }

    /// The whole policy with its defaults.
    var document: JSONValue {
        [
            "personal_data": .string(personalData.rawValue), "cors": origins.document,
            "guard": guarding.document, "rate_limits": rates.document,
        ]
    }
}

/// What is wrong with a policy beyond what the contract says.
struct PolicyFault: Error {
    let pointer: String
    let expected: String
}

/// What becomes of personal data in requests.
enum PersonalDataMode: String, Sendable {
    case off
    /// Replaced by made-up data of the same form before anything is done or stored.
    case mask
    case refuse
}
