/// The operation of a contract, or of the platform's own API, that does what an action says.
package struct ActionOperation: Hashable, Sendable {
    /// The contract that has it; ``platform`` for the platform's API.
    package let contract: String
    /// The `operationId`.
    package let operation: String

    /// `payments.create_payment`.
    package var name: String { "\(contract).\(operation)" }

    package init(contract: String, operation: String) {
        (self.contract, self.operation) = (contract, operation)
    }

    package static let platform = "platform"

    /// Nil for actions that no contract of ours has yet.
    package static func of(_ action: String) -> ActionOperation? { byAction[action] }

    /// Every operation of the table; a test compares it with the contracts.
    package static let all: [ActionOperation] = table.split(separator: "\n").flatMap { line in
        line.split(separator: " ").dropFirst().map { operation(String(line.prefix { $0 != " " }), $0) }
    }

    private static let byAction: [String: ActionOperation] = {
        var found: [String: ActionOperation] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            for word in words.dropFirst() {
                found[String(word.prefix { $0 != "=" })] = operation(String(words[0]), word)
            }
        }
        return found
    }()

    private static func operation(_ contract: String, _ pair: Substring) -> ActionOperation {
        ActionOperation(contract: contract, operation: String(pair.split(separator: "=").last ?? pair))
    }

    // contract · actions, with `=` and the operation where the two have different names
    private static let table = """
        payments create_payment authorize_payment=create_payment capture_payment cancel_payment \
        confirm_payment increment_authorization create_refund cancel_refund create_dispute \
        submit_dispute_evidence accept_dispute create_payout cancel_payout create_fx_quote \
        attach_card=create_payment_method list_payments get_payment list_disputes list_payouts \
        get_balance create_customer update_customer delete_customer
        platform create_webhook_endpoint update_webhook_endpoint delete_webhook_endpoint \
        rotate_webhook_secret trigger_event=emit_event replay_webhook=redeliver_many \
        requeue_dead_letters list_events list_requests explain_request advance_time=advance_clock \
        freeze_time=freeze_clock resume_time=resume_clock reset_sandbox create_checkpoint \
        restore_checkpoint fork_sandbox set_flag=set_flags rotate_api_key=rotate_key \
        revoke_api_key=revoke_key
        """
}
