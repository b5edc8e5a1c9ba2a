/// Named bounds of this module.
package enum Limits {
    /// Days of partitions kept ready: a gateway that could not make one has this long until writes
    /// fail.
    package static let partitionDaysAhead = 3
    /// Days of calls kept: what a partner still wants to ask about.
    static let requestLogDaysKept = 30
    /// Days of foreign spans kept: they are many, and their sender has them, too.
    static let spanDaysKept = 7
    /// Expired sandboxes handled by one sweep, so that it stays far below a statement timeout.
    static let expiredSandboxesPerSweep = 100
    /// A claim of the endpoints that have something due looks at this many of them.
    package static let dueLanesPerLook = 512

    // MARK: Usage

    /// Days of usage figures kept: a year and the month to compare it with.
    package static let usageDaysKept = 400
    /// Hours of a sandbox's figures kept: a week and the day that is running.
    package static let usageHoursKept: Int64 = 192
    /// A gateway writes every second; what has not for a day has ended, and its batches with it.
    static let usageWriterAge = Duration.seconds(86_400)

    // MARK: Gateways

    /// A gateway that was not seen for so long is dead: five beats.
    static let gatewayLifeSeconds = 5
    /// Slots of a gateway that does not come back are free after this: ten beats.
    package static let slotLeaseSeconds = 10

    // MARK: Audit

    /// Each of request, before and after, of which an entry holds 12 KiB.
    static let auditDocumentBytes = 3_072
    /// Entries of one page of an export, and of one step of a verification.
    package static let auditEntriesPerPage = 1_000

    // MARK: Sealing

    /// AES-256.
    static let masterKeyBytes = 32
    /// Enough to tell a handful of keys apart.
    static let masterKeyIDBytes = 4
    /// NIST SP 800-38D § 5.2.1.1: 96 bits; random ones stay unique for 2^32 values a key.
    static let sealNonceBytes = 12
    static let sealTagBytes = 16
    /// Sixty keys are as many rotations.
    static let masterKeyFileBytes = 4_096
}
