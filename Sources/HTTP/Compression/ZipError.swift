/// Why an archive, or a file in it, is refused. Entries are named as the archive names them.
package enum ZipError: Error, Hashable, Sendable {
    /// It has no directory at its end, as when it was cut.
    case noDirectory
    /// The directory or an entry contradicts itself.
    case malformed(String, entry: String?)
    /// Something that archives may have and that is not read here.
    case unsupported(String, entry: String?)
    /// A name that is no plain path inside the archive, or that is there twice.
    case name(String, reason: String)
    /// More than one of ``ZipLimits``.
    case tooLarge(String, entry: String?)

    /// The entry concerned; nil for the archive as a whole.
    package var entry: String? {
        switch self {
        case .noDirectory: nil
        case .malformed(_, let entry), .unsupported(_, let entry), .tooLarge(_, let entry): entry
        case .name(let name, _): name
        }
    }

    /// A sentence part in plain words.
    package var reason: String {
        switch self {
        case .noDirectory: "the archive has no directory at its end; it may have been cut"
        case .malformed(let what, _): "the archive is damaged: \(what)"
        case .unsupported(let what, _): "\(what) is not read"
        case .name(_, let reason): reason
        case .tooLarge(let what, _): what
        }
    }
}
