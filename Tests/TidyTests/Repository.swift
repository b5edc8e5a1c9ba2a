import Foundation

/// The files of this repository, as the tests of this folder read them.
enum Repository {
    /// The folder that holds `Package.swift`.
    static let root: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
            precondition(folder.path != "/", "no Package.swift above \(#filePath)")
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// Paths relative to the root of the regular files below `folder`, sorted; none if it is absent.
    static func files(below folder: String, withSuffix suffix: String = "") -> [String] {
        let start = root.appending(path: folder).path
        guard let names = FileManager.default.enumerator(atPath: start) else { return [] }
        return names.compactMap { $0 as? String }
            .filter { $0.hasSuffix(suffix) && isFile("\(folder)/\($0)") }
            .map { "\(folder)/\($0)" }
            .sorted()
    }

    static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let full = root.appending(path: path).path
        return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
            && !isFolder.boolValue
    }

    /// Whether a file or a folder stands at `path`.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).standardized.path)
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func lines(_ path: String) throws -> [Substring] {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Every line of Swift code in `Sources`, with the place to name in a failure.
    static func sourceLines() throws -> [SourceLine] {
        try files(below: "Sources", withSuffix: ".swift").flatMap { path in
            try lines(path).enumerated().map { SourceLine(path: path, number: $0 + 1, text: $1) }
        }
    }
}

struct SourceLine {
    let path: String
    let number: Int
    let text: Substring

    var place: String { "\(path):\(number)" }

    /// What stands before a comment. A `//` inside a string ends it too early, which is harmless
    /// here: the rules look for words that no string of ours needs.
    var code: Substring {
        text.firstRange(of: "//").map { text[..<$0.lowerBound] } ?? text
    }
}
