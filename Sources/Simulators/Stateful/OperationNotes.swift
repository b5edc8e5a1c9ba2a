import Contracts
import Synchronization

/// What has been found out about a contract's operations, each on its first use: what it does, how
/// it answers, and what its body may hold. It belongs to one reading of one import, so that another
/// revision begins with an empty one, and it goes with the reading.
final class OperationNotes: Sendable {
    private struct Place: Hashable {
        let operation: ObjectIdentifier
        /// The status that is wanted; 0 for a list.
        let status: Int
    }

    private struct State {
        var roles: [ObjectIdentifier: OperationRole] = [:]
        var plans: [Place: AnswerPlan] = [:]
        var bodies: [Place: RequestShape] = [:]
        var fixed: [ObjectIdentifier: Bool] = [:]
    }

    private let state = Mutex(State())

    func role(of operation: Operation, _ find: () -> OperationRole) -> OperationRole {
        let place = ObjectIdentifier(operation)
        if let known = state.withLock({ $0.roles[place] }) { return known }
        let found = find()
        state.withLock { Self.keep(found, at: place, in: &$0.roles) }
        return found
    }

    func plan(_ operation: Operation, status: Int, _ make: () -> AnswerPlan) -> AnswerPlan {
        let place = Place(operation: ObjectIdentifier(operation), status: status)
        if let known = state.withLock({ $0.plans[place] }) { return known }
        let made = make()
        state.withLock { Self.keep(made, at: place, in: &$0.plans) }
        return made
    }

    func body(_ operation: Operation, status: Int, _ make: () -> RequestShape) -> RequestShape {
        let place = Place(operation: ObjectIdentifier(operation), status: status)
        if let known = state.withLock({ $0.bodies[place] }) { return known }
        let made = make()
        state.withLock { Self.keep(made, at: place, in: &$0.bodies) }
        return made
    }

    func hasFixedAnswer(_ operation: Operation, _ find: () -> Bool) -> Bool {
        let place = ObjectIdentifier(operation)
        if let known = state.withLock({ $0.fixed[place] }) { return known }
        let found = find()
        state.withLock { Self.keep(found, at: place, in: &$0.fixed) }
        return found
    }

    /// Those that are there stay; operations beyond the bound are found out about each time.
    private static func keep<Key: Hashable, Value>(
        _ value: Value, at key: Key, in table: inout [Key: Value]
    ) {
        if table.count < Limits.notedOperations { table[key] = value }
    }
}

extension ContractSimulator {
    func role(of operation: Operation) -> OperationRole {
        notes.role(of: operation) { resources.role(of: operation) }
    }

    /// Whether the contract itself gives the answer of an operation that is answered from it alone:
    /// then the world has no part in it, not even its seed.
    func hasFixedAnswer(_ operation: Operation) -> Bool {
        notes.hasFixedAnswer(operation) {
            let success = SuccessAnswer(operation, preferring: 200)
            guard let media = success.media, success.status != 204 else { return true }
            return media.ownBody(.answer) != nil
        }
    }

    /// The answer to an operation on one object, where a success of `status` is what is usual.
    func plan(_ operation: Operation, of resource: Resource, preferring status: Int) -> AnswerPlan {
        notes.plan(operation, status: status) {
            AnswerPlan(
                operation, of: resource, preferring: status,
                at: resources.note(of: operation)?.way)
        }
    }

    func plan(listing operation: Operation, of resource: Resource) -> AnswerPlan {
        notes.plan(operation, status: 0) {
            AnswerPlan(listing: operation, of: resource, at: resources.note(of: operation)?.way)
        }
    }

    func bodies(_ call: SimulatedCall, _ plan: AnswerPlan) -> RequestObjects {
        RequestObjects(
            call, plan,
            notes.body(call.operation, status: plan.status) { RequestShape(call.operation, plan) })
    }
}
