import Contracts
import TestSupport

@testable import Identity

/// The vectors of `corpus/jose`, read without interpretation.
enum CorpusVectors {
    static func document(_ name: String) throws -> JSONValue {
        try JSONParser.parse(Corpus.bytes("jose/\(name)"))
    }

    /// Wycheproof's groups with their tests.
    static func groups(_ name: String) throws -> [(group: JSONValue, tests: [JSONValue])] {
        try document("wycheproof/\(name)")["testGroups"]?.array?.map {
            ($0, $0["tests"]?.array ?? [])
        }
            ?? []
    }

    static func bytes(hex: String?) -> [UInt8] {
        let digits = Array((hex ?? "").utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}
