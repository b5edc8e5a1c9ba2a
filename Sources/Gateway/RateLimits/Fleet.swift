package import Access
package import Identifiers
import Observability
import Synchronization

/// The gateways in front of one database, as one of them knows them. One that is alone keeps its
/// tenants' limits in its own memory; with company it shares them through the database.
///
///     alone ──another is announced, or counted──▶ in company ──none but this is counted──▶ alone
package final class Fleet: Sendable {
    package let gateway: GatewayID
    private let system: SystemWork
    private let living = Atomic<Int>(1)
    private let isAnnounced = Atomic<Bool>(false)

    package init(gateway: GatewayID, system: SystemWork) {
        self.gateway = gateway
        self.system = system
    }

    /// How often ``beat()`` is to be called; a gateway that misses five is counted no more.
    package static let beatInterval = Duration.seconds(1)

    /// How many gateways live, this one included.
    var count: Int { living.load(ordering: .relaxed) }
    var isAlone: Bool { count <= 1 }

    /// Says that the gateway lives, and looks who else does. The first time all others are told, so
    /// that they share from now on. While the database cannot be reached things stay as they are.
    package func beat() async throws {
        let count = try await system.beat(of: gateway)
        living.store(max(1, count), ordering: .relaxed)
        guard count > 1, !isAnnounced.exchange(true, ordering: .relaxed) else { return }
        try await system.announce(gateway)
    }

    /// Another gateway has announced itself: shares at once, and counts at the next beat.
    package func expectCompany() {
        if isAlone { living.store(2, ordering: .relaxed) }
    }

    /// The gateway ends; what it holds is free for others.
    package func leave() async throws { try await system.leave(gateway) }
}
