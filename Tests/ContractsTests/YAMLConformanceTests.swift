import Contracts
import TestSupport
import Testing

/// The YAML test suite: what has a JSON form must come out as that form, what is broken must be
/// refused. Where libyaml differs, it mostly refuses; the values that it reads otherwise are named.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `YAML conformance` {
    @Test func `values come out as the suite says or are refused`() throws {
        var counts = (same: 0, refused: 0, taken: 0, all: 0)
        var deviations: [String] = []
        for file in Corpus.names(in: "yaml/test-suite") where file.hasSuffix(".yaml") {
            let cases = try YAMLParser.parse(Corpus.bytes("yaml/test-suite/" + file)).array ?? []
            for (number, test) in cases.enumerated() {
                guard let text = test["yaml"]?.string else { continue }
                counts.all += 1
                let result = try? YAMLParser.parse(plain(text))
                let isBroken = (test["fail"] ?? cases[0]["fail"])?.bool == true
                let expected = (test["json"]?.string).flatMap { try? JSONParser.parse($0) }
                switch (result, expected) {
                case (let result?, let expected?) where result.means(expected): counts.same += 1
                case (nil, nil) where isBroken: counts.refused += 1
                case (nil, _): deviations.append("\(file)#\(number) refused")
                case (.some, nil) where !isBroken: counts.taken += 1
                case (.some, _):
                    deviations.append("\(file)#\(number) \(isBroken ? "taken" : "changed")")
                }
            }
        }
        print("measured yaml: \(counts.all) cases, \(counts.same) same, \(counts.refused) rightly refused, "
            + "\(counts.taken) without JSON form taken, \(deviations.count) deviations: "
            + deviations.joined(separator: ", "))
        // docs/decisions/0013-json-schema-in-full.md says why.
        let known = ["HM87.yaml#1 changed", "L24T.yaml#1 changed", "Y2GN.yaml#0 changed"]
        #expect(deviations.filter { $0.hasSuffix("changed") } == known)
        #expect(counts.all > 170)
    }

    /// The suite writes invisible characters visibly.
    private func plain(_ text: String) -> String {
        var text = text
        for (sign, meaning) in [
            ("␣", " "), ("————»", "\t"), ("———»", "\t"), ("——»", "\t"), ("—»", "\t"), ("»", "\t"),
            ("←", "\r"), ("⇔", "\u{FEFF}"), ("↵", ""), ("∎\n", ""),
        ] {
            text = text.split(separator: sign, omittingEmptySubsequences: false).joined(separator: meaning)
        }
        return text
    }
}
