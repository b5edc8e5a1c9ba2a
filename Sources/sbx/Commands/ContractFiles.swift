import Contracts
import Gateway
import Glibc

/// What a command sends as a contract: one file as it is, or several as the files of a form.
struct ContractFiles {
    let bytes: [UInt8]
    let contentType: String

    /// Files that belong to descriptions: they themselves, and examples beside them.
    private static let endings = [
        ".json", ".yaml", ".yml", ".xml", ".txt", ".csv", ".proto", ".wsdl", ".xsd",
    ]
    /// Folders inside each other; links could make a circle.
    private static let depthMax = 32
    /// What a platform takes in one upload.
    private static let filesMax = 4_000

    /// One file or archive, several files, or folders with all descriptions in them. Paths in the
    /// upload begin at the folder that all of them have in common.
    static func read(_ names: [String]) throws -> ContractFiles {
        if names.count == 1, !isFolder(names[0]) {
            return ContractFiles(
                bytes: try bytes(of: names[0]), contentType: "application/octet-stream")
        }
        var files: [(path: String, bytes: [UInt8])] = []
        for name in names {
            guard let path = absolute(name) else {
                throw UsageError("\(name) cannot be read: \(String(cString: strerror(errno)))")
            }
            for file in isFolder(path) ? try descriptions(in: path, depth: 0) : [path] {
                files.append((file, try bytes(of: file)))
            }
        }
        guard !files.isEmpty else { throw UsageError("there is no JSON and no YAML file in \(names[0])") }
        guard files.count <= filesMax else {
            throw UsageError("more than \(filesMax) files; name the ones that belong together")
        }
        let folder = names.count == 1 ? absolute(names[0]).map { $0 + "/" } : nil
        let start = (folder ?? commonFolder(files.map(\.path))).utf8.count
        return try form(files.map { (String(decoding: $0.path.utf8.dropFirst(start), as: UTF8.self), $0.bytes) })
    }

    /// The document that a file, a folder or an archive makes, read here without a platform.
    static func document(_ name: String, root: String? = nil) throws -> JSONValue {
        let sent = try read([name])
        let reading: SentContract.Reading
        do throws(ContractError) {
            reading = try SentContract.read(
                sent.bytes, contentType: sent.contentType, root: root)
        } catch {
            throw OperatorError("\(name): \(error.problems.first?.description ?? "it cannot be read")")
        }
        switch reading {
        case .contract(let contract): return contract.document
        case .otherKind(let kind): throw OperatorError("\(name): \(kind) is not available yet")
        case .malformedForm: preconditionFailure("a form of our own")
        }
    }

    private static func form(_ files: [(path: String, bytes: [UInt8])]) throws -> ContractFiles {
        // No file may hold the line that parts them.
        var number = 0
        while files.contains(where: { contains("--sbx-\(number)", $0.bytes) }) { number += 1 }
        var body: [UInt8] = []
        for file in files {
            guard !file.path.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") }) else {
                throw UsageError("\(file.path): such a name cannot be sent")
            }
            body += Array("--sbx-\(number)\r\n".utf8)
            body += Array("Content-Disposition: form-data; name=\"\(file.path)\"\r\n\r\n".utf8)
            body += file.bytes
            body += Array("\r\n".utf8)
        }
        body += Array("--sbx-\(number)--\r\n".utf8)
        return ContractFiles(
            bytes: body, contentType: "multipart/form-data; boundary=sbx-\(number)")
    }

    private static func contains(_ text: String, _ bytes: [UInt8]) -> Bool {
        let wanted = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            bytes.indices.contains { place in
                bytes[place] == wanted[0] && bytes[place...].starts(with: wanted)
            }
        }
    }

    // MARK: - Files

    static func bytes(of file: String) throws -> [UInt8] {
        guard let bytes = FileReading.bytes(of: file) else {
            throw UsageError("\(file) cannot be read: \(String(cString: strerror(errno)))")
        }
        return bytes
    }

    private static func absolute(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Links to folders are followed only where they are named.
    private static func isFolder(_ path: String) -> Bool { kind(path, stat) == S_IFDIR }

    private static func kind(
        _ path: String, _ status: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> CInt
    ) -> mode_t? {
        var found = Glibc.stat()
        return status(path, &found) == 0 ? found.st_mode & S_IFMT : nil
    }

    /// Sorted; without what begins with a dot.
    private static func descriptions(in folder: String, depth: Int) throws -> [String] {
        guard depth < depthMax else { throw UsageError("\(folder): folders are nested too deep") }
        guard let stream = opendir(folder) else {
            throw UsageError("\(folder) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        var files: [String] = []
        for name in names.sorted() {
            let path = folder + "/" + name
            switch kind(path, lstat) {
            case S_IFDIR: files += try descriptions(in: path, depth: depth + 1)
            case S_IFREG where endings.contains(where: name.lowercased().hasSuffix):
                files.append(path)
            default: continue
            }
        }
        return files
    }

    /// With the separator at its end.
    private static func commonFolder(_ paths: [String]) -> String {
        var common = paths[0].split(separator: "/").dropLast()
        for path in paths {
            let folders = path.split(separator: "/").dropLast()
            common = common.prefix(zip(common, folders).prefix { $0 == $1 }.count)
        }
        return common.reduce("/") { $0 + $1 + "/" }
    }
}
