package import Access
package import Contracts
package import Tenancy

/// The card-payments domain behind the contract `payments`: customers, payment methods, payments,
/// refunds and the balance, all in the sandbox's own world and ledger.
package struct PaymentsSimulator: Simulator {
    package let contract = "payments"
    package let scenarios: [Scenario]
    let world: WorldStore
    let currencies: Set<String>

    /// `document` is the contract, whose list of currencies is the domain's too.
    package init(world: WorldStore, contract: Contract) {
        self.world = world
        let listed = contract.operation(id: "list_currencies")?.example(status: 200)?["data"]?.array
        currencies = Set((listed ?? []).compactMap { $0["code"]?.string })
        scenarios = Decline.scenarioNames.compactMap { name in
            Decline.ofScenario(name).map { decline in
                Scenario(
                    name: name, summary: decline.message, operations: ["create_payment"],
                    errorCode: PaymentsError.declinedCode, declineCode: decline.code)
            }
        }
    }

    package func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal
    ) async throws(SimulationError) -> Simulated {
        do {
            guard let change = change(for: call.operation.id) else {
                let answer = try await read(call, as: access)
                _ = try seal(answer)
                return .answered(answer)
            }
            return try await run(change, call, as: access, sealing: seal)
        } catch let error as SimulationError {
            throw error
        } catch let error as TenancyError {
            throw .tenancy(error)
        } catch {
            preconditionFailure("a world transaction throws its own errors and its body's only")
        }
    }

    // MARK: Reading

    private func read(
        _ call: SimulatedCall, as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
        switch call.operation.id {
        case "get_customer": try await find(.customer, call, as: access)
        case "get_payment_method": try await find(.paymentMethod, call, as: access)
        case "get_payment": try await find(.payment, call, as: access)
        case "get_refund": try await find(.refund, call, as: access)
        case "list_customers": try await list(.customer, filteredBy: ["email"], call, as: access)
        case "list_payment_methods":
            try await list(.paymentMethod, filteredBy: ["customer"], call, as: access)
        case "list_payments":
            try await list(
                .payment, filteredBy: ["customer", "status", "currency"], call, as: access)
        case "list_refunds": try await list(.refund, filteredBy: ["payment"], call, as: access)
        case "get_balance": try await balance(as: access)
        default: preconditionFailure("no behaviour for operation \(call.operation.id)")
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

    private func list(
        _ type: PaymentsType, filteredBy members: [String], _ call: SimulatedCall,
        as access: SandboxAccess
    ) async throws -> SimulatedAnswer {
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

    // MARK: Changing

    /// The work of one mutating operation, inside its transaction.
    typealias Change = (SimulatedCall, WorldTransaction) async throws -> SimulatedAnswer

    private func change(for operation: String) -> Change? {
        switch operation {
        case "create_customer": createCustomer
        case "update_customer": updateCustomer
        case "delete_customer": deleteCustomer
        case "create_payment_method": createPaymentMethod
        case "create_payment": createPayment
        case "capture_payment": capturePayment
        case "cancel_payment": cancelPayment
        case "create_refund": createRefund
        default: nil
        }
    }

    private func run(
        _ change: Change, _ call: SimulatedCall, as access: SandboxAccess,
        sealing seal: AnswerSeal
    ) async throws -> Simulated {
        let outcome = try await world.transaction(
            as: access, idempotency: call.idempotency, preloading: preload(call)
        ) { transaction in
            var answer = try await change(call, transaction)
            answer.stamp = transaction.head.stamp
            let record = try seal(answer)
            if call.idempotency != nil { transaction.answer(with: record) }
            return answer
        }
        return switch outcome {
        case .committed(let answer): .answered(answer)
        case .replayed(let record): .replayed(record)
        }
    }

    /// Everything that the call names, so that it is read in the first round trip.
    private func preload(_ call: SimulatedCall) -> Preload {
        var keys: [EntityKey] = []
        for type in PaymentsType.allCases {
            if let id = call.path(type.rawValue) { keys.append(type.key(id)) }
            if let id = call.body?[type.rawValue]?.string { keys.append(type.key(id)) }
        }
        // What a charge looks at besides the objects themselves.
        if call.operation.id == "create_payment" { keys += keys.map { EntityFlags.key(of: $0) } }
        guard let currency = call.body?["currency"]?.string, currencies.contains(currency) else {
            return Preload(entities: keys)
        }
        return Preload(entities: keys, accounts: [.cardholders(currency), .pending(currency)])
    }
}

/// The domain's types of object; the raw value is the type's name and the member that refers to it.
enum PaymentsType: String, CaseIterable {
    case customer
    case paymentMethod = "payment_method"
    case payment
    case refund

    func key(_ id: String) -> EntityKey {
        EntityKey(contract: "payments", type: rawValue, id: id)
    }

    /// What ids of the type start with.
    var prefix: String {
        switch self {
        case .customer: "cus"
        case .paymentMethod: "pm"
        case .payment: "pay"
        case .refund: "re"
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
