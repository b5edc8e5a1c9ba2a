import TestSupport
import Testing

@testable import HTTP

@Suite struct `ZIP archives` {
    private typealias Entry = ZipMaker.Entry

    private func entry(_ name: String = "a.yaml", _ change: (inout Entry) -> Void) -> ZipMaker {
        var entry = Entry(name, "a: 1")
        change(&entry)
        return ZipMaker([entry])
    }

    private func deflated(_ name: String, _ content: [UInt8]) -> Entry {
        var entry = Entry(name, content)
        entry.method = 8
        // A gzip file is ten bytes of header, the deflated bytes, and eight at the end.
        entry.packed = Array(Gzip.compress(content).dropFirst(10).dropLast(8))
        return entry
    }

    private func refusal(_ maker: ZipMaker, limits: ZipLimits = ZipLimits()) -> ZipError? {
        refusal(maker.bytes, limits: limits)
    }

    private func refusal(_ bytes: [UInt8], limits: ZipLimits = ZipLimits()) -> ZipError? {
        do throws(ZipError) {
            let archive = try ZipArchive(bytes, limits: limits)
            for entry in archive.entries { _ = try archive.contents(of: entry) }
            return nil
        } catch {
            return error
        }
    }

    @Test func `are read, stored and deflated, in order, without their folders`() throws {
        let long = Array(String(repeating: "openapi: 3.1.0\n", count: 2_000).utf8)
        var folder = Entry("schemas/", "")
        folder.mode = 0o040755
        var maker = ZipMaker([
            Entry("b.yaml", "b: 1"), folder, deflated("schemas/ä.json", long), deflated("empty", []),
        ])
        maker.comment = Array("made by a test".utf8)
        #expect(ZipArchive.isOne(maker.bytes))
        let archive = try ZipArchive(maker.bytes)
        #expect(archive.entries.map(\.name) == ["b.yaml", "schemas/ä.json", "empty"])
        #expect(archive.entries.map(\.byteCount) == [4, 30_000, 0])
        #expect(try archive.contents(of: archive.entries[0]) == Array("b: 1".utf8))
        #expect(try archive.contents(of: archive.entries[1]) == long)
        #expect(try archive.contents(of: archive.entries[2]) == [])
        #expect(try ZipArchive(ZipMaker([]).bytes).entries.isEmpty)
    }

    @Test(arguments: [
        ("/etc/passwd", "absolute"), ("C:/a.yaml", "absolute"), ("../a.yaml", "leads out"),
        ("a/../../b.yaml", "leads out"), ("a/..", "leads out"), ("a\\b.yaml", "backslash"),
        ("a\u{0}.yaml", "control"), ("a//b.yaml", "empty part"), ("./a.yaml", "empty part"),
        ("", "empty"), (String(repeating: "a", count: 1_025), "longer than 1024"),
    ])
    func `with a name that is no plain path are refused`(name: String, reason: String) {
        let error = refusal(entry(name) { _ in })
        #expect(error?.entry == name)
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `with a name twice, or that is not UTF-8, are refused`() {
        let twice = ZipMaker([Entry("a.yaml", "1"), Entry("a.yaml", "2")])
        #expect(refusal(twice) == .name("a.yaml", reason: "the archive has that name twice"))
        #expect(refusal(entry { $0.name = [0x61, 0xFF] })?.reason == "a name in the archive is not UTF-8")
    }

    @Test func `with what is not read are refused by its name`() {
        let unsupported = { (maker: ZipMaker) -> String? in
            guard case .unsupported(let what, _) = refusal(maker) else { return nil }
            return what
        }
        #expect(unsupported(entry { $0.flags = 1 }) == "an encrypted file")
        #expect(unsupported(entry { $0.flags = 0x2000 }) == "an encrypted file")
        #expect(unsupported(entry { $0.flags = 0x20 }) == "a patch")
        #expect(unsupported(entry { $0.method = 9 }) == "compression by Deflate64")
        #expect(unsupported(entry { $0.method = 99 }) == "compression by AES encryption")
        #expect(unsupported(entry { $0.method = 1_000 }) == "compression by method 1000")
        #expect(unsupported(entry { $0.mode = 0o120777 }) == "a symbolic link")
        #expect(unsupported(entry { $0.mode = 0o060644 }) == "an entry that is neither file nor folder")
        #expect(unsupported(entry { $0.disk = 1 }) == "an archive on several disks")
        #expect(unsupported(entry { $0.byteCount = Int(UInt32.max) }) == "ZIP64")
        #expect(unsupported(entry { $0.extra = [1, 0, 8, 0] + [UInt8](repeating: 0, count: 8) }) == "ZIP64")
        var maker = entry { _ in }
        maker.disk = 1
        #expect(unsupported(maker) == "an archive on several disks")
        maker = entry { _ in }
        maker.count = 0xFFFF
        #expect(unsupported(maker) == "ZIP64")
        maker = entry { _ in }
        maker.locator = [0x50, 0x4B, 0x06, 0x07] + [UInt8](repeating: 0, count: 16)
        #expect(unsupported(maker) == "ZIP64")
    }

    @Test func `that contradict themselves are refused`() {
        let isDamaged = { (maker: ZipMaker) -> Bool in
            if case .malformed = refusal(maker) { true } else { false }
        }
        #expect(isDamaged(entry { $0.checksum ^= 1 }))
        #expect(isDamaged(entry { $0.byteCount += 1 }))
        #expect(isDamaged(entry { $0.localName = Array("b.yaml".utf8) }))
        #expect(isDamaged(entry { $0.localMethod = 8 }))
        #expect(isDamaged(entry { $0.offset = 1 }))
        #expect(isDamaged(entry { $0.offset = 1_000_000 }))
        #expect(isDamaged(entry("folder/") { _ in }))
        #expect(isDamaged(entry { $0.packedCount = 1_000; $0.byteCount = 1_000 }))
        var longer = deflated("a", Array("hello hello hello".utf8))
        longer.byteCount -= 1
        #expect(isDamaged(ZipMaker([longer])))
        longer.byteCount += 2
        #expect(isDamaged(ZipMaker([longer])))
        var more = deflated("a", Array("hello hello hello".utf8))
        more.packed.append(0)
        #expect(isDamaged(ZipMaker([more])))
        for change in [
            { $0.prefix = [1, 2, 3] }, { $0.directoryOffset = 3 }, { $0.directoryLength = 3 },
            { $0.count = 2 }, { $0.count = 0 },
        ] as [(inout ZipMaker) -> Void] {
            var maker = entry { _ in }
            change(&maker)
            #expect(isDamaged(maker))
        }
    }

    @Test func `whose entries share bytes are refused`() {
        var second = Entry("b.yaml", "a: 1")
        second.localName = Array("a.yaml".utf8)
        second.offset = 0
        second.isListedOnly = true
        second.name = Array("a.yaml".utf8)
        var first = Entry("a.yaml", "a: 1")
        #expect(refusal(ZipMaker([first, second])) == .name("a.yaml", reason: "the archive has that name twice"))
        // A quoted entry: the first one's content holds the second one whole.
        let inner = ZipMaker([Entry("b.yaml", "b: 1")]).bytes.prefix(30 + 6 + 4)
        first = Entry("a.yaml", Array(inner))
        second = Entry("b.yaml", "b: 1")
        second.offset = 30 + 6
        second.isListedOnly = true
        #expect(refusal(ZipMaker([first, second])) == .malformed("two entries share bytes", entry: "b.yaml"))
    }

    @Test func `end at their bounds`() {
        var limits = ZipLimits()
        limits.entriesMax = 2
        let three = ZipMaker([Entry("a", "1"), Entry("b", "2"), Entry("c", "3")])
        #expect(refusal(three)  == nil)
        #expect(refusal(three, limits: limits) == .tooLarge("the archive has more than 2 entries", entry: nil))
        limits = ZipLimits()
        limits.bytesMax = 3
        #expect(refusal(three, limits: limits) == nil)
        limits.bytesMax = 2
        #expect(refusal(three, limits: limits) == .tooLarge("the archive holds more than 2 bytes when unpacked", entry: nil))
        limits = ZipLimits()
        limits.entryBytesMax = 4
        #expect(refusal(entry { _ in }, limits: limits) == nil)
        limits.entryBytesMax = 3
        #expect(refusal(entry { _ in }, limits: limits) == .tooLarge("it holds more than 3 bytes when unpacked", entry: "a.yaml"))
    }

    @Test func `that are bombs are refused before they are unpacked`() throws {
        let zeros = deflated("bomb", [UInt8](repeating: 0, count: 5_000_000))
        #expect(refusal(ZipMaker([zeros])) == .tooLarge("it grows by more than 200 times when unpacked", entry: "bomb"))
        // One that lies about its size gives no more than it promised.
        var liar = zeros
        liar.byteCount = 65_536
        guard case .malformed = refusal(ZipMaker([liar])) else {
            Issue.record("taken")
            return
        }
    }

    @Test func `are refused when they are cut anywhere, and survive any changed byte`() {
        let whole = ZipMaker([Entry("a.yaml", "a: 1"), deflated("b.yaml", Array("b: 1, b: 1".utf8))]).bytes
        for count in 0..<whole.count { #expect(refusal(Array(whole[..<count])) != nil) }
        for place in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[place] ^= 1 << bit
                // Times, versions and attributes mean nothing here; no more is asked than an end.
                _ = refusal(damaged)
            }
        }
    }
}
