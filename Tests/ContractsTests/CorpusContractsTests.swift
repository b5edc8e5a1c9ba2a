import Contracts
import TestSupport
import Testing

/// Every published contract of the corpus, as its vendor publishes it.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `Published contracts` {
    static let names =
        Corpus.isPresent
        ? Corpus.names(in: "openapi").filter { $0.hasSuffix(".json") || $0.hasSuffix(".yaml") } : []

    @Test(arguments: names) func `are read, with all operations that they have`(_ name: String) throws {
        let clock = ContinuousClock()
        var document = JSONValue.null
        let parsing = try clock.measure { document = try JSONValue(contract: Corpus.bytes("openapi/" + name)) }
        let start = clock.now
        let contract = try Contract(lazily: document)
        let reading = clock.now - start
        contract.operations.last?.prepare()
        let first = clock.now - start
        let problems = contract.problems()
        let all = clock.now - start
        // Xero writes 14 operations under a template that another path has already.
        let unreachable = contract.warnings.filter { $0.reason.hasPrefix("another path of the same form") }
        #expect(contract.operations.count + unreachable.count == expected(name))
        print("measured contract \(name): \(contract.operations.count) operations, parse \(parsing), "
            + "read \(reading), first operation \(first), all \(all), warnings \(contract.warnings.count + problems.count)"
            + (contract.warnings + problems).prefix(3).map { "\n    \($0)" }.joined())
    }

    @Test func `say what they refer to and what was not sent along`() throws {
        let name = "openapi/camara-otp/API_definitions/one-time-password-sms.yaml"
        let alone = try Contract(lazily: JSONValue(contract: Corpus.bytes(name)))
        #expect(alone.problems().first?.reason.contains("was not sent along") == true)
    }

    /// The number of operations that `INDEX.tsv` counts.
    private func expected(_ name: String) -> Int? {
        let index = String(decoding: Corpus.bytes("openapi/INDEX.tsv"), as: UTF8.self)
        let row = index.split(separator: "\n").first { $0.hasPrefix(name + "\t") }
        return row.flatMap { Int($0.split(separator: "\t", omittingEmptySubsequences: false)[4]) }
    }
}
