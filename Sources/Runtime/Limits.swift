/// Named bounds of the runtime.
package enum Limits {
    /// Events taken from one `epoll_wait`. Large enough for a burst over every benchmark's
    /// connections, small enough that jobs and flushes are not put off for long.
    static let eventsPerWait = 256
    /// How often jobs may beget jobs before the loop looks at its sockets again, so that a busy
    /// task cannot starve the network.
    static let jobRoundsPerTick = 64
    /// Pending connections the kernel keeps for a listener; `net.core.somaxconn`'s default.
    static let listenBacklog: CInt = 4_096
    /// Work waiting for a thread of the blocking pool. Beyond it callers are refused, because a
    /// queue this long means seconds of waiting.
    static let blockingQueue = 1_024
}
