import Access
import Identifiers
import Runtime
import Synchronization

/// Clients that a gateway has read, each with its sandbox and the clock of that: a client that asks for
/// token after token is read once. One lock for all loops, because what is forgotten here must be
/// forgotten before the change that forgets it is answered, wherever the next request comes in.
///
/// Other gateways are told by NOTIFY; ``Limits/claimsLifetime`` is for the notification that got lost.
final class ClientCache: Sendable {
    private struct Entry: Sendable {
        let client: OAuthClient
        let until: MonotonicInstant
    }

    private struct State: Sendable {
        var clients: [ClientID: Entry] = [:]
        /// Counts invalidations: what was read before one must not be kept after it.
        var generation = 0
    }

    private let state = Mutex(State())

    var generation: Int { state.withLock { $0.generation } }

    func client(_ id: ClientID, at now: MonotonicInstant) -> OAuthClient? {
        state.withLock { state in
            guard let known = state.clients[id], known.until > now else { return nil }
            return known.client
        }
    }

    /// Keeps what was read while `generation` stood.
    func keep(_ client: OAuthClient, readAt generation: Int, now: MonotonicInstant) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.clients.count >= Limits.cachedClients { state.clients = [:] }
            state.clients[client.id] = Entry(client: client, until: now + Limits.claimsLifetime)
        }
    }

    func forget(_ sandbox: SandboxID) {
        state.withLock { state in
            state.generation += 1
            // Rare, and the cache is small: a scan is simpler than an index.
            state.clients = state.clients.filter { $0.value.client.sandbox.sandbox != sandbox }
        }
    }

    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.clients = [:]
        }
    }
}
