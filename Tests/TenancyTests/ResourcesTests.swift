import CResources
import Glibc
import Testing

@Suite struct `Embedded files` {
    @Test func `the list is the folders' content, byte for byte`() throws {
        var embedded: [String: [UInt8]] = [:]
        for index in 0..<sbx_resource_count() {
            let resource = sbx_resource_at(index).pointee
            embedded[String(cString: resource.name)] = Array(
                UnsafeBufferPointer(start: resource.bytes, count: resource.count))
        }
        var found: Set<String> = []
        for folder in ["migrations", "contracts"] {
            for name in try Self.names(in: Self.root + "/" + folder) {
                let path = "\(folder)/\(name)"
                found.insert(path)
                #expect(embedded[path] == Self.bytes(Self.root + "/" + path), "\(path)")
            }
        }
        #expect(Set(embedded.keys) == found)
    }

    /// The folder that holds Package.swift.
    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    private static func names(in folder: String) throws -> [String] {
        let directory = try #require(opendir(folder))
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return bytes
    }
}
