import Glibc
package import Runtime

/// The master keys in the data folder: one a line in hexadecimal, the current one first, mode 0600.
/// Gateways and workers of one platform share the file; without it sealed values are lost, so it
/// belongs into every backup, apart from the database's.
package struct MasterKeyFile: Sendable {
    package enum Failure: Error, Sendable, Hashable {
        /// Somebody else may read it: keys that were seen are no keys.
        case notPrivate(path: String)
        case notKeys(path: String)
        case failed(path: String, errno: Int32)
    }

    private static let name = "master-keys"

    let path: String
    private let random: any RandomSource

    package init(folder: String, random: any RandomSource) {
        path = folder + "/" + Self.name
        self.random = random
    }

    /// Reads the keys; at the first start there is none yet, and one is drawn.
    package func loadOrCreate() throws(Failure) -> MasterKeys {
        if let keys = try read() { return MasterKeys(keys: keys, random: random) }
        return try write([random.bytes(Limits.masterKeyBytes)])
    }

    /// Puts a new key in front. What the old ones sealed still opens.
    @discardableResult
    package func rotate() throws(Failure) -> MasterKeys {
        try write([random.bytes(Limits.masterKeyBytes)] + (try read() ?? []))
    }

    /// Nil when there is no file.
    private func read() throws(Failure) -> [[UInt8]]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw .failed(path: path, errno: errno) }
            return nil
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw .notPrivate(path: path)
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: Limits.masterKeyFileBytes) {
            buffer, count in
            count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
        }
        let keys = bytes.split(separator: UInt8(ascii: "\n")).map { Self.key(Array($0)) }
        guard !keys.isEmpty, keys.allSatisfy({ $0.count == Limits.masterKeyBytes }) else {
            throw .notKeys(path: path)
        }
        return keys
    }

    /// A new file in place of the old one, so that a crash leaves one of the two.
    private func write(_ keys: [[UInt8]]) throws(Failure) -> MasterKeys {
        var text: [UInt8] = []
        for key in keys {
            for byte in key {
                let digits = String(byte, radix: 16)
                text.append(contentsOf: (digits.count == 1 ? "0" + digits : digits).utf8)
            }
            text.append(UInt8(ascii: "\n"))
        }
        let temporary = path + ".new"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .failed(path: temporary, errno: errno) }
        defer { close(file) }
        guard Glibc.write(file, text, text.count) == text.count, fsync(file) == 0,
            rename(temporary, path) == 0
        else { throw .failed(path: path, errno: errno) }
        return MasterKeys(keys: keys, random: random)
    }

    /// Empty for anything but hexadecimal.
    private static func key(_ line: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: line.count - 1, by: 2) {
            let pair = String(decoding: line[start...(start + 1)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return [] }
            bytes.append(byte)
        }
        return bytes
    }
}
