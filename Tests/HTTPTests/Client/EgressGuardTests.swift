import Testing

@testable import HTTP

@Suite struct `Egress guard` {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
        "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255",
        "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
        "198.19.255.255", "198.51.100.1", "203.0.113.255", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
        "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1",
        "ff02::1", "5f00::1", "4000::1",
    ])
    func `refuses what is not public`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(throws: EgressGuard.Refusal.self) { try EgressGuard().check(address) }
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111",
        "2001:4860:4860::8888", "2a00::1",
    ])
    func `lets public addresses pass`(text: String) throws {
        try EgressGuard().check(try #require(IPAddress(text)))
    }

    @Test func `lets pass what the operator allows, and only that`() throws {
        let egress = EgressGuard(allowing: [AddressRange("127.0.0.0/8")!, AddressRange("::1/128")!])
        try egress.check(.loopback)
        try egress.check(IPAddress("::1")!)
        #expect(throws: EgressGuard.Refusal.self) { try egress.check(IPAddress("10.0.0.1")!) }
        #expect(throws: EgressGuard.Refusal.self) {
            try egress.check(IPAddress("::ffff:127.0.0.1")!)
        }
    }
}

@Suite struct `Addresses` {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
        ("::1", "::1"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("::ffff:1.2.3.4", "::ffff:102:304"), ("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"),
    ])
    func `are read and written`(text: String, written: String) {
        #expect(IPAddress(text)?.description == written)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "0x7f.0.0.1", "1.2.3.4 ", "1..2.3",
        ":", ":::", "fe80::1%eth0", "12345::", "::1::",
    ])
    func `are refused in odd spellings`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `ranges know their members`() {
        let range = AddressRange("172.16.0.0/12")!
        #expect(range.contains(IPAddress("172.31.255.255")!))
        #expect(!range.contains(IPAddress("172.32.0.0")!))
        #expect(AddressRange("0.0.0.0/0")!.contains(IPAddress("9.9.9.9")!))
        #expect(!AddressRange("0.0.0.0/0")!.contains(IPAddress("::1")!))
        #expect(AddressRange("10.0.0.1")!.prefixBits == 32)
        for text in ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "x/8", "10.0.0.0/8/8", "::/129"] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }
}

@Suite struct `URLs to call` {
    @Test func `are taken apart`() throws {
        let url = try ClientURL("HTTPS://Example.COM.:8443/a%20b?c=d")
        #expect(url.isTLS)
        #expect(url.host == .name("example.com"))
        #expect(url.port == 8443)
        #expect(url.target == "/a%20b?c=d")
        #expect(url.authority == "example.com.:8443")
        #expect(try ClientURL("http://a?b").target == "/?b")
        #expect(try ClientURL("http://a").port == 80)
        #expect(try ClientURL("http://[::1]:81/").host == .address(IPAddress("::1")!))
        #expect(try ClientURL("http://1.2.3.4").host == .address(IPAddress("1.2.3.4")!))
        #expect(try ClientURL("http://4.example").host == .name("4.example"))
    }

    @Test(arguments: [
        ("ftp://a/", .notHTTP), ("//a/", .notHTTP), ("javascript:alert(1)", .notHTTP),
        ("file:///etc/passwd", .notHTTP), ("http://", .badHost), ("http:///a", .badHost),
        ("http://u@a/", .userInfo), ("http://u:p@a/", .userInfo), ("http://a@b@c/", .userInfo),
        ("http://a b/", .badByte), ("http://a\r\n/", .badByte), ("http://a\\b/", .badByte),
        ("http://ü/", .badByte), ("http://a/#b", .fragment), ("http://a:0/", .badPort),
        ("http://a:65536/", .badPort), ("http://a:/", .badPort), ("http://a:8x/", .badPort),
        ("http://[::1/", .badHost), ("http://[1.2.3.4]/", .badHost), ("http://[::1]x/", .badPort),
        ("http://-a/", .badHost), ("http://a..b/", .badHost), ("http://%61/", .badHost),
        ("http://2130706433/", .oddAddress), ("http://0x7f000001/", .oddAddress),
        ("http://0x7f.1/", .oddAddress), ("http://127.1/", .oddAddress),
        ("http://0177.0.0.1/", .oddAddress), ("http://127.0.0.1./", .oddAddress),
        ("http://1.2.3.4.5/", .oddAddress), ("http://256.0.0.1/", .oddAddress),
        ("http://0x/", .oddAddress),
    ] as [(String, ClientURL.Fault)])
    func `are refused when two readers could differ`(text: String, fault: ClientURL.Fault) {
        #expect(throws: fault) { try ClientURL(text) }
    }
}
