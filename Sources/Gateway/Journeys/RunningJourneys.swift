import Access
import Copilot
import Identifiers
import Runtime
import Synchronization

/// The runs under way in this gateway. A run outlives the request that has started it; a gateway
/// that stops lets each end behind its step.
final class RunningJourneys: Sendable {
    private struct State {
        var tasks: [JourneyRunID: Task<Void, Never>] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())

    func start(_ run: JourneyRun, as access: SandboxAccess, by runner: JourneyRunner) {
        let id = run.id
        state.withLock { state in
            state.tasks[id] = Task(executorPreference: EventLoop.current) {
                do throws(JourneyError) {
                    try await runner.perform(run, as: access) { !self.isStopping }
                } catch {
                    // Not stored: the lease ends, and the run shows as interrupted.
                }
                self.forget(id)
            }
        }
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Lets all runs end behind the step that they are at, and waits for them.
    func stop() async {
        let tasks = state.withLock { state in
            state.isStopping = true
            return Array(state.tasks.values)
        }
        for task in tasks { await task.value }
    }

    private func forget(_ id: JourneyRunID) { state.withLock { $0.tasks[id] = nil } }
}
