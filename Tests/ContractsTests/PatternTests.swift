import Contracts
import Testing

@Suite struct `Patterns` {
    @Test(arguments: [
        ("^pay_[0-9A-Z]{26}$", "pay_01JD3V5K8M01JD3V5K8M01JD3V", true),
        ("^pay_[0-9A-Z]{26}$", "pay_01JD3V5K8M", false),
        ("a|b|", "", true), ("^(a|b)+$", "abba", true), ("^(a|b)+$", "abca", false),
        ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("b$", "abc", false),
        ("^a{2,3}$", "a", false), ("^a{2,3}$", "aa", true), ("^a{2,3}$", "aaaa", false),
        ("^a{2,}$", "aaaaa", true), ("^a{0}$", "", true), ("^x{$", "x{", true),
        ("^[^\\d\\s]+$", "abc", true), ("^[^\\d\\s]+$", "ab c", false), ("^[\\w.-]+$", "a.b-c_9", true),
        ("^[]$", "", false), ("^[^]$", "x", true), ("^[a\\-z]$", "-", true), ("^[a-]$", "-", true),
        ("\\bcat\\b", "a cat!", true), ("\\bcat\\b", "concat", false), ("^\\Bx", "x", false),
        ("^.$", "\n", false), ("^.$", "é", true), ("^.$", "😀", true), ("^\\u00e9$", "é", true),
        ("^\\ud83d\\ude00$", "😀", true), ("^\\u{1F600}$", "😀", true), ("^\\x41\\cA$", "A\u{1}", true),
        ("^\\p{L}+$", "Жизнь", true), ("^\\p{Lu}$", "a", false), ("^\\P{L}$", "1", true),
        ("^[^\\p{L}]$", "a", false), ("^(?:ab)*?$", "abab", true), ("^(?<year>\\d{4})-", "2026-", true),
        ("^\\S+@\\S+$", "a@b", true), ("(^a|b)c", "xbc", true), ("(^a|b)c", "xac", false),
        ("^(a*)*$", "aaab", false), ("^\\/\\.$", "/.", true), ("^\\d$", "٣", false),
    ]) func `match as in ECMAScript`(_ source: String, _ text: String, _ expected: Bool) throws {
        #expect(try Pattern(source).matches(text) == expected)
    }

    @Test(arguments: [
        "(", ")", "[a", "a**", "*a", "a{2,1}", "\\", "\\1", "(a)\\1", "\\k<a>", "(?=a)", "(?!a)",
        "(?<=a)", "(?<!a)", "(?i)a", "[z-a]", "\\y", "\\u{110000}", "\\xZ1", "\\p{Greek}", "\\p",
        "(?<a", "\\ud800", "{2}", "^*", "((a{100}){100}){100}", "a{99999}",
    ]) func `that cannot run in linear time or are wrong are refused`(_ source: String) {
        #expect(throws: PatternError.self) { try Pattern(source) }
    }

    @Test func `nested groups are bounded`() {
        let source = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
        #expect(throws: PatternError.self) { try Pattern(source) }
    }

    @Test func `a pattern that makes others explode is linear`() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try !Pattern("^(a+)+$").matches(text))
        #expect(try !Pattern("^(a|a)*$").matches(text))
    }
}
