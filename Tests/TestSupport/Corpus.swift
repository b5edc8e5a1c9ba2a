import Glibc

/// Real contracts, schemas and test vectors, kept beside the project and never inside it.
///
/// Found through `SBX_CORPUS`, else at `../shared/corpus` seen from the folder of Package.swift.
/// Tests that need it are skipped where it is absent: `.enabled(if: Corpus.isPresent, "corpus absent")`.
package enum Corpus {
    package static var isPresent: Bool { root != nil }

    /// The path of a file or folder of the corpus. Only after ``isPresent`` was seen.
    package static func path(_ relative: String) -> String {
        guard let root else { preconditionFailure("the corpus is absent") }
        return relative.isEmpty ? root : root + "/" + relative
    }

    /// A file's content; nil if it cannot be read.
    package static func bytesIfPresent(_ relative: String) -> [UInt8]? {
        Files.bytes(path(relative))
    }

    /// A file's content. A missing file is a mistake of the test.
    package static func bytes(_ relative: String) -> [UInt8] {
        guard let bytes = bytesIfPresent(relative) else {
            preconditionFailure("no corpus file \(relative)")
        }
        return bytes
    }

    /// Names inside a folder, sorted, without hidden ones.
    package static func names(in folder: String) -> [String] {
        Files.names(in: path(folder))
    }

    private static let root: String? = {
        let found = Files.environment("SBX_CORPUS") ?? Project.root.map { $0 + "/../shared/corpus" }
        guard let found, Files.isFolder(found) else { return nil }
        return found
    }()
}

/// The project's own folder, the one with Package.swift.
package enum Project {
    package static let root: String? = {
        var folder = String(#filePath)
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            if access(folder + "/Package.swift", F_OK) == 0 { return folder }
        }
        return nil
    }()

    /// The content of a file of the project.
    package static func bytes(_ relative: String) -> [UInt8] {
        guard let root, let bytes = Files.bytes(root + "/" + relative) else {
            preconditionFailure("no project file \(relative)")
        }
        return bytes
    }
}

/// The few file operations that tests need.
package enum Files {
    package static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return ferror(file) == 0 ? content : nil }
            content += chunk[..<count]
        }
    }

    /// Names in a folder, sorted, without `.` and `..`; those that begin with a dot on demand.
    package static func names(in path: String, hidden: Bool = false) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let isHidden = name.hasPrefix(".")
            if !isHidden || (hidden && name != "." && name != "..") { names.append(name) }
        }
        return names.sorted()
    }

    package static func isFolder(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return false }
        closedir(folder)
        return true
    }

    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
