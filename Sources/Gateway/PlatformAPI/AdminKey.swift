import Identity

/// The operator's key: compared by its SHA-256, so that neither it nor its length shows in time.
package enum AdminKey {
    package static func digest(_ key: [UInt8]) -> [UInt8] {
        SHA256Hasher.digest(key).bytes
    }
}
