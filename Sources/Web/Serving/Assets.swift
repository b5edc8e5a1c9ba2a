import CWebAssets
import HTTP
import Identifiers

/// Style sheets, scripts and images that the executable carries. Their address holds a mark of their
/// content, so that browsers keep them for good and a new version has a new address.
struct Assets: Sendable {
    private struct Asset {
        let contentType: String
        let bytes: [UInt8]
        /// Compressed once; nil where that gains nothing.
        let gzip: [UInt8]?
    }

    static let shared = Assets()

    private let byPath: [String: Asset]
    private let paths: [String: String]

    private init() {
        let files = (0..<sbx_asset_count()).map { index in
            let asset = sbx_asset_at(index).pointee
            return (
                name: String(cString: asset.name),
                bytes: Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
            )
        }
        // One mark for all: modules name each other by relative addresses.
        let mark = String(StableHash.of(files.flatMap(\.bytes)), radix: 36)
        var byPath: [String: Asset] = [:]
        var paths: [String: String] = [:]
        for (name, bytes) in files {
            let compressed = Gzip.compress(bytes)
            paths[name] = "/assets/\(mark)/\(name)"
            byPath["/assets/\(mark)/\(name)"] = Asset(
                contentType: Self.contentType(of: name), bytes: bytes,
                gzip: compressed.count < bytes.count ? compressed : nil)
        }
        self.byPath = byPath
        self.paths = paths
    }

    /// Where a page finds the file. One that is not carried is our own mistake.
    static func path(_ name: String) -> String {
        guard let path = shared.paths[name] else { preconditionFailure("no asset \(name)") }
        return path
    }

    static func names(below folder: String) -> [String] {
        shared.paths.keys.filter { $0.hasPrefix(folder) }.sorted()
    }

    /// A text that the executable carries.
    static func text(_ name: String) -> String {
        guard let asset = shared.byPath[path(name)] else { preconditionFailure("no asset \(name)") }
        return String(decoding: asset.bytes, as: UTF8.self)
    }

    static func answer(to head: RequestHead) -> PortalAnswer? {
        guard let asset = shared.byPath[head.path] else { return nil }
        let gzip = AcceptEncoding(head.fields).allowsGzip ? asset.gzip : nil
        var answer = PortalAnswer(200, contentType: asset.contentType, gzip ?? asset.bytes)
        answer.fields.append("Cache-Control", "public, max-age=31536000, immutable")
        answer.fields.append("Cross-Origin-Resource-Policy", "same-origin")
        answer.fields.append("Vary", "Accept-Encoding")
        if gzip != nil { answer.fields.append("Content-Encoding", "gzip") }
        return answer
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml; charset=utf-8"
        case "md": "text/markdown; charset=utf-8"
        default: preconditionFailure("no media type for \(name)")
        }
    }
}
