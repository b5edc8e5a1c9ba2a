import HTTP
import Runtime
import Testing

@Suite struct `Denied hosts` {
    @Test(arguments: [
        ("api.prod.example", "http://api.prod.example/"),
        ("api.prod.example", "https://API.Prod.Example.:8443/a"),
        ("*.prod.example", "http://a.b.prod.example/"), ("*.prod.example", "http://prod.example/"),
        ("192.0.2.0/24", "http://192.0.2.7/"), ("192.0.2.7", "http://192.0.2.7/"),
        ("2001:db8::/32", "http://[2001:db8::1]/"),
    ])
    func `are refused by name and by address`(entry: String, url: String) throws {
        let denied = DeniedHosts([entry])
        let host = try ClientURL(url).host
        #expect(throws: DeniedHosts.Refusal.self) { try denied.check(host) }
    }

    @Test(arguments: [
        ("api.prod.example", "http://api.prod.example.org/"),
        ("api.prod.example", "http://my-api.prod.example/"),
        ("*.prod.example", "http://notprod.example/"), ("192.0.2.0/24", "http://192.0.3.1/"),
    ])
    func `are no others`(entry: String, url: String) throws {
        try DeniedHosts([entry]).check(ClientURL(url).host)
    }

    @Test(arguments: [
        "", "*", "*.", "http://a.example", "a.example/x", "a.example:80", "10.0.0.1/8", "0x7f.1", "a b",
    ])
    func `are written as names, addresses or ranges`(text: String) {
        #expect(DeniedHosts.entry(text) == nil)
    }

    @Test func `are not called, neither by their name nor by an address that it has`() async throws {
        let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { server.stop() }
        let url = try ClientURL("http://db.example:\(server.address.port)/")
        for (entry, host) in [("*.example", "db.example"), ("127.0.0.0/8", "127.0.0.1")] {
            let outcome = try await call(
                ClientRequest(.get, url), resolver: FixedResolver(answers: [[.loopback]]),
                denying: DeniedHosts([entry]))
            #expect(throws: ClientError.denied(.init(host: host, entry: entry))) {
                try outcome.get()
            }
        }
        #expect(server.requests.isEmpty)
    }
}
