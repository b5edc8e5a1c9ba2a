/// The names that entries of an archive may have: relative paths with `/`, in UTF-8.
enum ZipName {
    /// The text, or why it is refused.
    static func read(_ bytes: ArraySlice<UInt8>) throws(ZipError) -> String {
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw .name(
                String(decoding: bytes, as: UTF8.self), reason: "a name in the archive is not UTF-8")
        }
        guard let reason = fault(in: name) else { return name }
        throw .name(name, reason: reason)
    }

    private static func fault(in name: String) -> String? {
        if name.isEmpty { return "a name in the archive is empty" }
        if name.utf8.count > HTTPLimits.zipNameBytesMax {
            return "a name in the archive is longer than \(HTTPLimits.zipNameBytesMax) bytes"
        }
        if name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            return "a name in the archive has a control character"
        }
        if name.utf8.contains(UInt8(ascii: "\\")) {
            return "a name in the archive has a backslash; folders are parted by /"
        }
        if name.hasPrefix("/") || isDrive(name) { return "a name in the archive is absolute" }
        // A folder's name ends with the separator.
        let path = name.hasSuffix("/") ? name.dropLast() : name[...]
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains("..") { return "a name in the archive leads out of it" }
        if parts.contains(where: { $0.isEmpty || $0 == "." }) {
            return "a name in the archive has an empty part"
        }
        return nil
    }

    /// `C:` and its like.
    private static func isDrive(_ name: String) -> Bool {
        let bytes = Array(name.utf8.prefix(2))
        return bytes.count == 2 && bytes[1] == UInt8(ascii: ":") && (bytes[0] | 0x20) &- 0x61 < 26
    }
}
