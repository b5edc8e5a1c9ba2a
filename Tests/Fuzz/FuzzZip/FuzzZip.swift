/// Any bytes: an archive that is taken holds no more than its bounds, under names that lead nowhere
/// else, and what a file holds is as long as it was said to be.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzZip(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var limits = ZipLimits()
    limits.entriesMax = 50
    limits.entryBytesMax = 1 << 16
    limits.bytesMax = 1 << 18
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let archive = try? ZipArchive(bytes, limits: limits) else { return 0 }
    precondition(archive.entries.count <= limits.entriesMax)
    precondition(Set(archive.entries.map(\.name)).count <= archive.entries.count)
    var total = 0
    for entry in archive.entries {
        precondition(!entry.name.isEmpty && !entry.name.hasPrefix("/"))
        precondition(!entry.name.split(separator: "/").contains(".."))
        guard let contents = try? archive.contents(of: entry) else { continue }
        precondition(contents.count == entry.byteCount)
        total += contents.count
    }
    precondition(total <= limits.bytesMax)
    return 0
}
