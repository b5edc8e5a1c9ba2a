/// Keeps what must be read back, such as a private key, unreadable in the database.
package protocol SecretSealing: Sendable {
    /// `purpose` is bound to the result: what was sealed for one place opens in no other.
    func seal(_ secret: [UInt8], for purpose: String) -> [UInt8]
    /// Nil when another key sealed it, for another purpose, or when a bit has changed.
    func open(_ sealed: [UInt8], for purpose: String) -> [UInt8]?
}
