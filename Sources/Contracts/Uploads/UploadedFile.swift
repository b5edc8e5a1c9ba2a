/// One file of an upload, by its path in it: `schemas/user.yaml`.
package struct UploadedFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Whether its name says that it is JSON or YAML.
    var isDocument: Bool {
        let name = path.lowercased()
        return name.hasSuffix(".json") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    /// Why a path is refused; nil for a relative one with `/` and without `..`.
    static func fault(inPath path: String) -> String? {
        if path.isEmpty { return "a file has no name" }
        if path.utf8.count > Limits.uploadPathBytesMax {
            return "a file's name is longer than \(Limits.uploadPathBytesMax) bytes"
        }
        if path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
            return "a file's name has a control character or a backslash; folders are parted by /"
        }
        if path.hasPrefix("/") { return "a file's name is absolute" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains("..") { return "a file's name leads out of the upload" }
        if parts.contains(where: { $0.isEmpty || $0 == "." }) {
            return "a file's name has an empty part"
        }
        return nil
    }
}

/// What an upload is.
package enum UploadOutcome: Sendable {
    case contract(BundledContract)
    /// A description of a kind that is known and not read: `AsyncAPI`.
    case otherKind(String)
}
