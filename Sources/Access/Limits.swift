/// Named bounds of this module.
package enum Limits {
    /// Days of request-log partitions kept ready: a gateway that could not make one has this long
    /// until writes fail.
    package static let requestLogDaysAhead = 3
    /// Expired sandboxes handled by one sweep, so that it stays far below a statement timeout.
    static let expiredSandboxesPerSweep = 100
}
