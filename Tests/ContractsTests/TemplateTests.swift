import Contracts
import Testing

@Suite struct `A template` {
    private static let vocabulary = TemplateVocabulary(
        roots: ["request"], helpers: ["next": .init(0...0, options: ["by"])],
        caseless: ["request", "headers"])

    /// A helper that counts, so that a test sees in which order places are filled.
    private struct Counter: TemplateWorld {
        var count: Int64 = 0

        mutating func call(
            _ helper: String, _ arguments: [JSONValue], _ options: [String: JSONValue]
        ) throws(TemplateRunFault) -> JSONValue {
            count += options["by"]?.int ?? 1
            return .int(count)
        }
    }

    private static let values: JSONValue = [
        "request": [
            "body": [
                "amount": 1250, "name": "Zoë \"Z\"", "empty": "", "none": .null,
                "items": [["sku": "a", "n": 2], ["sku": "b", "n": 0]], "a b": true,
            ],
            "headers": ["x-risk": "high"], "query": ["limit": "5"],
        ]
    ]

    private static func text(
        _ source: String, escaping: Template.Escaping = .none
    ) throws -> String {
        var run = TemplateRun(values, Counter())
        return try Template(source, vocabulary).text(&run, escaping: escaping)
    }

    @Test(arguments: [
        ("plain } text {", "plain } text {"),
        ("{{request.body.amount}} minor", "1250 minor"),
        ("{{ request.body.items.[1].sku }}{{request.body.items.0.n}}", "b2"),
        ("{{request.headers.X-Risk}}", "high"),
        ("{{request.body.[a b]}}", "true"),
        ("{{request.body.nothing.at.all}}|{{request.body.none}}", "|"),
        ("\\{{ stays }} {{! goes }}{{!-- {{so}} does this --}}.", "{{ stays }} ."),
        ("{{{request.body.amount}}}", "1250"),
        ("{{upper (default request.body.empty 'eur')}}", "EUR"),
        ("{{add (multiply request.body.amount 3) request.query.limit}}", "3755"),
        ("{{divide 7 2}} {{remainder -7 2}}", "3 -1"),
        ("{{#if request.body.empty}}a{{else if (ge request.body.amount 1000)}}b{{else}}c{{/if}}", "b"),
        ("{{#if (and request.body.amount (not request.body.none))}}yes{{/if}}", "yes"),
        ("{{#unless request.body.items.1.n}}none left{{else}}some{{/unless}}", "none left"),
        (
            "{{#each request.body.items}}{{@index}}:{{sku}}*{{this.n}} of {{../request.body.amount}}{{#unless @last}}, {{/unless}}{{/each}}",
            "0:a*2 of 1250, 1:b*0 of 1250"
        ),
        ("{{#each request.body.empty}}x{{else}}nothing{{/each}}", "nothing"),
        ("{{#each request.query}}{{@key}}={{this}}{{/each}}", "limit=5"),
        ("{{next}}{{next by=10}}{{next}}", "11112"),
        ("{{eq request.query.limit 5}} {{eq 'a' \"a\"}} {{contains 'abc' 'b'}}", "true true true"),
        ("{{json request.body.items}}", "[{\"sku\":\"a\",\"n\":2},{\"sku\":\"b\",\"n\":0}]"),
        ("{{length request.body.name}} {{join (lookup request.body 'items') '; '}}",
            "7 {\"sku\":\"a\",\"n\":2}; {\"sku\":\"b\",\"n\":0}"),
    ])
    func `is filled in`(source: String, wanted: String) throws {
        #expect(try Self.text(source) == wanted)
    }

    @Test(arguments: [
        ("{{request.body.amount", 0), ("ab {{#if request.body}}x", 3), ("x{{/if}}", 1),
        ("{{else}}", 0), ("{{colour}}", 2), ("{{shout request.body}}", 2), ("{{upper}}", 2),
        ("{{upper 'a' 'b'}}", 2), ("{{upper 'a}}", 8), ("{{> partial}}", 2), ("{{}}", 2),
        ("é{{#with request}}{{/with}}", 1), ("{{next in=2}}", 7), ("{{@index}}", 2),
        ("{{../request}}", 2), ("{{#each request}}{{/if}}", 17), ("{{#if (eq 1 2}}{{/if}}", 6),
    ])
    func `is refused with the place of the fault`(source: String, offset: Int) {
        #expect {
            _ = try Template(source, Self.vocabulary, at: "/answer/text")
        } throws: { error in
            let fault = error as? TemplateFault
            #expect(fault?.offset == offset, "\(fault?.description ?? "none")")
            return fault?.pointer == "/answer/text"
        }
    }

    @Test func `names what was probably meant`() {
        #expect {
            _ = try Template("{{uper request.body.name}}", Self.vocabulary)
        } throws: { ($0 as? TemplateFault)?.expected.contains("did you mean upper") ?? false }
    }

    @Test func `lets no value out of a JSON text's quotation marks`() throws {
        let text = try Self.text(
            "{\"name\": \"{{request.body.name}}\", \"amount\": {{request.body.amount}}}",
            escaping: .json)
        #expect(try JSONParser.parse(text) == ["name": "Zoë \"Z\"", "amount": 1250])
    }

    @Test func `keeps a text that begins with a combining mark inside its quotation marks`() throws {
        let text = "\u{6D6}f"
        let template = try Template(#"{"name":"{{request}}"}"#, Self.vocabulary)
        var run = TemplateRun(["request": .string(text)], Counter())
        let filled = try JSONParser.parse(template.text(&run, escaping: .json))
        #expect(filled["name"]?.string.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func `of JSON keeps the value where a text is one place, and points at its faults`() throws {
        let template = try JSONTemplate(
            ["amount": "{{request.body.amount}}", "of": ["{{request.body.items}}", "{{upper 'a'}}b"]],
            Self.vocabulary, at: "/answer/body")
        var run = TemplateRun(Self.values, Counter())
        #expect(
            try template.filled(&run)
                == ["amount": 1250, "of": [try #require(Self.values["request"]?["body"]?["items"]), "Ab"]])
        #expect {
            _ = try JSONTemplate(["a": [1, "{{no}}"]], Self.vocabulary, at: "/answer/body")
        } throws: { ($0 as? TemplateFault)?.pointer == "/answer/body/a/1" }
        let failing = try JSONTemplate(["a": "{{divide 1 0}}"], Self.vocabulary, at: "/answer/body")
        #expect { _ = try failing.filled(&run) } throws: {
            ($0 as? TemplateRunFault)?.pointer == "/answer/body/a"
        }
    }

    // MARK: Bounds

    @Test func `ends with its bounds, whatever it is made of`() throws {
        let deep = String(repeating: "{{#if request}}", count: 17) + String(repeating: "{{/if}}", count: 17)
        let nested = "{{" + String(repeating: "upper (", count: 18) + "'a'" + String(repeating: ")", count: 18) + "}}"
        let wide = String(repeating: "{{next}}", count: 2_001)
        let long = String(repeating: "a", count: 65_537)
        for source in [deep, nested, wide, long] {
            #expect(throws: TemplateFault.self) { _ = try Template(source, Self.vocabulary) }
        }
        let many: JSONValue = ["request": .array((0..<400).map { .int($0) })]
        let loops = try Template(
            "{{#each request}}{{#each @root.request}}{{#each @root.request}}{{this}}{{/each}}{{/each}}{{/each}}",
            Self.vocabulary)
        var run = TemplateRun(many, Counter())
        #expect { _ = try loops.text(&run) } throws: {
            ($0 as? TemplateRunFault)?.reason.contains("steps") ?? false
        }
        let big: JSONValue = ["request": .string(String(repeating: "x", count: 100_000))]
        let doubling = try Template(
            "{{#if (concat request request request request request request request request request request request request request request request request)}}{{#if (concat request request request request request request request request request request request request request request request request)}}x{{/if}}{{/if}}",
            Self.vocabulary)
        var heavy = TemplateRun(big, Counter())
        #expect { _ = try doubling.text(&heavy) } throws: {
            ($0 as? TemplateRunFault)?.reason.contains("bytes") ?? false
        }
    }

    @Test func `of any pieces is filled or refused, and never more than that`() throws {
        let pieces = [
            "{{", "}}", "{", "}", "#if ", "#each ", "/if", "/each", "else", "else if ", "request", ".",
            "body", "'", "\"", "(", ")", "upper ", "add ", "1", " ", "@index", "../", "this", "[", "]",
            "!", "--", "\\", "é", "\u{0}", "=", "~", "\n",
        ]
        var state: UInt64 = 0x5EED
        var filled = 0
        for _ in 0..<20_000 {
            var source = ""
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for _ in 0..<(state >> 33) % 14 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                source += pieces[Int((state >> 33) % UInt64(pieces.count))]
            }
            do {
                let template = try Template(source, Self.vocabulary)
                var run = TemplateRun(Self.values, Counter())
                _ = try template.text(&run, escaping: .json)
                filled += 1
            } catch is TemplateFault {
                continue
            } catch is TemplateRunFault {
                continue
            }
        }
        #expect(filled > 1_000)
    }
}
