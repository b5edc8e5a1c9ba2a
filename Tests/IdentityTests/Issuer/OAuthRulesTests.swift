import Access
import Contracts
import Runtime
import Testing

@testable import Identity

@Suite struct `Redirect URIs` {
    @Test(arguments: [
        ("https://a.example/cb", "https://a.example/cb"),
        ("http://127.0.0.1:8080/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:9/cb"),
        ("http://[::1]:8080/cb?x=1", "http://[::1]/cb?x=1"),
    ]) func `match as written, loopback addresses under any port`(shown: String, registered: String)
    {
        #expect(RedirectURI.matches(shown, registered: registered))
    }

    @Test(arguments: [
        ("https://a.example/cb/", "https://a.example/cb"),
        ("https://A.example/cb", "https://a.example/cb"),
        ("https://a.example:8443/cb", "https://a.example/cb"),
        ("https://a.example/cb?x", "https://a.example/cb"),
        ("http://localhost:1/cb", "http://localhost:2/cb"),
        ("http://127.0.0.1:1/other", "http://127.0.0.1:1/cb"),
        ("http://127.0.0.1.evil.example/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1:1@evil.example/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1:\r\n/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1:1x/cb", "http://127.0.0.1/cb"),
        ("", "https://a.example/cb"),
    ]) func `match nothing else`(shown: String, registered: String) {
        #expect(!RedirectURI.matches(shown, registered: registered))
    }

    @Test func `are registered for https, this machine, and private schemes with a dot`() {
        for uri in [
            "https://a.example/cb", "http://localhost:3000/cb", "http://app.localhost/",
            "com.example.app:/cb",
        ] {
            #expect(RedirectURI.isRegistrable(uri), "\(uri)")
        }
        for uri in [
            "", "https://", "http://a.example/cb", "javascript:alert(1)", "data:text/html,x",
            "https://a.example/#x",
            "https://*.example/cb", "https://a.example/a b", "http://user@localhost/cb",
        ] {
            #expect(!RedirectURI.isRegistrable(uri), "\(uri)")
        }
    }
}

@Suite struct `User codes` {
    @Test func `are typed in any case, with or without the hyphen`() throws {
        let code = UserCode(random: SeededRandom(seed: 1))
        let shown = code.shown
        #expect(shown.utf8.count == 9)
        for typed in [shown, shown.lowercased(), shown.replacing("-", with: ""), " \(shown) "] {
            #expect(UserCode(typed: typed) == code)
        }
    }

    @Test(arguments: ["", "BCDF", "BCDF-GHJKL", "AEIO-UAEI", "ßßßß-ßßßß", "1234-5678"])
    func `are nothing else`(typed: String) {
        #expect(UserCode(typed: typed) == nil)
    }
}

@Suite struct `Addresses in DPoP proofs` {
    @Test(arguments: [
        "https://a.example/x", "HTTPS://A.EXAMPLE/x", "https://a.example:443/x",
        "https://a.example/x?q#f",
        "https://a.example/x#f?q",
    ]) func `are compared by what they mean`(url: String) {
        #expect(ProofURL.normalized(url) == "https://a.example/x")
    }

    @Test(arguments: [
        "http://a.example/x", "https://a.example:80/x", "https://a.example/X",
        "https://a.example/x/",
        "https://a.example", "/x", "",
    ]) func `differ where they lead elsewhere`(url: String) {
        #expect(ProofURL.normalized(url) != "https://a.example/x")
    }

    @Test func `have a path, if only the root`() {
        #expect(
            ProofURL.normalized("http://a.example") == ProofURL.normalized("http://a.example:80/"))
    }
}

@Suite struct `DPoP nonces` {
    private let clock = ManualWallClock(WallInstant(microseconds: 1_800_000_000_000_000))

    @Test func `are good for one stretch and the next, on every gateway with the key`() {
        let (here, there) = (DPoPNonces(key: [1], clock: clock), DPoPNonces(key: [1], clock: clock))
        let nonce = here.current
        #expect(there.isCurrent(nonce))
        clock.advance(by: .seconds(Limits.nonceSeconds))
        #expect(there.isCurrent(nonce))
        clock.advance(by: .seconds(Limits.nonceSeconds))
        #expect(!there.isCurrent(nonce))
        #expect(!DPoPNonces(key: [2], clock: clock).isCurrent(here.current))
        #expect(!here.isCurrent(""))
    }
}

@Suite struct `Registrations` {
    private static func registered(_ document: JSONValue) throws -> RegistrationDocument {
        try RegistrationDocument(document, offering: Scopes(text: "sandbox things:read"))
    }

    @Test func `write out what they leave to the defaults`() throws {
        let read = try Self.registered([
            "redirect_uris": ["https://a.example/cb"], "x_own": [1],
        ])
        #expect(
            read.document == [
                "redirect_uris": ["https://a.example/cb"], "x_own": [1],
                "token_endpoint_auth_method": "client_secret_basic",
                "grant_types": ["authorization_code"], "response_types": ["code"],
                "scope": "sandbox",
            ])
        #expect(read.usesSecret)
    }

    @Test func `cannot choose an id or a secret`() throws {
        let read = try Self.registered([
            "client_id": "cli_mine", "client_secret": "short",
            "grant_types": ["client_credentials"],
        ])
        #expect(read.document["client_id"] == nil && read.document["client_secret"] == nil)
    }

    @Test(arguments: [
        #"[]"#, #"{"grant_types":["password"],"redirect_uris":["https://a.example"]}"#,
        #"{"grant_types":[]}"#,
        #"{"token_endpoint_auth_method":"client_secret_jwt"}"#, #"{}"#,
        #"{"redirect_uris":["http://a.example/"]}"#, #"{"redirect_uris":"https://a.example/"}"#,
        #"{"grant_types":["client_credentials"],"response_types":["token"]}"#,
        #"{"grant_types":["client_credentials"],"token_endpoint_auth_method":"private_key_jwt"}"#,
        #"{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth"}"#,
        #"{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a","tls_client_auth_subject_dn":"CN=a"}"#,
        #"{"grant_types":["client_credentials"],"jwks_uri":"https://a.example/jwks"}"#,
        #"{"grant_types":["client_credentials"],"jwks":{"keys":[{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8"}]}}"#,
        #"{"grant_types":["client_credentials"],"access_token_signed_response_alg":"none"}"#,
        #"{"grant_types":["client_credentials"],"scope":"things:read manage"}"#,
        #"{"grant_types":["client_credentials"],"dpop_bound_access_tokens":"yes"}"#,
    ]) func `are refused when a rule is broken`(text: String) throws {
        let document = try JSONParser.parse(text)
        #expect(throws: OAuthError.self) { try Self.registered(document) }
    }
}
