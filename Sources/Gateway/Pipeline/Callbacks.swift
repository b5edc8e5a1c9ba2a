import Access
import Contracts
import HTTP
import Observability
import Simulators

// Callbacks of an operation, which leave with the effects of the call.
extension Pipeline {
    /// What they are sent by. The fields are the caller's own; a contract may name any of them.
    func callbackDoor(
        _ access: SandboxAccess, _ call: Call
    ) async throws(Refusal) -> CallbackDoor {
        do throws(WebhookError) {
            return try await services.stores.webhooks.endpoints.callbackDoor(
                url: services.configuration.url(of: call.head), fields: call.head.fields,
                as: access)
        } catch {
            throw .webhooks(error)
        }
    }

    /// What became of them, in the decision record: an event's id, or why nothing is sent.
    func note(_ callbacks: [JSONValue], _ call: inout Call) {
        guard !callbacks.isEmpty else { return }
        let isWhole = callbacks.allSatisfy { $0["not_sent"] == nil }
        call.decisions.note(
            .commit, .passed, isWhole ? "called_back" : "callback_not_sent",
            evidence: SecretMask.masked(["callbacks": .array(callbacks)]))
    }
}
