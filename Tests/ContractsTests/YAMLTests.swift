import Contracts
import Testing

@Suite struct `YAML` {
    @Test(arguments: [
        ("no", #""no""#), ("yes", #""yes""#), ("on", #""on""#), ("True", "true"), ("~", "null"),
        ("", "null"), ("0o17", "15"), ("017", "17"), ("0x1F", "31"), ("+1", "1"), (".5", "0.5"),
        ("1.", "1"), ("1.10", "1.10"), ("-0", "-0"), ("1e3", "1e3"), ("1_000", #""1_000""#),
        ("12345678901234567890123", "12345678901234567890123"), ("2022-04-12", #""2022-04-12""#),
        ("1.2.3", #""1.2.3""#), ("12:30", #""12:30""#), ("'1'", #""1""#), ("!!str 1", #""1""#),
        ("0b1", #""0b1""#), ("+", #""+""#), (".", #"".""#),
    ]) func `scalars follow the core schema of 1.2`(_ text: String, _ json: String) throws {
        #expect(try YAMLParser.parse("a: " + text + "\n")["a"]?.description == json)
    }

    @Test func `keys are what is written`() throws {
        let value = try YAMLParser.parse("200: a\n1.0: b\ntrue: c\n'x': d\n")
        #expect(value.object?.names == ["200", "1.0", "true", "x"])
    }

    @Test func `aliases repeat, merges fill in`() throws {
        let value = try YAMLParser.parse("a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n")
        #expect(value == ["a": ["b": 1, "c": 2], "d": ["b": 1, "c": 2], "e": ["c": 3, "b": 1]])
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "line 2, column 1: the key \"a\" occurs twice"),
        ("a: .inf\n", "line 1, column 4: .inf is a number that JSON does not have"),
        ("a: !mine 1\n", "line 1, column 4: the tag !mine is not supported"),
        ("a: &x [*x]\n", "line 1, column 8: &x contains itself"),
        ("a: *y\n", "line 1, column 4: there is no anchor &y before this alias"),
        ("[a]: 1\n", "line 1, column 1: a key is a plain text, a number or a quoted text"),
        ("a\n--- b\n", "line 2, column 1: there is more than one document"),
        ("a: b: c\n", "line 1, column 5: mapping values are not allowed in this context"),
        ("", "line 1, column 1: there is no document"),
    ]) func `what JSON cannot hold is refused with its place`(_ text: String, _ message: String) {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
        #expect(error?.description == message)
    }

    @Test func `an alias bomb and deep nesting end at their bounds`() {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bomb) }
        #expect(error?.reason == "aliases repeat more than 1000000 values")

        let deep = String(repeating: "[", count: 10_000)
        let tooDeep = #expect(throws: YAMLError.self) { try YAMLParser.parse(deep) }
        #expect(tooDeep?.reason.contains("deeper than 512 levels") == true)
    }
}
