/// A short mark of some bytes (FNV-1a, 64 bits): tells versions apart, protects from nobody.
enum ContentMark {
    static func of(_ bytes: [UInt8]) -> String {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(state, radix: 36)
    }
}
