import Runtime

/// Idle connections of one loop, bounded per origin and in all. Confined to that loop.
final class ConnectionPool: @unchecked Sendable {
    // Loop-confined: `take` and `put` are called by tasks of the loop and assert it.
    private let loop: EventLoop
    private let limits: ClientLimits
    /// Oldest first.
    private var idle: [ClientConnection] = []

    init(loop: EventLoop, limits: ClientLimits) {
        self.loop = loop
        self.limits = limits
    }

    /// The connection that rested last, whose peer is the least likely to have closed it.
    func take(_ origin: String) -> ClientConnection? {
        loop.assertCurrent()
        guard let index = idle.lastIndex(where: { $0.origin == origin && $0.isOpen }) else {
            return nil
        }
        let connection = idle.remove(at: index)
        connection.idleTimer?.cancel()
        connection.onIdleEnd = nil
        return connection
    }

    func put(_ connection: ClientConnection) {
        loop.assertCurrent()
        let ofOrigin = idle.count { $0.origin == connection.origin }
        guard connection.isOpen, ofOrigin < limits.idlePerOriginMax, idle.count < limits.idleMax
        else { return connection.close() }
        connection.onIdleEnd = { [unowned self] in forget($0) }
        connection.idleTimer = loop.schedule(after: limits.idleTimeout) { [self, connection] in
            forget(connection)
            connection.close()
        }
        idle.append(connection)
        connection.rest()
    }

    func closeAll() {
        loop.assertCurrent()
        for connection in idle { connection.close() }
        idle = []
    }

    private func forget(_ connection: ClientConnection) {
        idle.removeAll { $0 === connection }
    }
}
