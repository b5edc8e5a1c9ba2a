package import Contracts
package import Identifiers
import Postgres
package import Runtime
import Synchronization

/// The mark that an action leaves: it travels in the access value with which the action is done,
/// and the first transaction that commits under that access takes an entry of the audit log along.
/// Nobody who writes a store can forget it, and neither stands without the other.
///
/// An action whose transactions are many has one entry, with its first, unless it names more.
package final class AuditTrail: Sendable {
    private struct State {
        var request: JSONValue?
        var subject: String
        var before: JSONValue?
        var after: JSONValue?
        /// Whether something was noted that no entry holds yet.
        var isNoted = false
        /// How many entries were committed.
        var written: UInt64 = 0
    }

    private let action: String
    private let request: RequestID
    private let now: WallInstant
    private let state: Mutex<State>

    /// `action` as in ``AuditEntry``; `subject` is what it is about unless ``note(subject:before:after:)``
    /// names another.
    package init(
        _ action: String, subject: String, request: RequestID, at now: WallInstant
    ) {
        self.action = action
        self.request = request
        self.now = now
        state = Mutex(State(subject: subject))
    }

    /// What was asked. Secrets are taken out.
    package func asked(_ document: JSONValue) {
        state.withLock { $0.request = AuditDocument.storable(document) }
    }

    /// What the transaction under way changes. One that notes has an entry of its own.
    package func note(
        subject: String? = nil, before: JSONValue? = nil, after: JSONValue? = nil
    ) {
        state.withLock { state in
            if let subject { state.subject = subject }
            state.before = before.map(AuditDocument.storable)
            state.after = after.map(AuditDocument.storable)
            state.isNoted = true
        }
    }

    /// As the last statement of a transaction under `access`.
    func write(to transaction: Transaction, as tenant: TenantID, by principal: Principal?) {
        let next: (entry: AuditEntry, number: UInt64)? = state.withLock { state in
            guard state.isNoted || state.written == 0 else { return nil }
            var details: JSONValue = [:]
            if let request = state.request { details["request"] = request }
            if let before = state.before { details["before"] = before }
            if let after = state.after { details["after"] = after }
            return (AuditEntry(action, subject: state.subject, details: details), state.written)
        }
        guard let next, let principal else { return }
        var entry = next.entry
        entry.request = request
        // Requests' ids are unique, and so are those of their entries.
        let id = AuditID(high: request.high, low: request.low &+ next.number)
        transaction.enqueue(entry.call(in: tenant, id: id, by: AuditActor(principal), at: now))
    }

    func didCommit() {
        state.withLock { state in
            if state.isNoted || state.written == 0 { state.written += 1 }
            state.isNoted = false
            (state.before, state.after) = (nil, nil)
        }
    }
}
