import Foundation
import TestSupport
import Testing

@testable import HTTP

@Suite(.enabled(if: Corpus.isPresent, "corpus absent"))
struct `Corpus requests` {
    @Test func `there are sixty-eight of them`() throws {
        #expect(try CorpusMessage.named("request").count == 68)
    }

    @Test func `whatever llhttp calls an error is refused`() throws {
        for message in try CorpusMessage.named("request") where message.llhttp.outcome == "error" {
            let exchange = playExchange(message.addressed)
            // Bytes after a closing request are no error here: they are never read.
            if message.name.contains("No restart when keep-alive is off") {
                #expect(exchange.heads.count == 1)
                continue
            }
            guard case .refused = exchange.end else {
                Issue.record("\(message.name): \(exchange.end)")
                continue
            }
        }
    }

    @Test func `what needs a lenient parser is refused`() throws {
        for message in try CorpusMessage.named("request") where message.kind.contains("lenient") {
            let exchange = playExchange(message.addressed)
            // What follows a closing request is never read, so there is nothing to refuse.
            if message.kind == "request-lenient-keep-alive" {
                #expect(exchange.heads.count == 1)
                continue
            }
            guard case .refused = exchange.end else {
                Issue.record("\(message.name): \(exchange.end)")
                continue
            }
        }
    }

    @Test func `a request without Host is refused whatever llhttp says`() throws {
        for message in try CorpusMessage.named("request") {
            let text = String(decoding: message.bytes, as: UTF8.self)
            let head = text.prefix(upTo: text.range(of: "\r\n\r\n")?.upperBound ?? text.endIndex)
            guard head.hasSuffix("\r\n\r\n"), head.contains("HTTP/1.1"),
                !head.lowercased().contains("\r\nhost:")
            else { continue }
            guard case .refused(let error) = playExchange(message.bytes).end else {
                Issue.record("\(message.name)")
                continue
            }
            #expect(error.status == 400)
        }
    }

    @Test func `what both accept reads the same`() throws {
        var compared = 0
        for message in try CorpusMessage.named("request") where message.llhttp.outcome == "accepted" {
            // A few inputs have their document's Markdown in them, and another message's log.
            guard message.bytes.firstRange(of: Array("```".utf8)) == nil,
                let ours = playExchange(message.addressed).heads.first
            else { continue }
            compared += 1
            let theirs = message.llhttp
            #expect(ours.method.description == theirs.spans("method").first, "\(message.name)")
            #expect(ours.target == theirs.spans("url").first, "\(message.name)")
            let names = ours.fields.compactMap { $0.split(separator: ":").first.map(String.init) }
            let added = message.isAddressed ? 0 : 1
            let lines = names.dropLast(added)
            #expect(
                theirs.spans("header_field").starts(with: lines)
                    || theirs.log.contains { $0.contains("\\") }, "\(message.name)")
        }
        // Two in three of the 45 that llhttp accepts; the rest are lenient or incomplete.
        #expect(compared >= 28)
    }

    @Test func `every message gives the same verdict at every split`() throws {
        for message in try CorpusMessage.named("request") {
            for bytes in [message.bytes, message.addressed] {
                let whole = playExchange(bytes)
                for cut in 0...bytes.count {
                    #expect(playExchange(bytes, cutAt: [cut]) == whole, "\(message.name) at \(cut)")
                }
                #expect(playExchange(bytes, cutAt: Array(0..<bytes.count)) == whole)
            }
        }
    }
}

extension CorpusMessage {
    private static let emptyLine = Array("\r\n\r\n".utf8)

    /// Whether the first head has a Host of its own.
    var isAddressed: Bool {
        String(decoding: bytes, as: UTF8.self).lowercased().contains("\r\nhost:")
    }

    /// The message with a Host added to every complete head that has none, so that a verdict is
    /// about what the case is about.
    var addressed: [UInt8] {
        guard !isAddressed else { return bytes }
        var result: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstRange(of: CorpusMessage.emptyLine) {
            result += rest[..<end.lowerBound]
            let isHead = rest[..<end.lowerBound].firstRange(of: Array(" HTTP/".utf8)) != nil
            if isHead { result += Array("\r\nHost: corpus.test".utf8) }
            result += CorpusMessage.emptyLine
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
