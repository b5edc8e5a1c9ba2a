import Contracts
import TestSupport
import Testing

/// The vectors of JSONTestSuite: `y_` must be taken, `n_` refused, `i_` is ours to decide.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `JSON conformance` {
    static let files = Corpus.isPresent ? Corpus.names(in: "json/test_parsing") : []

    @Test(arguments: files) func `each vector is taken or refused as its name says`(_ file: String) throws {
        let bytes = Corpus.bytes("json/test_parsing/" + file)
        let value = try? JSONParser.parse(bytes)
        if file.hasPrefix("y_") { #expect(value != nil) }
        if file.hasPrefix("n_") { #expect(value == nil) }
        if let value {
            #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
            #expect(try JSONParser.parse(JSONWriter.bytes(value, .pretty)) == value)
        }
    }

    @Test func `the suite is complete`() {
        #expect(Self.files.count > 150)
    }
}
