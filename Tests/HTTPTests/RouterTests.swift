import Testing

@testable import HTTP

@Suite struct `Routing` {
    private let router: Router<String> = {
        var router = Router<String>()
        router.add(.get, "/", "home")
        router.add(.get, "/v1/sandboxes", "list")
        router.add(.post, "/v1/sandboxes", "create")
        router.add(.get, "/v1/sandboxes/{id}", "get")
        router.add(.delete, "/v1/sandboxes/{id}", "delete")
        router.add(.post, "/v1/sandboxes/import", "import")
        router.add(.get, "/v1/sandboxes/{id}/clock", "clock")
        router.add(.get, "/v1/sandboxes/import/log/{n}", "import log")
        router.add(.get, "/v1/sandboxes/{sandbox}/entities/{type}/{entity}", "entity")
        router.add(.get, "/assets/{path...}", "asset")
        return router
    }()

    private func answer(_ method: HTTP.Method, _ path: String) -> String {
        switch router.match(method, Array(path.utf8)[...]) {
        case .found(let handler, let parameters, _):
            let names = ["id", "sandbox", "type", "entity", "path", "n"]
            let values = names.compactMap { name in parameters[name].map { "\(name)=\($0)" } }
            return ([handler] + values).joined(separator: " ")
        case .methodNotAllowed(let allow): return "405 \(allow)"
        case .notFound: return "404"
        case .badPath(let fault): return "400 \(fault)"
        }
    }

    @Test(arguments: [
        ("/", "home"),
        ("/v1/sandboxes", "list"),
        ("/v1/sandboxes/a", "get id=a"),
        ("/v1/sandboxes/a%2Fb%20c", "get id=a/b c"),
        ("/v1/sand%62oxes/a", "get id=a"),
        ("/v1/sandboxes/a/clock", "clock id=a"),
        ("/v1/sandboxes/import/clock", "clock id=import"),
        ("/v1/sandboxes/import/log/7", "import log n=7"),
        ("/v1/sandboxes/a/entities/b/c", "entity sandbox=a type=b entity=c"),
        ("/assets/a/b.js", "asset path=a/b.js"),
        ("/assets/", "asset path="),
        ("/v1", "404"),
        ("/v1/", "404"),
        ("/v1/sandboxes/", "404"),
        ("/v1/sandboxes//clock", "404"),
        ("/v1/sandboxes/a/", "404"),
        ("/V1/sandboxes", "404"),
        ("*", "404"),
        ("/v1/sandboxes/%zz", "400 badPercentEscape"),
        ("/v1/sandboxes/%ff", "400 notUTF8"),
    ])
    func `finds`(path: String, expected: String) {
        #expect(answer(.get, path) == expected)
    }

    @Test func `a concrete path decides before a template, its methods too`() {
        #expect(answer(.post, "/v1/sandboxes/import") == "import")
        #expect(answer(.get, "/v1/sandboxes/import") == "405 POST")
    }

    @Test func `HEAD is answered by GET and both are allowed`() {
        #expect(answer(.head, "/v1/sandboxes/a") == "get id=a")
        #expect(answer(.put, "/v1/sandboxes/a") == "405 DELETE, GET, HEAD")
        #expect(answer(.head, "/v1/sandboxes/import") == "405 POST")
    }

    @Test func `lists its routes`() {
        #expect(router.routes.count == 10)
        #expect(router.routes.contains(.init(method: .post, pattern: "/v1/sandboxes/import")))
    }
}
