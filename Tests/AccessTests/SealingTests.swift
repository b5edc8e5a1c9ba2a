import Glibc
import Runtime
import TestSupport
import Testing

@testable import Access

@Suite struct `Sealing` {
    private let plain = Array("whsec_and a secret".utf8)

    private func keys(_ bytes: UInt8...) -> MasterKeys {
        MasterKeys(
            keys: bytes.map { [UInt8](repeating: $0, count: 32) }, random: SeededRandom(seed: 1))
    }

    @Test func `what was sealed opens for the same purpose only`() throws {
        let keys = keys(1)
        let sealed = keys.seal(plain, for: "a")
        #expect(try keys.open(sealed, for: "a") == plain)
        #expect(throws: SealingError.broken) { try keys.open(sealed, for: "b") }
    }

    @Test func `nothing opens that was changed or cut, wherever`() throws {
        let keys = keys(1)
        let sealed = keys.seal(plain, for: "a")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealingError.self) { try keys.open(changed, for: "a") }
            #expect(throws: SealingError.self) { try keys.open(Array(sealed[..<index]), for: "a") }
        }
    }

    @Test func `the same text is sealed differently each time, and never shown`() {
        let keys = keys(1)
        let (one, other) = (keys.seal(plain, for: "a"), keys.seal(plain, for: "a"))
        #expect(one != other)
        #expect(!String(decoding: one, as: UTF8.self).contains("secret"))
    }

    @Test func `after a rotation old values open, and without the old key they do not`() throws {
        let sealed = keys(1).seal(plain, for: "a")
        #expect(try keys(2, 1).open(sealed, for: "a") == plain)
        #expect(throws: SealingError.unknownKey) { try keys(2).open(sealed, for: "a") }
        let fresh = keys(2, 1).seal(plain, for: "a")
        #expect(try keys(2).open(fresh, for: "a") == plain)
    }
}

@Suite struct `The file of master keys` {
    private let folder = TemporaryFolder(named: "master-keys")

    private var file: MasterKeyFile { MasterKeyFile(folder: folder.path, random: SystemRandom()) }

    @Test func `is made at the first start, for its owner alone, and read at the next`() throws {
        let sealed = try file.loadOrCreate().seal([1, 2, 3], for: "a")
        var status = stat()
        #expect(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(try file.loadOrCreate().open(sealed, for: "a") == [1, 2, 3])
    }

    @Test func `gets a new key in front of the old ones`() throws {
        let old = try file.loadOrCreate()
        let sealed = old.seal([1, 2, 3], for: "a")
        try file.rotate()
        let new = try file.loadOrCreate()
        #expect(new.keys.count == 2)
        #expect(new.keys[1].bytes == old.keys[0].bytes)
        #expect(try new.open(sealed, for: "a") == [1, 2, 3])
    }

    @Test func `is refused when others may read it, and when it holds no keys`() throws {
        _ = try file.loadOrCreate()
        chmod(file.path, 0o640)
        #expect(throws: MasterKeyFile.Failure.notPrivate(path: file.path)) {
            try file.loadOrCreate()
        }
        chmod(file.path, 0o600)
        truncate(file.path, 10)
        #expect(throws: MasterKeyFile.Failure.notKeys(path: file.path)) { try file.loadOrCreate() }
    }
}
