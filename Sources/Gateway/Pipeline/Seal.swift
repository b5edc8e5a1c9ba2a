import Contracts
import Identifiers
import Simulators
import Tenancy

/// Validate answer and commit, as one step: what breaks its contract is not committed.
struct Seal: Sendable {
    private let operation: Operation
    private let request: RequestID
    /// The call has an idempotency key, under which its answer is stored.
    private let isKept: Bool
    private let loop: LoopState

    init(operation: Operation, request: RequestID, isKept: Bool, _ loop: LoopState) {
        self.operation = operation
        self.request = request
        self.isKept = isKept
        self.loop = loop
    }

    /// Throws for an answer that breaks the contract; else the record for the key. Without a key
    /// there is nobody to keep it, and it holds no answer.
    func seal(_ answer: SimulatedAnswer) throws(SimulationError) -> IdempotencyRecord {
        let status = Answer.status(of: answer)
        try validate(answer, status)
        guard isKept else {
            return IdempotencyRecord(status: status, headers: [], response: [], request: request)
        }
        let rendered = Answer(answer)
        return IdempotencyRecord(
            status: status, headers: rendered.storedFields, response: rendered.body,
            request: request)
    }

    private func validate(_ answer: SimulatedAnswer, _ status: Int) throws(SimulationError) {
        if answer.isUndeclared { return }
        let stored = answer.storedDocument
        if let stored, loop.validDocuments.contains(stored, operation, status: status) { return }
        let body = answer.page == nil && answer.text == nil ? answer.document : nil
        let faults = operation.validateAnswer(status: status, body: body)
        guard faults.isEmpty else { throw .answerRefused(faults) }
        if let stored { loop.validDocuments.insert(stored, operation, status: status) }
    }
}
