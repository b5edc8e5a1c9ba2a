import Contracts
import Runtime
import Testing

@testable import Identity

@Suite struct `Signed tokens` {
    private static let keys: [SigningKey] = [.es256, .rs256, .ps256, .edDSA].map(
        SigningKey.generate)

    /// A token whose header is whatever the test says.
    private func text(_ header: JSONValue, signedBy key: SigningKey) -> String {
        let signed =
            Base64URL.text(JSONWriter.bytes(header)) + "." + Base64URL.text(Array("{}".utf8))
        return signed + "." + Base64URL.text(key.sign(Array(signed.utf8)))
    }

    @Test(arguments: keys.indices)
    func `are verified with the public key of the one that signed`(index: Int) throws {
        let key = Self.keys[index]
        let other = SigningKey.generate(key.algorithm)
        let jws = try JWS(Array(key.jws(type: "at+jwt", ["sub": "a"]).utf8))
        try jws.verify(with: JWKSet([key.publicKey, other.publicKey]), taking: [key.algorithm])
        #expect(jws.header.type == "at+jwt")
        #expect(try jws.document() == ["sub": "a"])
        #expect(throws: JOSEError.badSignature) {
            try jws.verify(with: other.publicKey, taking: [key.algorithm])
        }
    }

    @Test(arguments: keys.indices)
    func `a private key survives being stored`(index: Int) throws {
        let key = Self.keys[index]
        let again = try #require(SigningKey(pkcs8: key.pkcs8, key.algorithm))
        #expect(again.keyID == key.keyID)
        let jws = try JWS(Array(again.jws(type: "JWT", [:]).utf8))
        try jws.verify(with: key.publicKey, taking: [key.algorithm])
    }

    @Test func `one changed character is a bad signature`() throws {
        let key = Self.keys[0]
        let text = key.jws(type: "JWT", ["sub": "alice"])
        let parts = text.split(separator: ".").map(String.init)
        let payload = Base64URL.text(Array(#"{"sub":"malice"}"#.utf8))
        #expect(throws: JOSEError.badSignature) {
            try JWS(Array("\(parts[0]).\(payload).\(parts[2])".utf8))
                .verify(with: key.publicKey, taking: [.es256])
        }
    }

    @Test(arguments: ["none", "None", "NONE", "nOnE"])
    func `an unsigned token is refused however it spells none`(name: String) throws {
        let header = Base64URL.text(JSONWriter.bytes(["alg": .string(name)]))
        let jws = try JWS(Array("\(header).e30.".utf8))
        #expect(throws: JOSEError.unsigned) {
            try jws.verify(
                with: JWKSet([Self.keys[0].publicKey]), taking: SignatureAlgorithm.asymmetric)
        }
    }

    @Test func `a public key is no HMAC secret`() throws {
        let rsa = Self.keys[1].publicKey
        let modulus = Self.keys[1].publicKey.jwk.publicDocument["n"]?.string ?? ""
        let signed =
            Base64URL.text(Array(#"{"alg":"HS256","kid":"\#(rsa.jwk.keyID ?? "")"}"#.utf8)) + ".e30"
        let code = HMACSHA256.code(Array(signed.utf8), key: Array(modulus.utf8))
        let jws = try JWS(Array("\(signed).\(Base64URL.text(code))".utf8))
        #expect(throws: JOSEError.algorithmRefused("HS256")) {
            try jws.verify(with: JWKSet([rsa]), taking: SignatureAlgorithm.asymmetric)
        }
        #expect(throws: JOSEError.algorithmRefused("HS256")) {
            try jws.verify(with: rsa, taking: [.hs256])
        }
    }

    @Test func `the key's algorithm decides, not the header's`() throws {
        let key = Self.keys[1]
        let jws = try JWS(
            Array(text(["alg": "PS256", "kid": .string(key.keyID)], signedBy: key).utf8))
        #expect(throws: JOSEError.algorithmRefused("PS256")) {
            try jws.verify(with: JWKSet([key.publicKey]), taking: SignatureAlgorithm.asymmetric)
        }
    }

    @Test(arguments: ["jwk", "jku", "x5u", "x5c"])
    func `a header that brings its own key is refused`(member: String) throws {
        let key = Self.keys[0]
        var header: JSONValue = ["alg": "ES256", "kid": .string(key.keyID)]
        header[member] =
            member == "jwk" ? key.publicKey.jwk.publicDocument : "https://evil.example/"
        let jws = try JWS(Array(text(header, signedBy: key).utf8))
        #expect(throws: JOSEError.embeddedKey) {
            try jws.verify(with: JWKSet([key.publicKey]), taking: [.es256])
        }
    }

    @Test(arguments: ["../../dev/null", "' OR 1=1 --", ""])
    func `a kid is only a name`(name: String) throws {
        let key = Self.keys[0]
        let jws = try JWS(Array(text(["alg": "ES256", "kid": .string(name)], signedBy: key).utf8))
        #expect(throws: JOSEError.unknownKey) {
            try jws.verify(with: JWKSet([key.publicKey]), taking: [.es256])
        }
    }

    @Test func `a critical extension is refused, whatever it is`() {
        let text = text(["alg": "ES256", "crit": ["exp"], "exp": 1], signedBy: Self.keys[0])
        #expect(throws: JOSEError.criticalExtension) { try JWS(Array(text.utf8)) }
    }

    @Test(arguments: [
        "", ".", "..", "a.b", "e30.e30.e30.e30", "e30=.e30.e30", "e30 .e30.e30",
        // `alg` twice; not an object; `kid` is a number.
        "eyJhbGciOiJub25lIiwiYWxnIjoiRVMyNTYifQ.e30.", "W10.e30.",
        "eyJhbGciOiJFUzI1NiIsImtpZCI6MX0.e30.",
        // Bits beyond the last byte.
        "eyJhbGciOiJFUzI1NiJ9.e31.",
    ])
    func `what is no token is malformed`(text: String) {
        #expect(throws: JOSEError.malformed) { try JWS(Array(text.utf8)) }
    }
}

@Suite struct `JSON Web Keys` {
    @Test func `have the thumbprint of RFC 7638's example`() throws {
        let key = try JWK([
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": .string(
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc"
                    + "_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGj"
                    + "QR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-b"
                    + "FTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
            ),
        ])
        #expect(
            Base64URL.text(key.thumbprint.bytes) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test func `never show a private number again`() throws {
        let document: JSONValue = [
            "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        ]
        let key = try JWK(document)
        #expect(key.hadPrivatePart)
        #expect(key.publicDocument["d"] == nil)
    }

    @Test(arguments: [
        #"{}"#, #"{"kty":"oct","k":"c2hvcnQ"}"#, #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#,
        #"{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"OKP","crv":"Ed25519","alg":"ES256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"OKP","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"OKP","crv":"Ed25519","key_ops":["encrypt"],"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#,
    ])
    func `are refused when a rule is broken`(text: String) throws {
        let document = try JSONParser.parse(text)
        #expect(throws: JOSEError.self) { try JWK(document) }
    }
}

@Suite struct `Token times` {
    private let now = WallInstant(microseconds: 1_000_000_000_000)  // 1,000,000 s.

    private func claims(_ document: JSONValue) throws -> JWTClaims { try JWTClaims(document) }

    @Test func `end at exp, later by no more than the skew`() throws {
        #expect(try claims(["exp": 1_000_001]).isCurrent(at: now, skewSeconds: 0))
        #expect(try !claims(["exp": 1_000_000]).isCurrent(at: now, skewSeconds: 0))
        #expect(try claims(["exp": 999_971]).isCurrent(at: now, skewSeconds: 30))
        #expect(try !claims(["exp": 999_970]).isCurrent(at: now, skewSeconds: 30))
        #expect(
            try claims(["exp": .number(JSONNumber(Int64.max))]).isCurrent(at: now, skewSeconds: 30))
    }

    @Test(arguments: ["nbf", "iat"])
    func `begin at nbf and iat, sooner by no more than the skew`(name: String) throws {
        let document: (Int64) -> JSONValue = {
            .object(JSONObject([.init(name: name, value: .int($0))]))
        }
        #expect(try claims(document(1_000_030)).isCurrent(at: now, skewSeconds: 30))
        #expect(try !claims(document(1_000_031)).isCurrent(at: now, skewSeconds: 30))
    }

    @Test func `may have a fraction, and nothing else that is no number`() throws {
        #expect(try claims(["exp": .number(try #require(JSONNumber("12.75")))]).expiresAt == 12)
        for text in [#"{"exp":"12"}"#, #"{"exp":null}"#, #"{"aud":[1]}"#, #"{"sub":1}"#] {
            let document = try JSONParser.parse(text)
            #expect(throws: JOSEError.malformed) { try JWTClaims(document) }
        }
    }
}
