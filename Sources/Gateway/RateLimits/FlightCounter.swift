import Access
import Identifiers
import Runtime
import Synchronization
import Tenancy

/// How many calls of one tenant run now at this gateway, and how many may: among several gateways
/// each holds slots, leases of the database.
final class FlightCounter: Sendable {
    private struct State {
        var running = 0
        /// Slots of this gateway; of no meaning while it is alone.
        var slots = 0
        var waiting = 0
        /// No slot is free until then, as far as is known.
        var fullUntil = MonotonicInstant(nanoseconds: 0)
        var asking: Task<TenancyError?, Never>?
    }

    private let state = Mutex(State())

    /// Counts a call in unless `limit` run already, where no other gateway is.
    func begin(limit: Int) -> Bool {
        state.withLock { state in
            // Should another gateway come, slots are taken anew.
            state.slots = 0
            guard state.running < limit else { return false }
            state.running += 1
            return true
        }
    }

    /// The same among the gateways of `fleet`.
    func begin(
        limit: Int, in fleet: Fleet, _ shared: SharedLimits, as access: TenantAccess
    ) async throws(TenancyError) -> Bool {
        let spare = Self.spare(limit: limit, fleet)
        for _ in 0..<GatewayLimits.sliceAttempts {
            let now = MonotonicInstant.now()
            let verdict: Verdict = state.withLock { state in
                if state.running < min(state.slots, limit) {
                    state.running += 1
                    return .begun
                }
                if now < state.fullUntil { return .refused }
                state.waiting += 1
                if state.asking == nil {
                    let wanted = min(limit, state.running + state.waiting + spare)
                    state.asking = ask(
                        for: wanted, of: limit, at: fleet.gateway, in: shared, as: access)
                }
                return .asks(state.asking)
            }
            switch verdict {
            case .begun: return true
            case .refused: return false
            case .asks(let task): if let error = await task?.value { throw error }
            }
        }
        return false
    }

    func end() {
        state.withLock { $0.running -= 1 }
    }

    /// Gives back slots that lie idle, so that other gateways find them.
    func giveBack(
        limit: Int, in fleet: Fleet, _ shared: SharedLimits, as access: TenantAccess
    ) async {
        let task: Task<TenancyError?, Never>? = state.withLock { state in
            let wanted = state.running == 0
                ? 0 : state.running + Self.spare(limit: limit, fleet)
            guard wanted < state.slots, state.asking == nil else { return nil }
            // From now on no more than what will stand in the database.
            state.slots = wanted
            state.asking = ask(
                for: wanted, of: limit, at: fleet.gateway, in: shared, as: access)
            return state.asking
        }
        _ = await task?.value
    }

    /// Slots beyond what is needed now: all gateways together keep a quarter of the limit at most.
    private static func spare(limit: Int, _ fleet: Fleet) -> Int {
        min(GatewayLimits.spareSlots, limit / (4 * fleet.count))
    }

    private enum Verdict: Sendable {
        case begun
        case refused
        case asks(Task<TenancyError?, Never>?)
    }

    private func ask(
        for wanted: Int, of limit: Int, at gateway: GatewayID, in shared: SharedLimits,
        as access: TenantAccess
    ) -> Task<TenancyError?, Never> {
        Task(executorPreference: EventLoop.current) {
            do throws(TenancyError) {
                let slots = try await shared.takeSlots(
                    wanted, of: limit, for: gateway, as: access)
                self.took(slots, of: wanted, at: .now())
                return nil
            } catch {
                self.took(nil, of: wanted, at: .now())
                return error
            }
        }
    }

    private func took(_ slots: Int?, of wanted: Int, at now: MonotonicInstant) {
        state.withLock { state in
            state.asking = nil
            state.waiting = 0
            guard let slots else { return }
            state.slots = slots
            if slots < wanted { state.fullUntil = now + Self.fullLook }
        }
    }

    /// How often a tenant that has all its slots in use is looked at again.
    private static let fullLook = Duration.milliseconds(10)
}
