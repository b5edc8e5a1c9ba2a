import CLinux

/// What a descriptor is ready for, or what a watcher wants to hear of.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let readable = Readiness(rawValue: 1)
    package static let writable = Readiness(rawValue: 2)
    /// Hang-up or error. Reported whether asked for or not.
    package static let closed = Readiness(rawValue: 4)

    init(epollFlags flags: UInt32) {
        self = []
        if flags & (sbx_EPOLLIN | sbx_EPOLLRDHUP) != 0 { insert(.readable) }
        if flags & sbx_EPOLLOUT != 0 { insert(.writable) }
        if flags & (sbx_EPOLLERR | sbx_EPOLLHUP) != 0 { insert(.closed) }
    }

    var epollFlags: UInt32 {
        (contains(.readable) ? sbx_EPOLLIN : 0) | (contains(.writable) ? sbx_EPOLLOUT : 0)
    }
}

/// Hears of a descriptor's readiness on the loop that watches it.
package protocol ReadinessHandler: AnyObject {
    func ready(_ readiness: Readiness)
}

/// Work put off to the end of a tick, so that what many tasks wrote leaves in one system call.
package protocol EndOfTickWork: AnyObject {
    func endOfTick()
}
