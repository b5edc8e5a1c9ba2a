import Access
import Contracts
import Tenancy

// Which operation does what, and those that only look.
extension PaymentsSimulator {
    func change(for operation: String) -> WorldStore.Change? {
        switch operation {
        case "create_customer": createCustomer
        case "update_customer": updateCustomer
        case "delete_customer": deleteCustomer
        case "verify_customer": verifyCustomer
        case "create_payment_method": createPaymentMethod
        case "create_payment": createPayment
        case "confirm_payment": confirmPayment
        case "review_payment": reviewPayment
        case "increment_authorization": incrementAuthorisation
        case "capture_payment": capturePayment
        case "cancel_payment": cancelPayment
        case "complete_authentication": completeAuthentication
        case "answer_challenge": answerChallenge
        case "create_refund": createRefund
        case "cancel_refund": cancelRefund
        case "create_dispute": createDispute
        case "submit_dispute_evidence": submitEvidence
        case "accept_dispute": acceptDispute
        case "create_fx_quote": createQuote
        case "create_payout": createPayout
        case "cancel_payout": cancelPayout
        default: nil
        }
    }

    func read(_ call: SimulatedCall, as access: SandboxAccess) async throws -> SimulatedAnswer {
        switch call.operation.id {
        case "get_customer": try await find(.customer, call, as: access)
        case "get_payment_method": try await find(.paymentMethod, call, as: access)
        case "get_payment": try await find(.payment, call, as: access)
        case "get_authentication": try await find(.authentication, call, as: access)
        case "show_challenge": try await showChallenge(call, as: access)
        case "get_refund": try await find(.refund, call, as: access)
        case "get_dispute": try await find(.dispute, call, as: access)
        case "get_fx_quote": try await find(.quote, call, as: access)
        case "get_clearing_record": try await find(.clearingRecord, call, as: access)
        case "get_settlement": try await find(.settlement, call, as: access)
        case "get_payout": try await find(.payout, call, as: access)
        case "get_balance": try await balance(call, as: access)
        case "get_ledger": try await ledger(as: access)
        case "list_test_inputs": testInputs(call)
        default: try await list(call, as: access)
        }
    }

    private func find(
        _ type: PaymentsType, _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        let id = call.path(type.rawValue) ?? ""
        guard let entity = try await world.object(type.key(id), as: access) else {
            return .missing(type, id)
        }
        return SimulatedAnswer(.found, stored: entity)
    }

    /// Types by the operation that lists them, with the members that can be filtered by.
    private static let lists: [String: (type: PaymentsType, filters: [String])] = [
        "list_customers": (.customer, ["email"]),
        "list_payment_methods": (.paymentMethod, ["customer"]),
        "list_payments": (.payment, ["customer", "status", "currency"]),
        "list_authentications": (.authentication, ["payment", "status"]),
        "list_refunds": (.refund, ["payment"]),
        "list_disputes": (.dispute, ["payment", "status", "phase"]),
        "list_fx_quotes": (.quote, ["status"]),
        "list_clearing_records": (.clearingRecord, ["payment", "settlement", "status"]),
        "list_settlements": (.settlement, ["currency", "status"]),
        "list_payouts": (.payout, ["status", "currency"]),
    ]

    private func list(
        _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        guard let (type, members) = Self.lists[call.operation.id] else {
            preconditionFailure("no behaviour for operation \(call.operation.id)")
        }
        let filters = members.compactMap { member in
            call.query(member).map { EntityQuery.Filter(member: member, value: $0) }
        }
        let query = try EntityQuery(
            contract: contract, type: type.rawValue, filters: filters,
            rows: call.query("limit").flatMap(Int.init) ?? 10, cursor: call.query("cursor"))
        let page = try await world.list(query, as: access)
        return SimulatedAnswer(
            .found,
            [
                "object": "list", "data": .array(try page.entities.map { try $0.json }),
                "has_more": .bool(page.next != nil), "next": .string(orNull: page.next),
            ])
    }
}
