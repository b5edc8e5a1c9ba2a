import HTTP
import Testing

@testable import Gateway

@Suite struct `The host router` {
    private static let router = HostRouter(
        GatewayConfiguration(domain: "sbx.localhost", portalHost: "portal.test", scheme: "http", port: 80))

    struct Case: Sendable, CustomTestStringConvertible {
        let host: String
        let path: String
        let fields: [(name: String, value: String)]
        /// Nil is refused.
        let expected: String?

        init(
            _ host: String, _ path: String = "/", _ fields: [(name: String, value: String)] = [],
            _ expected: String?
        ) {
            (self.host, self.path, self.fields, self.expected) = (host, path, fields, expected)
        }

        var testDescription: String { "\(host)\(path) \(fields)" }
    }

    static let cases: [Case] = [
        Case("localhost", "/v1/x", [], "portal"),
        Case("LOCALHOST:8080", "/v1/x", [], "portal"),
        Case("portal.test", "/v1/x", [], "portal"),
        Case("sbx.localhost", "/", [], "portal"),
        Case("127.0.0.1:8080", "/", [], "portal"),
        Case("[::1]:8080", "/", [], "portal"),
        Case("auth.sbx.localhost", "/x", [], "issuer"),
        Case("AUTH.sbx.LocalHost", "/x", [], "issuer"),
        Case("box.sbx.localhost", "/payments/v1/x", [], "box payments /v1/x host"),
        Case("BOX.SBX.localhost:81", "/payments/v1/x", [], "box payments /v1/x host"),
        Case("box.sbx.localhost", "/payments", [], "box payments / host"),
        Case("box.sbx.localhost", "/", [], "box - / host"),
        Case("box.sbx.localhost", "//x", [], "box  /x host"),
        Case("payments--box.sbx.localhost", "/v1/x?y=1", [], "box payments /v1/x contract_host"),
        Case("payments-v2--box.sbx.localhost", "/", [], "box payments-v2 / contract_host"),
        Case("localhost", "/v1/x", [("X-Sbx-Sandbox", "box"), ("X-Sbx-Contract", "payments")], "box payments /v1/x header"),
        Case("localhost", "/payments/v1/x", [("x-sbx-sandbox", "box")], "box payments /v1/x header"),
        Case("localhost", "/api/box/payments/v1/x", [], "box payments /v1/x path"),
        Case("localhost", "/api/box/payments", [], "box payments / path"),
        Case("localhost", "/api/box", [], "box - / path"),
        Case("localhost", "/api/", [], "portal"),
        Case("localhost", "/apis/box/payments", [], "portal"),
        Case("example.com", "/", [], nil),
        Case("a.b.sbx.localhost", "/", [], nil),
        Case("localhost.", "/", [], nil),
        Case(".sbx.localhost", "/", [], nil),
        Case("box.sbx.localhost", "/payments/x", [("X-Sbx-Sandbox", "other")], nil),
        Case("box.sbx.localhost", "/payments/x", [("X-Sbx-Contract", "other")], nil),
        Case("payments--box.sbx.localhost", "/x", [("X-Sbx-Contract", "other")], nil),
        Case("localhost", "/api/box/payments/x", [("X-Sbx-Sandbox", "other")], nil),
        Case("localhost", "/api/box/payments/x", [("X-Sbx-Contract", "other")], nil),
        Case("localhost", "/", [("X-Env", "production")], nil),
    ]

    @Test(arguments: cases)
    func `finds the destination or refuses`(_ route: Case) throws {
        var call = TestCall("GET", route.path).host(route.host)
        call.fields = route.fields
        // A head whose Host is no host name does not get as far as the router.
        guard let request = try? call.request() else {
            #expect(route.expected == nil)
            return
        }
        let found: String?
        do throws(Refusal) {
            found = try Self.router.destination(of: request.head).told
        } catch {
            found = nil
        }
        #expect(found == route.expected)
    }
}

extension Destination {
    fileprivate var told: String {
        switch self {
        case .portal: "portal"
        case .issuer: "issuer"
        case .sandbox(let target):
            "\(target.slug) \(target.contract ?? "-") "
                + "\(String(decoding: target.path, as: UTF8.self)) \(target.addressing.rawValue)"
        }
    }
}
