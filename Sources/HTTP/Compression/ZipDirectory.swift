/// Reads the directory at an archive's end, and holds each entry's own header against it.
struct ZipDirectory {
    let bytes: [UInt8]
    let limits: ZipLimits

    private enum Signature {
        static let entry: UInt32 = 0x0403_4B50
        static let directory: UInt32 = 0x0201_4B50
        static let end: UInt32 = 0x0605_4B50
        /// The sign of ZIP64 right before the end of the directory.
        static let locator64: UInt32 = 0x0706_4B50
    }

    // Bytes of the fixed parts (APPNOTE §§ 4.3.7, 4.3.12, 4.3.15, 4.3.16).
    private static let entryBytes = 30
    private static let directoryBytes = 46
    private static let endBytes = 22
    private static let locatorBytes = 20

    func entries() throws(ZipError) -> [ZipEntry] {
        let end = try endOfDirectory()
        var entries: [ZipEntry] = []
        var names = Set<[UInt8]>()
        var unpacked = 0
        var place = end.start
        for _ in 0..<end.count {
            let (entry, next) = try entry(at: place, directory: end.start..<end.place)
            // Compared as bytes: equal texts of other code points are other files.
            guard names.insert(Array(entry.name.utf8)).inserted else {
                throw .name(entry.name, reason: "the archive has that name twice")
            }
            unpacked += entry.byteCount
            guard unpacked <= limits.bytesMax else {
                throw .tooLarge(
                    "the archive holds more than \(limits.bytesMax) bytes when unpacked", entry: nil)
            }
            entries.append(entry)
            place = next
        }
        guard place == end.place else {
            throw .malformed("its directory is not as long as it says", entry: nil)
        }
        try refuseOverlaps(entries)
        return entries
    }

    private func endOfDirectory() throws(ZipError) -> (place: Int, start: Int, count: Int) {
        guard let place = placeOfEnd() else { throw .noDirectory }
        if place >= Self.locatorBytes, word32(place - Self.locatorBytes) == Signature.locator64 {
            throw .unsupported("ZIP64", entry: nil)
        }
        let (disk, firstDisk) = (word16(place + 4), word16(place + 6))
        let (onDisk, count) = (word16(place + 8), word16(place + 10))
        let (length, start) = (word32(place + 12), word32(place + 16))
        if count == .max || length == .max || start == .max {
            throw .unsupported("ZIP64", entry: nil)
        }
        guard disk == 0, firstDisk == 0, onDisk == count else {
            throw .unsupported("an archive on several disks", entry: nil)
        }
        guard count <= limits.entriesMax else {
            throw .tooLarge("the archive has more than \(limits.entriesMax) entries", entry: nil)
        }
        guard Int(start) + Int(length) == place else {
            throw .malformed("its directory does not stand where it says", entry: nil)
        }
        return (place, Int(start), Int(count))
    }

    /// The last place whose comment ends with the archive.
    private func placeOfEnd() -> Int? {
        guard bytes.count >= Self.endBytes else { return nil }
        let last = bytes.count - Self.endBytes
        // The comment's length has 16 bits.
        return stride(from: last, through: max(0, last - Int(UInt16.max)), by: -1).first { place in
            word32(place) == Signature.end && Int(word16(place + 20)) == last - place
        }
    }

    private func entry(
        at place: Int, directory: Range<Int>
    ) throws(ZipError) -> (entry: ZipEntry, next: Int) {
        guard place + Self.directoryBytes <= directory.upperBound,
            word32(place) == Signature.directory
        else { throw .malformed("its directory ends before its last entry", entry: nil) }
        let nameEnd = place + Self.directoryBytes + Int(word16(place + 28))
        let extraEnd = nameEnd + Int(word16(place + 30))
        let next = extraEnd + Int(word16(place + 32))
        guard next <= directory.upperBound else {
            throw .malformed("its directory ends before its last entry", entry: nil)
        }
        let name = try ZipName.read(bytes[(place + Self.directoryBytes)..<nameEnd])
        try refuseOtherKinds(at: place, extra: nameEnd..<extraEnd, name)
        let number = word16(place + 10)
        guard let method = ZipEntry.Method(rawValue: number) else {
            throw .unsupported("compression by \(Self.methodName(number))", entry: name)
        }
        let (packed, count) = (Int(word32(place + 20)), Int(word32(place + 24)))
        try refuseSizes(packed, count, method, name)
        let start = Int(word32(place + 42))
        let content = try content(
            at: start, count: packed, name: place + Self.directoryBytes..<nameEnd,
            method: number, before: directory.lowerBound, name)
        let entry = ZipEntry(
            name: name, byteCount: count, method: method, checksum: word32(place + 16),
            content: content, extent: start..<content.upperBound)
        return (entry, next)
    }

    /// Encryption, patches, ZIP64, disks, links and devices.
    private func refuseOtherKinds(
        at place: Int, extra: Range<Int>, _ name: String
    ) throws(ZipError) {
        let flags = word16(place + 8)
        // Bits 0, 6 and 13: encrypted, strongly encrypted, directory masked (APPNOTE § 4.4.4).
        guard flags & 0x2041 == 0 else { throw .unsupported("an encrypted file", entry: name) }
        guard flags & 0x0020 == 0 else { throw .unsupported("a patch", entry: name) }
        if word32(place + 20) == .max || word32(place + 24) == .max || word32(place + 42) == .max
            || hasExtra(0x0001, in: extra)
        {
            throw .unsupported("ZIP64", entry: name)
        }
        guard word16(place + 34) == 0 else {
            throw .unsupported("an archive on several disks", entry: name)
        }
        // Made on Unix or macOS: the upper half of the attributes is the mode.
        guard [3, 19].contains(word16(place + 4) >> 8) else { return }
        switch word32(place + 38) >> 28 {
        // None said, a folder, a file.
        case 0, 0o04, 0o10: return
        case 0o12: throw .unsupported("a symbolic link", entry: name)
        default: throw .unsupported("an entry that is neither file nor folder", entry: name)
        }
    }

    private func refuseSizes(
        _ packed: Int, _ count: Int, _ method: ZipEntry.Method, _ name: String
    ) throws(ZipError) {
        guard count <= limits.entryBytesMax else {
            throw .tooLarge(
                "it holds more than \(limits.entryBytesMax) bytes when unpacked", entry: name)
        }
        guard method == .deflated || packed == count else {
            throw .malformed("a stored file has two lengths", entry: name)
        }
        guard !name.hasSuffix("/") || count == 0 else {
            throw .malformed("a folder has content", entry: name)
        }
        guard count <= HTTPLimits.zipFreeBytes || count / HTTPLimits.zipRatioMax < packed else {
            throw .tooLarge(
                "it grows by more than \(HTTPLimits.zipRatioMax) times when unpacked", entry: name)
        }
    }

    /// Where the packed bytes stand, behind a header that says the same as the directory.
    private func content(
        at start: Int, count: Int, name: Range<Int>, method: UInt16, before directory: Int,
        _ entry: String
    ) throws(ZipError) -> Range<Int> {
        guard start + Self.entryBytes <= directory, word32(start) == Signature.entry else {
            throw .malformed("an entry does not stand where the directory says", entry: entry)
        }
        let nameStart = start + Self.entryBytes
        let nameEnd = nameStart + Int(word16(start + 26))
        let contentStart = nameEnd + Int(word16(start + 28))
        guard contentStart + count <= directory else {
            throw .malformed("an entry is longer than the archive", entry: entry)
        }
        guard bytes[nameStart..<nameEnd].elementsEqual(bytes[name]), word16(start + 8) == method
        else { throw .malformed("an entry says other things than the directory", entry: entry) }
        return contentStart..<(contentStart + count)
    }

    /// One piece of packed bytes behind many names makes much of little.
    private func refuseOverlaps(_ entries: [ZipEntry]) throws(ZipError) {
        let sorted = entries.sorted { $0.extent.lowerBound < $1.extent.lowerBound }
        if let first = sorted.first, first.extent.lowerBound != 0 {
            throw .malformed("something stands before its first entry", entry: nil)
        }
        for (entry, next) in zip(sorted, sorted.dropFirst())
        where entry.extent.upperBound > next.extent.lowerBound {
            throw .malformed("two entries share bytes", entry: next.name)
        }
    }

    /// Whether extra fields, each an id and a length, have that id; also if they cannot be read.
    private func hasExtra(_ id: UInt16, in extra: Range<Int>) -> Bool {
        var place = extra.lowerBound
        while place + 4 <= extra.upperBound {
            if word16(place) == id { return true }
            place += 4 + Int(word16(place + 2))
        }
        return false
    }

    private static func methodName(_ method: UInt16) -> String {
        switch method {
        case 1: "shrinking"
        case 2...5: "reducing"
        case 6: "imploding"
        case 9: "Deflate64"
        case 12: "bzip2"
        case 14: "LZMA"
        case 93: "Zstandard"
        case 95: "XZ"
        case 98: "PPMd"
        case 99: "AES encryption"
        default: "method \(method)"
        }
    }

    /// Little-endian; the place has been checked.
    private func word16(_ place: Int) -> UInt16 {
        UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }

    private func word32(_ place: Int) -> UInt32 {
        UInt32(word16(place)) | UInt32(word16(place + 2)) << 16
    }
}
