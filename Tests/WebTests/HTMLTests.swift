import Contracts
import HTTP
import Testing

@testable import Web

@Suite struct `Building HTML` {
    @Test func `text between braces is escaped`() {
        let html = paragraph { "<img src=x onerror=\"alert('1')\"> & \u{202E}more" }
        #expect(
            html.text
                == "<p>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; \u{202E}more</p>")
    }

    @Test func `the value of an attribute is escaped`() {
        let html = link(.href("/s/a?text=\"><script>")) { "x" }
        #expect(html.text == "<a href=\"/s/a?text=&quot;&gt;&lt;script&gt;\">x</a>")
    }

    @Test func `a flag that is not set and a missing part leave nothing`() {
        let nothing: HTML? = nil
        let html = Web.option(.value("a"), .flag("selected", if: false)) { nothing }
        #expect(html.text == "<option value=\"a\"></option>")
    }

    @Test func `void elements have no end`() {
        #expect(Web.input(.name("a"), .flag("required")).text == "<input name=\"a\" required>")
    }

    @Test func `bytes that HTML cannot hold are replaced`() {
        #expect(HTML("a\u{0}b\rc").text == "a\u{FFFD}b&#13;c")
    }
}

@Suite struct `Texts of pages` {
    @Test(arguments: [
        (5_000, "usd", "50.00 USD"), (5, "eur", "0.05 EUR"), (0, "usd", "0.00 USD"),
        (-1_250, "eur", "-12.50 EUR"), (1_000, "jpy", "1000 JPY"), (1_234, "kwd", "1.234 KWD"),
    ])
    func `money is shown in its own notation`(minorUnits: Int64, currency: String, shown: String) {
        #expect(Money.text(minorUnits: minorUnits, currency: currency) == shown)
    }

    @Test func `JSON is laid out without losing order or digits`() {
        let bytes = JSONLayout.bytes(["b": [1, "x"], "a": [:], "e": []])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "{\n  \"b\": [\n    1,\n    \"x\"\n  ],\n  \"a\": {},\n  \"e\": []\n}")
    }

    @Test func `an instant loses its fraction and says that it is UTC`() {
        #expect(Moment.shown("2026-01-02T03:04:05.678Z") == "2026-01-02 03:04:05 UTC")
        #expect(Moment.shown("soon") == "soon")
    }
}

@Suite struct `Choosing a language` {
    @Test func `the query stands above what was chosen before, and that above the browser's wish`() {
        #expect(Language.wanted(query: "zh", chosen: "en", ["Accept-Language": "en"]) == .chinese)
        #expect(Language.wanted(query: "fr", chosen: "zh", ["Accept-Language": "en"]) == .chinese)
        #expect(Language.wanted(query: nil, chosen: nil, ["Accept-Language": "fr, zh-CN;q=0.8, en"]) == .chinese)
        #expect(Language.wanted(query: nil, chosen: nil, [:]) == .english)
    }
}

@Suite struct `Addresses of the portal` {
    private func route(_ pattern: String) -> Route {
        Route(.get, pattern) { _ throws(Fault) in throw .notFound }
    }

    @Test func `a pattern names the parts of a path`() {
        let route = route("/s/{sandbox}/requests/{request}")
        #expect(
            route.match(["s", "shop", "requests", "req_1"])
                == ["sandbox": "shop", "request": "req_1"])
        #expect(route.match(["s", "shop", "requests"]) == nil)
        #expect(route.match(["s", "", "requests", "req_1"]) == nil)
        #expect(route.match(["s", "shop", "runs", "req_1"]) == nil)
    }

    @Test func `no two routes answer the same method and pattern`() {
        let names = Portal.allRoutes.map { route in
            "\(route.method) /" + route.pattern.map { $0.hasPrefix("{") ? "{}" : $0 }.joined(separator: "/")
        }
        #expect(Set(names).count == names.count)
    }

    @Test func `the platform API keeps its paths`() {
        let portal = Portal()
        for path in ["/v1/sandboxes", "/admin/v1/tenants", "/healthz", "/openapi.json", "/docs/problems/x"] {
            #expect(!portal.answers(Array(path.utf8)[...]), "\(path)")
        }
        for path in ["/", "/home", "/s/shop/runs", "/assets/x/portal.css"] {
            #expect(portal.answers(Array(path.utf8)[...]), "\(path)")
        }
    }
}
