import Contracts
import HTTP

/// Where an operation takes its credential, as the contract's `securitySchemes` say: what a client
/// of the real API sends works here, and what would fail there fails here.
struct CredentialPlaces: Sendable, Equatable {
    enum Place: Sendable, Hashable {
        /// A key, or an access token of the issuer.
        case bearer
        /// The key is the user name; the password does not count.
        case basic
        case header(String)
        case query(String)
        case cookie(String)
        /// The TLS handshake, by a client certificate of the sandbox's authority.
        case handshake
    }

    /// In the order of the contract; never empty.
    let places: [Place]

    init(_ places: [Place]) {
        // A contract that says nothing of credentials takes ours as the platform does.
        self.places = places.isEmpty ? [.bearer] : places
    }

    init(of operation: Contracts.Operation, in contract: Contract) {
        var places: [Place] = []
        for requirement in operation.security {
            for name in requirement.schemes.keys.sorted() {
                guard let place = Self.place(contract.securitySchemes[name]),
                    !places.contains(place)
                else { continue }
                places.append(place)
            }
        }
        self.init(places)
    }

    static let bearer = CredentialPlaces([.bearer])

    var orBearer: CredentialPlaces {
        takesBearer ? self : CredentialPlaces(places + [.bearer])
    }

    var takesBearer: Bool { places.contains(.bearer) }

    /// Where a key is taken as it is, a certificate stands for it.
    var takesCertificate: Bool { takesBearer || places.contains(.handshake) }

    /// How to send a key here, for hints.
    var advice: String {
        places.map { place in
            switch place {
            case .bearer: "Authorization: Bearer with the key"
            case .basic: "Authorization: Basic with the key as user name and no password"
            case .header(let name): "the key in the field \(name)"
            case .query(let name): "the key in the query parameter \(name)"
            case .cookie(let name): "the key in the cookie \(name)"
            case .handshake: "a client certificate of the sandbox's authority in the TLS handshake"
            }
        }.joined(separator: ", or ")
    }

    /// Nil for schemes that nobody here knows.
    fileprivate static func place(_ scheme: JSONValue?) -> Place? {
        guard let scheme else { return nil }
        switch scheme["type"]?.string {
        case "http":
            switch scheme["scheme"]?.string?.lowercased() {
            case "basic": return .basic
            case "bearer": return .bearer
            default: return nil
            }
        // Swagger 2.0's name for it.
        case "basic": return .basic
        case "oauth2", "openIdConnect": return .bearer
        case "apiKey": return keyPlace(scheme)
        case "mutualTLS": return .handshake
        default: return nil
        }
    }

    private static func keyPlace(_ scheme: JSONValue) -> Place? {
        guard let name = scheme["name"]?.string else { return nil }
        switch scheme["in"]?.string {
        // Some contracts have no other way to say that the field has a scheme of their own.
        case "header": return name.lowercased() == "authorization" ? .bearer : .header(name)
        case "query": return .query(name)
        case "cookie": return .cookie(name)
        default: return nil
        }
    }
}

/// Where each operation of a contract takes its credential, found once.
struct CredentialPlan: Sendable {
    private let byOperation: [String: CredentialPlaces]
    /// Who shows a Bearer needs no look at the operation.
    let takesBearerEverywhere: Bool

    init(_ contract: Contract) {
        byOperation = Dictionary(
            contract.operations.map { ($0.id, CredentialPlaces(of: $0, in: contract)) },
            uniquingKeysWith: { first, _ in first })
        takesBearerEverywhere = byOperation.values.allSatisfy(\.takesBearer)
    }

    subscript(operation: Contracts.Operation) -> CredentialPlaces {
        byOperation[operation.id] ?? .bearer
    }
}
