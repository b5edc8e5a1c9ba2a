/// Bounds of what HTTP accepts and keeps. Every number says why it is what it is.
package struct HTTPLimits: Sendable {
    /// Bytes of a request target. RFC 9112 §3 wants at least 8,000 supported.
    package var targetBytesMax = 8_192
    /// Bytes of a whole head, request line and empty line included. Four times what most clients
    /// and proxies send at worst (8 KiB), because tokens with certificates travel in fields.
    package var headBytesMax = 32_768
    /// Field lines in a head. Browsers send about 20; 100 is the default of httpd and Envoy.
    package var fieldsMax = 100
    /// Bytes of a whole request body unless a route says otherwise: twice the largest contract
    /// that the platform promises to take (4 MB, DESIGN § 11).
    package var bodyBytesMax = 8 * 1_024 * 1_024
    /// Bytes of one chunk-size line with its extensions. Nobody sends extensions; a few hundred
    /// bytes keep a slow sender from feeding them for ever.
    package var chunkLineBytesMax = 256
    /// Bytes of all trailer fields of one body. They are checked and dropped.
    package var trailerBytesMax = 8_192

    package init() {}
}

extension HTTPLimits {
    /// Digits of a `Content-Length`: 19 hold every `Int`, more is an attempt at overflow.
    static let contentLengthDigitsMax = 19
    /// Hexadecimal digits of a chunk size, leading zeros included: 15 stay below `Int.max`.
    static let chunkSizeDigitsMax = 15
    /// Method, two spaces and ` HTTP/1.1` around the target, and the one empty line before it.
    static let requestLineOverheadBytes = 64
    /// Bytes of a method token. The longest registered one, UPDATEREDIRECTREF, has 17.
    static let methodBytesMax = 32
}

/// How far damage on purpose may go, whoever asked for it: a held connection costs a descriptor.
extension HTTPLimits {
    /// Before an answer. Beyond it common clients (30 to 60 s) have given up.
    static let faultLatencyMax = Duration.seconds(60)
    /// Without an answer. Beyond common proxies' patience of 60 s.
    static let faultSilenceMax = Duration.seconds(90)
    /// A slow body; what has not come by then never does.
    static let faultSlowBodyMax = Duration.seconds(120)
    /// Pieces of a slow body, so that a fast one is not sent byte by byte.
    static let faultSlowPiecesPerSecond = 20
}

/// What an archive may hold. The bytes of the archive itself are those of a body.
package struct ZipLimits: Sendable {
    /// Files and folders. The largest published contracts stand in some 1,500 files.
    package var entriesMax = 4_000
    /// Bytes of one file when unpacked: what a body may have.
    package var entryBytesMax = 8 * 1_024 * 1_024
    /// Bytes of all files when unpacked; contracts come with pictures and pages beside them.
    package var bytesMax = 32 * 1_024 * 1_024

    package init() {}
}

extension HTTPLimits {
    /// Bytes of an entry's name; file systems end at 4,096 for a path, real ones below 200.
    static let zipNameBytesMax = 1_024
    /// How much larger than its packed bytes a file may be. Deflate ends at 1,032; generated
    /// descriptions that repeat themselves reach some 40.
    static let zipRatioMax = 200
    /// Files up to so many bytes may grow as they like: a few of one repeated line do.
    static let zipFreeBytes = 65_536
}
