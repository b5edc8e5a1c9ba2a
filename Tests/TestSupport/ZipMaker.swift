/// Makes ZIP archives, right ones and wrong ones: every field can be said otherwise.
package struct ZipMaker {
    package struct Entry {
        package var name: [UInt8]
        /// What stands before the content, where it differs from the directory's.
        package var localName: [UInt8]?
        package var packed: [UInt8]
        package var byteCount: Int
        package var checksum: UInt32
        package var method: UInt16 = 0
        package var localMethod: UInt16?
        package var flags: UInt16 = 0
        package var disk: UInt16 = 0
        /// The system that it was made on in the upper byte: 3 is Unix.
        package var madeBy: UInt16 = 0x031E
        /// Of a plain file.
        package var mode: UInt16 = 0o100644
        package var extra: [UInt8] = []
        /// Where the directory says that the entry stands; nil for where it does.
        package var offset: Int?
        package var packedCount: Int?
        /// Only in the directory: for entries that share another's bytes.
        package var isListedOnly = false

        /// A stored file.
        package init(_ name: String, _ content: [UInt8]) {
            self.name = Array(name.utf8)
            packed = content
            byteCount = content.count
            checksum = ZipMaker.checksum(content)
        }

        package init(_ name: String, _ content: String) { self.init(name, Array(content.utf8)) }
    }

    package var entries: [Entry]
    package var prefix: [UInt8] = []
    /// Between the entries and the directory.
    package var gap: [UInt8] = []
    package var comment: [UInt8] = []
    package var disk: UInt16 = 0
    /// What the end says of the directory, where it differs.
    package var count: Int?
    package var directoryOffset: Int?
    package var directoryLength: Int?
    /// Right before the end.
    package var locator: [UInt8] = []

    package init(_ entries: [Entry]) { self.entries = entries }

    package static func stored(_ files: KeyValuePairs<String, String>) -> [UInt8] {
        ZipMaker(files.map { Entry($0.key, $0.value) }).bytes
    }

    package var bytes: [UInt8] {
        var bytes = prefix
        var offsets: [Int] = []
        for entry in entries {
            offsets.append(entry.offset ?? bytes.count)
            if entry.isListedOnly { continue }
            bytes += word32(0x0403_4B50) + word16(20) + word16(entry.flags)
            bytes += word16(entry.localMethod ?? entry.method) + word32(0) + sizes(entry)
            let name = entry.localName ?? entry.name
            bytes += word16(UInt16(name.count)) + word16(0) + name + entry.packed
        }
        bytes += gap
        let start = bytes.count
        for (entry, offset) in zip(entries, offsets) {
            bytes += word32(0x0201_4B50) + word16(entry.madeBy) + word16(20) + word16(entry.flags)
            bytes += word16(entry.method) + word32(0) + sizes(entry)
            bytes += word16(UInt16(entry.name.count)) + word16(UInt16(entry.extra.count)) + word16(0)
            bytes += word16(entry.disk) + word16(0) + word32(UInt32(entry.mode) << 16)
            bytes += word32(UInt32(truncatingIfNeeded: offset)) + entry.name + entry.extra
        }
        let length = bytes.count - start
        let count = UInt16(truncatingIfNeeded: self.count ?? entries.count)
        bytes += locator
        bytes += word32(0x0605_4B50) + word16(disk) + word16(disk) + word16(count) + word16(count)
        bytes += word32(UInt32(truncatingIfNeeded: directoryLength ?? length))
        bytes += word32(UInt32(truncatingIfNeeded: directoryOffset ?? start))
        bytes += word16(UInt16(comment.count)) + comment
        return bytes
    }

    private func sizes(_ entry: Entry) -> [UInt8] {
        word32(entry.checksum) + word32(UInt32(truncatingIfNeeded: entry.packedCount ?? entry.packed.count))
            + word32(UInt32(truncatingIfNeeded: entry.byteCount))
    }

    private func word16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private func word32(_ value: UInt32) -> [UInt8] {
        word16(UInt16(value & 0xFFFF)) + word16(UInt16(value >> 16))
    }

    /// CRC-32, bit by bit: not the code that is tested.
    package static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
