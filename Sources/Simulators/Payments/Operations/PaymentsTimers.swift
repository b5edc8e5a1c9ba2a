import Access
import Contracts
package import Tenancy

extension PaymentsSimulator {
    /// What a timer of the domain sets off. One that comes too late, because its object has moved
    /// on, changes nothing.
    package func fire(_ timer: WorldTimer, in world: WorldTransaction) async throws {
        // No object stands behind a job, so none is looked for.
        guard timer.type != VirtualJob.timerType,
            let entity = try await world.entity(timer.entity)
        else { return }
        var object = try EntityDraft(entity)
        switch timer.kind {
        case ClearingTimer.kind:
            try await present(try JSONParser.parse(timer.payload), of: object, world)
        case Self.fraudWarningKind:
            world.emit("payment.fraud_warning", contract: contract, object: object.document)
        default:
            guard let engine = lifecycles.engine(ofType: timer.type) else { return }
            let result = try await engine.fire(
                .timer(timer.kind), on: &object, in: world, PaymentsStep())
            guard case .success = result else { return }
            try await follow(object, world)
        }
    }

    /// What else moves when one object has moved by itself.
    private func follow(_ object: EntityDraft, _ world: WorldTransaction) async throws {
        switch PaymentsType(rawValue: object.key.type) {
        // No gateway stands around a timer that could ask anybody: the domain answers itself.
        case .authentication: try await resumePayment(after: object, asking: Providers(), world)
        case .clearingRecord: try await moneySettled(object, world)
        default: break
        }
    }
}
