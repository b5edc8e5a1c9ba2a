import Contracts
import Tenancy

/// The domain's types of object; the raw value is the type's name and the member that refers to it.
enum PaymentsType: String, CaseIterable {
    case customer
    case paymentMethod = "payment_method"
    case merchant
    case payment
    case authentication
    case refund
    case dispute
    case quote = "fx_quote"
    case clearingRecord = "clearing_record"
    case settlement
    case payout
    /// How much a card with limits was used; not part of the contract.
    case cardUsage = "card_usage"

    func key(_ id: String) -> EntityKey {
        EntityKey(contract: "payments", type: rawValue, id: id)
    }

    /// What ids of the type start with.
    var prefix: String {
        switch self {
        case .customer: "cus"
        case .paymentMethod: "pm"
        case .merchant: "merchant"
        case .payment: "pay"
        case .authentication: "auth"
        case .refund: "re"
        case .dispute: "dp"
        case .quote: "fxq"
        case .clearingRecord: "clr"
        case .settlement: "stl"
        case .payout: "po"
        case .cardUsage: "use"
        }
    }
}

extension Entity {
    /// The document as a value. Stored documents were written by us or checked on their way in.
    var json: JSONValue {
        get throws(SimulationError) {
            do {
                return try JSONParser.parse(document)
            } catch {
                throw .tenancy(.entityNotFound(key))
            }
        }
    }
}
