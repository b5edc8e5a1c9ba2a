/// The files of a ZIP archive in memory (APPNOTE 6.3), read strictly.
///
/// Only what its directory and its entries agree upon is taken, so that there are no two ways to
/// read one archive: nothing before the first entry or between directory and end, no two entries
/// over the same bytes, no name twice. Read are files that are stored or deflated; encryption,
/// ZIP64, several disks, links and other methods are refused by name. Nothing is written to a disk.
///
///     entry 1 │ entry 2 │ … │ directory │ end of directory │ comment
package struct ZipArchive: Sendable {
    /// The files, in the directory's order; folders are left out.
    package let entries: [ZipEntry]
    private let bytes: [UInt8]

    /// Reads the directory and what stands before each file; the files themselves are read by
    /// ``contents(of:)``.
    package init(_ bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(ZipError) {
        let reader = ZipDirectory(bytes: bytes, limits: limits)
        entries = try reader.entries().filter { !$0.isFolder }
        self.bytes = bytes
    }

    /// Whether the bytes begin as an archive does, which no JSON or YAML can.
    package static func isOne(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// The file's bytes, whose length and checksum are those that the directory promises.
    package func contents(of entry: ZipEntry) throws(ZipError) -> [UInt8] {
        let packed = bytes[entry.content]
        let contents: [UInt8]
        switch entry.method {
        case .stored: contents = Array(packed)
        case .deflated:
            guard let inflated = Inflation.inflate(packed, count: entry.byteCount) else {
                throw .malformed("its content does not have the length promised", entry: entry.name)
            }
            contents = inflated
        }
        guard Inflation.checksum(contents) == entry.checksum else {
            throw .malformed("its content does not have the checksum promised", entry: entry.name)
        }
        return contents
    }
}

/// A file of an archive, as the archive's directory tells of it.
package struct ZipEntry: Sendable {
    enum Method: UInt16 {
        case stored = 0
        case deflated = 8
    }

    /// A relative path with `/`, without `..`.
    package let name: String
    /// Bytes when unpacked.
    package let byteCount: Int
    let method: Method
    /// CRC-32 of the content.
    let checksum: UInt32
    /// Where the packed bytes stand in the archive.
    let content: Range<Int>
    /// What the entry takes of the archive, from its own header on.
    let extent: Range<Int>

    var isFolder: Bool { name.hasSuffix("/") }
}
