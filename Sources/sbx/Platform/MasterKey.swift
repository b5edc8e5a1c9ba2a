import Glibc
import Identity
import Postgres
import Runtime

/// The key that seals what the database must not know: given as 64 hexadecimal digits, or drawn at
/// the first start and kept in the data folder. Gateways over one database need the same.
enum MasterKey {
    private static let fileName = "master-key"

    static func loadOrCreate(_ configuration: PlatformConfiguration) throws -> [UInt8] {
        if let text = configuration.masterKey { return try read(text) }
        let path = configuration.dataPath + "/" + fileName
        if let kept = FileReading.bytes(of: path) {
            guard kept.count == MasterKeySealing.keyBytes else {
                throw OperatorError("\(path) does not hold \(MasterKeySealing.keyBytes) bytes")
            }
            return kept
        }
        let key = SystemRandom().bytes(MasterKeySealing.keyBytes)
        try keep(key, in: path)
        return key
    }

    private static func read(_ text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        guard digits.count == 2 * MasterKeySealing.keyBytes,
            bytes.count == MasterKeySealing.keyBytes
        else {
            throw UsageError("--master-key is \(2 * MasterKeySealing.keyBytes) hexadecimal digits")
        }
        return bytes
    }

    private static func keep(_ key: [UInt8], in path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SystemError("open \(path)") }
        defer { close(file) }
        guard write(file, key, key.count) == key.count, fsync(file) == 0 else {
            throw SystemError("write \(path)")
        }
    }
}
