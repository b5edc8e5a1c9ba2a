package import Contracts

/// The call that a step makes: an operation, and what goes where in its request.
package struct StepCall: Sendable {
    package let operation: ActionOperation
    /// Values of the path's parameters by name; the sandbox is the caller's to fill in.
    package private(set) var path: [String: String] = [:]
    package private(set) var query: [(name: String, value: String)] = []
    package private(set) var body: JSONValue?
    package private(set) var idempotencyKey: String?

    /// Whether there is a call for the action, with such parameters.
    package static func isKnown(_ step: Journey.Step) -> Bool {
        guard operation(of: step.action) != nil, let row = rows[step.action] else { return false }
        return row.contains("@clock") ? clock(step.params) != nil
            : row.contains("@chaos") ? ChaosText.text(step.params["chaos"] ?? .null) != nil : true
    }

    package static func operation(of action: String) -> ActionOperation? {
        switch action {
        // Said beside the steps of a plan, not among its actions.
        case "set_chaos", "list_deliveries":
            ActionOperation(contract: ActionOperation.platform, operation: action)
        default: ActionOperation.of(action)
        }
    }

    /// - Parameter bound: the id of the object of that name which the step is about.
    init(
        _ step: Journey.Step, at place: Int, bound: (String) -> String?
    ) throws(JourneyFault) {
        guard let operation = Self.operation(of: step.action), let row = Self.rows[step.action] else {
            throw .notAvailable(step: place, action: step.action)
        }
        self.operation = operation
        idempotencyKey = step.params["idempotency_key"]?.string
        var body = JSONObject()
        for part in row.split(separator: " ") {
            try add(part, step, place, bound, to: &body)
        }
        if !body.isEmpty || Self.bodies.contains(step.action) { self.body = .object(body) }
    }

    private mutating func add(
        _ part: Substring, _ step: Journey.Step, _ place: Int, _ bound: (String) -> String?,
        to body: inout JSONObject
    ) throws(JourneyFault) {
        if part.hasPrefix("@") { return try addSpecial(part, step, place, to: &body) }
        let pair = part.split(separator: "=", maxSplits: 1)
        let (target, source) = (pair[0], String(pair.last ?? pair[0]))
        let name = target.filter { !"/?!".contains($0) }
        var value = step.params[pair.count == 2 ? source : name]
        if value == nil, target.contains("!") || target.contains("/") {
            guard let id = bound(pair.count == 2 ? source : name) else {
                throw .nothingToActOn(step: place, name: name)
            }
            value = .string(id)
        }
        guard let value else { return }
        if target.contains("/") {
            path[name] = Self.text(value)
        } else if target.contains("?") {
            query.append((name, Self.text(value)))
        } else {
            body[name] = value
        }
    }

    private mutating func addSpecial(
        _ part: Substring, _ step: Journey.Step, _ place: Int, to body: inout JSONObject
    ) throws(JourneyFault) {
        let params = step.params
        switch part {
        case "@means": body.append(TestMeans.means(params, isCard: step.action == "attach_card"))
        case "@manual": body["capture_method"] = "manual"
        case "@settlement":
            if params["cross_currency"] == true, params["settlement_currency"] == nil {
                body["settlement_currency"] = params["currency"] == "eur" ? "usd" : "eur"
            }
        case "@evidence":
            body["evidence"] = [
                ["type": params["evidence_type"] ?? "receipt", "text": "Evidence of a journey's step."]
            ]
        case "@events": body["events"] = params["events"] ?? ["*"]
        case "@deliveries":
            if let id = params["delivery_id"] { body["deliveries"] = [id] }
        case "@clock": body = Self.clock(params) ?? body
        case "@chaos": body = ChaosText.document(params["chaos"] ?? .null) ?? body
        default: preconditionFailure("no part \(part)")
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? JSONWriter.text(value)
    }

    /// The body that moves the clock; nil for a movement that the clock does not know.
    private static func clock(_ params: JSONObject) -> JSONObject? {
        if let length = params["duration"] { return JSONObject([.init(name: "by", value: length)]) }
        if let days = params["business_days"] {
            var body = JSONObject([.init(name: "business_days", value: days)])
            if let calendar = params["calendar"] { body["calendar"] = calendar }
            return body
        }
        guard let point = (params["to"] ?? params["until_event"])?.string else { return nil }
        if point == "next_settlement" { return JSONObject([.init(name: "until", value: .string(point))]) }
        if point == "next_business_day" { return JSONObject([.init(name: "business_days", value: 1)]) }
        guard point.contains("T"), point.first?.isNumber ?? false else { return nil }
        return JSONObject([.init(name: "to", value: .string(point))])
    }

    /// Operations that want a body, be it empty.
    private static let bodies: Set<String> = [
        "create_customer", "update_customer", "capture_payment", "cancel_payment", "confirm_payment",
        "set_chaos",
    ]

    private static let rows: [String: Substring] = Dictionary(
        uniqueKeysWithValues: table.split(separator: "\n").map { line in
            (String(line.prefix { $0 != " " }), line.drop { $0 != " " })
        })

    // action · parts of its request. `name` or `name=param` a member of the body, with `!` one that
    // must be there or be made by an earlier step; `name/` in the path, likewise; `name?` in the
    // query; `@part` stands for more than one parameter.
    private static let table = """
        create_payment amount currency settlement_currency customer description off_session @means @settlement
        authorize_payment amount currency settlement_currency customer description off_session @means @settlement @manual
        capture_payment payment/ amount final
        cancel_payment payment/ cancellation_reason
        confirm_payment payment/ @means
        increment_authorization payment/ amount
        create_refund payment! amount reason=refund_reason
        cancel_refund refund/
        create_dispute payment! amount reason=dispute_reason network_reason_code
        submit_dispute_evidence dispute/ @evidence
        accept_dispute dispute/
        create_payout amount currency speed destination
        cancel_payout payout/
        create_fx_quote sell_currency buy_currency amount amount_side valid_for
        attach_card customer @means
        list_payments status? currency? customer? limit?
        get_payment payment/
        list_disputes status? limit?
        list_payouts status? limit?
        get_balance currency?
        create_customer name email phone description=note
        update_customer customer/ name email phone description=note
        delete_customer customer/
        create_webhook_endpoint url signature_scheme @events
        update_webhook_endpoint endpoint/ url events
        delete_webhook_endpoint endpoint/
        rotate_webhook_secret endpoint/
        trigger_event event/=event_type object
        replay_webhook event=event_id endpoint @deliveries
        requeue_dead_letters endpoint
        list_events type?=event_type limit?
        list_requests status? limit?
        explain_request request/=request_id
        advance_time @clock
        freeze_time
        resume_time
        reset_sandbox to
        create_checkpoint name=label
        restore_checkpoint checkpoint/
        fork_sandbox name=label
        rotate_api_key key/
        revoke_api_key key/
        set_chaos @chaos
        list_deliveries limit?
        """
}

extension JSONObject {
    fileprivate mutating func append(_ other: JSONObject) {
        for member in other.members { self[member.name] = member.value }
    }
}

extension SandboxWorld {
    package func canRun(_ step: Journey.Step) -> Bool {
        StepCall.isKnown(step) && canRun(StepCall.operation(of: step.action), step.scenario)
    }
}
