import Testing

@testable import Contracts

@Suite struct `Runtime expressions` {
    @Test func `name a value of a call`() {
        for (text, expression) in [
            ("$url", .url), ("$method", .method), ("$statusCode", .statusCode),
            ("$request.header.X-Back.To", .request(.header("X-Back.To"))),
            ("$request.query.queryUrl", .request(.query("queryUrl"))),
            ("$request.path.id", .request(.path("id"))), ("$request.body", .request(.body(.root))),
            ("$request.body#", .request(.body(.root))),
            ("$request.body#/a~1b/0", .request(.body("/a~1b/0"))),
            ("$response.body#/status", .response(.body("/status"))),
            ("$response.header.Location", .response(.header("Location"))),
        ] as [(String, RuntimeExpression)] {
            #expect(RuntimeExpression(text) == expression, "\(text)")
        }
    }

    @Test(arguments: [
        "", "url", "$URL", "$url.x", "$request", "$request.", "$request.cookie.a", "$request.query.",
        "$request.query", "$request.body/a", "$request.body#a", "$request.body#/~2",
        "$response.query.a", "$response.path.a", "$inputs.a",
    ])
    func `are nothing else`(_ text: String) {
        #expect(RuntimeExpression(text) == nil)
    }

    @Test func `stand in braces within a text, or alone`() throws {
        let whole = try #require(RuntimeTemplate("http://x/{$request.path.id}?to={$url}&a"))
        #expect(
            whole.parts == [
                .text("http://x/"), .expression(.request(.path("id"))), .text("?to="),
                .expression(.url), .text("&a"),
            ])
        #expect(RuntimeTemplate("$url")?.parts == [.expression(.url)])
        #expect(RuntimeTemplate("{$url}{$method}")?.parts.count == 2)
        #expect(RuntimeTemplate("http://x/")?.parts == [.text("http://x/")])
    }

    @Test(arguments: ["{", "}", "{}", "a{$url", "{$url}}", "{{$url}}", "{id}", "{$request.body#/a}b}"])
    func `refuse a text whose braces hold none`(_ text: String) {
        #expect(RuntimeTemplate(text) == nil)
    }

    @Test func `are bounded in number`() {
        let many = String(repeating: "{$url}", count: Limits.templatePartsMax)
        #expect(RuntimeTemplate(many) != nil)
        #expect(RuntimeTemplate(many + "{$url}") == nil)
        let mixed = String(repeating: "a{$url}", count: Limits.templatePartsMax / 2)
        #expect(RuntimeTemplate(mixed)?.parts.count == Limits.templatePartsMax)
        #expect(RuntimeTemplate(mixed + "a") == nil, "texts count too")
    }
}
