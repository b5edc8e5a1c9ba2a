import Runtime
import Testing

@testable import HTTP

/// What a server believes about clients behind a proxy.
@Suite struct `Trusted proxies` {
    private let proxies = TrustedProxies([
        AddressRange(literal: "10.0.0.0/8"), AddressRange(literal: "2001:db8::/32"),
    ])

    private func facts(
        from peer: String, _ fields: HeaderFields
    ) throws -> ConnectionFacts {
        let address = try #require(IPAddress(peer))
        return proxies.facts(
            ConnectionFacts(remoteAddress: address, remotePort: 1, isTLS: false), toldBy: fields)
    }

    @Test(arguments: [
        ("203.0.113.9", "203.0.113.9"), ("203.0.113.9, 10.1.1.1", "203.0.113.9"),
        // What the client claims stands before what the proxies saw.
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"), ("10.9.9.9,203.0.113.9,10.1.1.1", "203.0.113.9"),
        ("fe80::1, 2001:db9::7, 2001:db8::1", "2001:db9::7"),
        ("10.7.7.7, 10.1.1.1", "10.7.7.7"), ("nonsense, 10.1.1.1", "10.1.1.1"), ("nonsense", "10.0.0.1"),
        ("", "10.0.0.1"),
    ])
    func `name the client by the last address that is none of theirs`(
        list: String, client: String
    ) throws {
        let told = try facts(from: "10.0.0.1", ["X-Forwarded-For": list])
        #expect(told.remoteAddress.description == client)
        #expect(told.isForwarded)
    }

    @Test func `may write the list over several lines`() throws {
        let lines: HeaderFields = ["X-Forwarded-For": "203.0.113.9", "x-forwarded-for": "10.1.1.1"]
        #expect(try facts(from: "10.0.0.1", lines).remoteAddress.description == "203.0.113.9")
    }

    @Test(arguments: [("https", true), ("http", false), ("http, HTTPS", true), ("ftp", false)])
    func `say whether the client speaks TLS`(scheme: String, isTLS: Bool) throws {
        #expect(try facts(from: "10.0.0.1", ["X-Forwarded-Proto": scheme]).isTLS == isTLS)
    }

    @Test func `are none for a peer of another address: its fields are a client's words`() throws {
        let fields: HeaderFields = [
            "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https",
            "Forwarded": "for=203.0.113.9;proto=https",
        ]
        let told = try facts(from: "192.0.2.1", fields)
        #expect(told.remoteAddress.description == "192.0.2.1")
        #expect(!told.isTLS)
        #expect(!told.isForwarded)
    }

    @Test func `are not believed about what they do not write: Forwarded is passed on unseen`() throws {
        let told = try facts(from: "10.0.0.1", ["Forwarded": "for=203.0.113.9;proto=https"])
        #expect(told.remoteAddress.description == "10.0.0.1")
        #expect(!told.isTLS)
    }

    @Test func `are not bound by the connections of one address`() throws {
        var limits = ServerLimits()
        limits.connectionsPerAddressMax = 2
        let census = ConnectionCensus(limits, proxies: proxies)
        for (host, admitted) in [("10.0.0.1", 3), ("192.0.2.1", 2), ("127.0.0.1", 3)] {
            let peer = try #require(SocketAddress(host: host, port: 1))
            #expect((0..<3).count { _ in census.admit(peer) } == admitted, "\(host)")
        }
    }
}
