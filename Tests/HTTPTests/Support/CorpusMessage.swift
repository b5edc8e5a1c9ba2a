import Foundation
import TestSupport

/// One message of the corpus with llhttp's verdict on it.
struct CorpusMessage: Decodable {
    let name: String
    let meta: [String: Meta]
    let input_base64: String
    let llhttp: Judgement

    var bytes: [UInt8] { Array(Data(base64Encoded: input_base64) ?? Data()) }
    var kind: String {
        if case .text(let kind)? = meta["type"] { kind } else { "" }
    }

    struct Judgement: Decodable {
        let outcome: String
        let log: [String]

        /// Texts of all spans of one kind, e.g. `header_field`.
        func spans(_ kind: String) -> [String] {
            log.compactMap { line in
                guard let start = line.range(of: "span[\(kind)]=\""), line.hasSuffix("\"") else {
                    return nil
                }
                return String(line[start.upperBound...].dropLast())
            }
        }
    }

    enum Meta: Decodable {
        case text(String)
        case flag(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    /// Every message of the files in `http1/` whose name starts with `prefix`.
    static func named(_ prefix: String) throws -> [CorpusMessage] {
        try Corpus.names(in: "http1")
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
            .flatMap { name in
                try JSONDecoder().decode(
                    [CorpusMessage].self, from: Data(Corpus.bytes("http1/\(name)")))
            }
    }
}
