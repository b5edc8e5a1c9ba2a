import Access
import Identifiers
import Observability
import Runtime
import Synchronization
import Tenancy

/// What the gateway remembers of sandboxes: where a slug leads, which contracts are mounted, and
/// what is set about how calls end.
/// Dropped by NOTIFY; the time limit is for the notification that got lost.
final class SandboxCache: Sendable {
    private struct Entry<Value: Sendable>: Sendable {
        let value: Value
        let until: MonotonicInstant
    }

    private struct State: Sendable {
        var locations: [String: Entry<SandboxLocation>] = [:]
        var mounts: [SandboxID: Entry<[Mount]>] = [:]
        var outcomes: [SandboxID: Entry<OutcomeSettings>] = [:]
        /// Counts invalidations: what was read before one must not be stored after it.
        var generation = 0
    }

    private let state = Mutex(State())
    private let directory: EdgeDirectory
    private let sandboxes: SandboxStore
    private let settings: SettingsStore

    init(directory: EdgeDirectory, sandboxes: SandboxStore, settings: SettingsStore) {
        self.directory = directory
        self.sandboxes = sandboxes
        self.settings = settings
    }

    func location(slug: String) async throws(Refusal) -> SandboxLocation? {
        let now = MonotonicInstant.now()
        let (known, generation) = state.withLock { ($0.locations[slug], $0.generation) }
        if let known, known.until > now { return known.value }
        let found: SandboxLocation?
        do throws(AccessError) {
            found = try await directory.sandbox(slug: slug)
        } catch {
            throw .access(error)
        }
        guard let found else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.locations.count >= GatewayLimits.cachedSandboxes { state.locations = [:] }
            state.locations[slug] = Entry(value: found, until: now + GatewayLimits.cacheTime)
        }
        return found
    }

    func mounts(of access: SandboxAccess) async throws(Refusal) -> [Mount] {
        let now = MonotonicInstant.now()
        let (known, generation) = state.withLock { ($0.mounts[access.sandbox], $0.generation) }
        if let known, known.until > now { return known.value }
        let mounts: [Mount]
        do throws(TenancyError) {
            mounts = try await sandboxes.sandbox(as: access).mounts
        } catch {
            throw .tenancy(error, during: .match)
        }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.mounts.count >= GatewayLimits.cachedSandboxes { state.mounts = [:] }
            state.mounts[access.sandbox] = Entry(value: mounts, until: now + GatewayLimits.cacheTime)
        }
        return mounts
    }

    func outcomes(of access: SandboxAccess) async throws(Refusal) -> OutcomeSettings {
        let now = MonotonicInstant.now()
        let (known, generation) = state.withLock { ($0.outcomes[access.sandbox], $0.generation) }
        if let known, known.until > now { return known.value }
        let outcomes: OutcomeSettings
        do throws(TenancyError) {
            outcomes = OutcomeSettings(stored: try await settings.all(as: access))
        } catch {
            throw .tenancy(error, during: .scenario)
        }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.outcomes.count >= GatewayLimits.cachedSandboxes { state.outcomes = [:] }
            state.outcomes[access.sandbox] = Entry(
                value: outcomes, until: now + GatewayLimits.cacheTime)
        }
        return outcomes
    }

    func forget(_ sandbox: SandboxID) {
        state.withLock { state in
            state.generation += 1
            state.mounts[sandbox] = nil
            state.outcomes[sandbox] = nil
            state.locations = state.locations.filter { $0.value.value.sandbox != sandbox }
        }
    }

    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.mounts = [:]
            state.outcomes = [:]
            state.locations = [:]
        }
    }
}
