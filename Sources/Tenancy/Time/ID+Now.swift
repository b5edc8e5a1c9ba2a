package import Identifiers
package import Runtime

extension ID {
    /// A new identifier made now.
    package init(now: WallInstant, random: some RandomSource) {
        self.init(microseconds: UInt64(max(0, now.microseconds)), random: random.next)
    }
}
