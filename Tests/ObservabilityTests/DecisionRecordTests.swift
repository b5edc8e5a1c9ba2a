import Contracts
import Testing

@testable import Observability

@Suite struct `The decision record` {
    @Test func `is stored small and published with names`() throws {
        var record = DecisionRecord()
        record.note(.identifySandbox, .passed, "host")
        record.note(.limit, .refused, "rate_limited", evidence: ["limit": 5])
        let stored = try JSONParser.parse(record.stored)
        #expect(
            stored == [
                ["identify_sandbox", "passed", "host"],
                ["quota_and_rate_limit", "refused", "rate_limited", ["limit": 5]],
            ])
        #expect(
            DecisionRecord.published(stored) == [
                ["step": "identify_sandbox", "verdict": "passed", "code": "host"],
                [
                    "step": "quota_and_rate_limit", "verdict": "refused", "code": "rate_limited",
                    "evidence": ["limit": 5],
                ],
            ])
        #expect(record.refusal?.code == "rate_limited")
    }

    @Test func `never exceeds its bound, whatever the evidence`() throws {
        for length in [0, 1, 1_900, 1_950, 1_980, 2_000, 2_048, 100_000] {
            for filling in ["x", "\u{1}", "\"", "é", "🙂"] {
                var record = DecisionRecord()
                for step in DecisionRecord.Step.allCases {
                    record.note(step, .passed, "a_code_that_is_as_long_as_codes_become")
                }
                record.note(
                    .validate, .refused, "validation_failed",
                    evidence: ["detail": .string(String(repeating: filling, count: length))])
                #expect(record.stored.count <= Limits.decisionBytes)
                let stored = try JSONParser.parse(record.stored)
                #expect(stored.array?.count == DecisionRecord.Step.allCases.count + 1)
            }
        }
    }
}
