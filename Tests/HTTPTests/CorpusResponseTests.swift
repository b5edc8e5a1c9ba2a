import TestSupport
import Testing

@testable import HTTP

@Suite(.enabled(if: Corpus.isPresent, "corpus absent"))
struct `Corpus responses` {
    private enum Verdict: Equatable {
        case head(Int, fields: [String], rest: Int)
        case incomplete
        case refused(HTTPParseError)
    }

    private func read(_ bytes: [UInt8], cutAt cuts: [Int] = []) -> Verdict {
        var parser = ResponseHeadParser(answering: .get, limits: HTTPLimits())
        var start = 0
        for end in cuts + [bytes.count] {
            let piece = Array(bytes[start..<end])
            do throws(HTTPParseError) {
                let parsed = try piece.withUnsafeBufferPointer { piece throws(HTTPParseError) in
                    try parser.parse(UnsafeRawBufferPointer(piece))
                }
                if let (head, consumed) = parsed {
                    return .head(
                        head.status.code, fields: head.fields.map(\.name),
                        rest: bytes.count - start - consumed)
                }
            } catch {
                return .refused(error)
            }
            start = end
        }
        return .incomplete
    }

    @Test func `errors and what needs leniency are refused`() throws {
        for message in try CorpusMessage.named("response")
        where message.llhttp.outcome == "error" || message.kind.contains("lenient") {
            // One input stops inside its bad line; a line is judged once it is whole.
            let verdict = read(message.bytes + Array("\r\n".utf8))
            guard case .refused = verdict else {
                Issue.record("\(message.name): \(verdict)")
                continue
            }
        }
    }

    @Test func `accepted ones read the same, but for other protocols and old versions`() throws {
        // Not HTTP/1, or an empty line before the status line, which only requests may have.
        let stricter = ["RTSP", "ICE", "HTTP version 0.9", "starting with CRLF"]
        for message in try CorpusMessage.named("response")
        where message.llhttp.outcome == "accepted" && !message.kind.contains("lenient") {
            let verdict = read(message.bytes)
            if stricter.contains(where: message.name.contains) {
                guard case .refused = verdict else {
                    Issue.record("\(message.name)")
                    continue
                }
                continue
            }
            guard case .head(_, let fields, _) = verdict else {
                Issue.record("\(message.name): \(verdict)")
                continue
            }
            // One input has its document's Markdown in it, and another message's log.
            if message.bytes.firstRange(of: Array("```".utf8)) != nil { continue }
            #expect(message.llhttp.spans("header_field").starts(with: fields), "\(message.name)")
        }
    }

    @Test func `every message gives the same verdict at every split`() throws {
        for message in try CorpusMessage.named("response") {
            let whole = read(message.bytes)
            for cut in 0...message.bytes.count {
                #expect(read(message.bytes, cutAt: [cut]) == whole, "\(message.name) at \(cut)")
            }
            #expect(read(message.bytes, cutAt: Array(0..<message.bytes.count)) == whole)
        }
    }
}
