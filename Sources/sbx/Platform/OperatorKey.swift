import Gateway
import Glibc
import Postgres
import Runtime

/// The operator's key: as given, or drawn and printed once at the first start. Only its digest is
/// kept, in the data folder.
enum OperatorKey {
    private static let fileName = "admin-key.sha256"

    static func digest(_ configuration: PlatformConfiguration) throws -> [UInt8] {
        if let key = configuration.adminKey { return AdminKey.digest(Array(key.utf8)) }
        let path = configuration.dataPath + "/" + fileName
        if let kept = FileReading.bytes(of: path) { return kept }
        let key = "test_ak_" + draw()
        let digest = AdminKey.digest(Array(key.utf8))
        try keep(digest, in: path)
        print("admin key, shown this once: \(key)")
        return digest
    }

    /// 32 characters of 5 bits: 160 random bits.
    private static func draw() -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let characters = SystemRandom().bytes(32).map { alphabet[Int($0 & 31)] }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func keep(_ digest: [UInt8], in path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SystemError("open \(path)") }
        defer { close(file) }
        guard write(file, digest, digest.count) == digest.count, fsync(file) == 0 else {
            throw SystemError("write \(path)")
        }
    }
}
