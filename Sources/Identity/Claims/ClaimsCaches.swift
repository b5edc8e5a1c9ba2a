package import Runtime
package import Tenancy

/// The claims caches of all event loops: none of them needs a lock, and an invalidation is posted
/// to each.
package final class ClaimsCaches: @unchecked Sendable {
    // Loop-confined: `current` hands a loop its own cache only, asserted by `EventLoop.current`.
    private let caches: [ClaimsCache]
    private let loops: [EventLoop]

    package init(loops: [EventLoop]) {
        self.loops = loops
        caches = (0...(loops.map(\.index).max() ?? 0)).map { _ in ClaimsCache() }
    }

    /// The cache of the loop that runs the calling task.
    var current: (cache: ClaimsCache, loop: EventLoop) {
        guard let loop = EventLoop.current, loop.index < caches.count else {
            preconditionFailure("claims are looked up on event loops")
        }
        return (caches[loop.index], loop)
    }

    /// Drops what a notification names: at once on the calling loop, soon on the others.
    package func forget(_ invalidation: Invalidation) {
        onEachLoop { $0.forget(invalidation) }
    }

    /// Drops everything: notifications may have been missed.
    package func forgetAll() {
        onEachLoop { $0.forgetAll() }
    }

    /// The last uses on all loops since this was asked before; one credential may be named by each.
    func takeUses() async throws -> [ClaimsCache.Use] {
        var uses: [ClaimsCache.Use] = []
        for loop in loops {
            uses += try await EventLoopGroup.run(on: loop) { [self] in
                caches[loop.index].takeUses()
            }
        }
        return uses
    }

    private func onEachLoop(_ body: @escaping @Sendable (ClaimsCache) -> Void) {
        for loop in loops {
            if loop.isCurrent {
                body(caches[loop.index])
            } else {
                loop.submit { [self] in body(caches[loop.index]) }
            }
        }
    }
}
