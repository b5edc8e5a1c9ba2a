/// FNV-1a with 64 bits: tells things apart by their bytes, in every process alike, which Swift's
/// `Hasher` does not. A name or a mark, no secret: whoever wants two inputs of one hash finds them.
package enum StableHash {
    package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
