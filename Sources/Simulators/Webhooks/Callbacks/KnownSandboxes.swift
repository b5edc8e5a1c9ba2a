import Identifiers
import Synchronization

/// Sandboxes whose callbacks have an endpoint, as far as this process has seen to it. From any
/// thread.
final class KnownSandboxes: Sendable {
    private let known = Mutex<Set<SandboxID>>([])

    func contains(_ sandbox: SandboxID) -> Bool { known.withLock { $0.contains(sandbox) } }

    func insert(_ sandbox: SandboxID) {
        known.withLock { known in
            if known.count >= WebhookLimits.callbackSandboxesKnown { known.removeAll() }
            known.insert(sandbox)
        }
    }
}
