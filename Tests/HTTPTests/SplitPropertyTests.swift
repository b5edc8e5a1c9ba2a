import Runtime
import Testing

@testable import HTTP

@Suite struct `Damaged messages` {
    private static let seeds = [
        "POST /v1/payments?a=b HTTP/1.1\r\nHost: a.test:8080\r\nContent-Length: 5\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: u\r\n\r\n",
        "GET http://a/ HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ].map { Array($0.utf8) }

    /// Bytes that grammars turn on, so that damage is more often near a rule.
    private static let sharp = Array("\r\n \t:;,0aF\"%/?#@[]\0\u{7F}".utf8) + [0xFF]

    @Test(arguments: 0..<8)
    func `give the same verdict at every split`(seed: UInt64) {
        let random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            let bytes = Self.damaged(random)
            let whole = playExchange(bytes)
            let cut = Int(random.next() % UInt64(bytes.count + 1))
            #expect(playExchange(bytes, cutAt: [cut]) == whole, "seed \(seed): \(bytes)")
            #expect(
                playExchange(bytes, cutAt: Array(0..<bytes.count)) == whole,
                "seed \(seed): \(bytes)")
        }
    }

    private static func damaged(_ random: SeededRandom) -> [UInt8] {
        var bytes = seeds[Int(random.next() % UInt64(seeds.count))]
        for _ in 0...(random.next() % 3) {
            let position = Int(random.next() % UInt64(bytes.count))
            let byte = sharp[Int(random.next() % UInt64(sharp.count))]
            switch random.next() % 4 {
            case 0: bytes[position] = byte
            case 1: bytes.insert(byte, at: position)
            case 2: bytes.remove(at: position)
            default: bytes.insert(contentsOf: bytes[(position / 2)..<position], at: position)
            }
        }
        return bytes
    }
}
