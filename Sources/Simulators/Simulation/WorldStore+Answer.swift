import Access
import Tenancy

extension WorldStore {
    /// What one mutating operation does, inside its transaction.
    typealias Change = (SimulatedCall, WorldTransaction) async throws -> SimulatedAnswer

    /// Answers a call on this world: by `change` in one transaction, which is committed with the
    /// answer's record, or, where the operation changes nothing, by `read`.
    func answer(
        _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal, by change: Change?,
        preloading: @autoclosure () -> Preload = Preload(),
        orReading read: () async throws -> SimulatedAnswer
    ) async throws(SimulationError) -> Simulated {
        do {
            guard let change else {
                let answer = try await read()
                _ = try seal(answer)
                return .answered(answer)
            }
            return try await commit(change, call, as: access, sealing: seal, preloading())
        } catch let error as SimulationError {
            throw error
        } catch let error as TenancyError {
            throw .tenancy(error)
        } catch {
            preconditionFailure("a world transaction throws its own errors and its body's only")
        }
    }

    private func commit(
        _ change: Change, _ call: SimulatedCall, as access: SandboxAccess, sealing seal: AnswerSeal,
        _ preload: Preload
    ) async throws -> Simulated {
        let outcome = try await transaction(
            as: access, idempotency: call.idempotency, preloading: preload, sharing: true
        ) { transaction in
            var answer: SimulatedAnswer
            do {
                answer = try await change(call, transaction)
            } catch let instead as AnswerInstead {
                answer = instead.answer
            }
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
}

/// Ends an operation with an answer before it has written anything.
struct AnswerInstead: Error {
    let answer: SimulatedAnswer

    init(_ answer: SimulatedAnswer) {
        self.answer = answer
    }
}
