import Contracts
import Runtime
import TestSupport
import Testing

@testable import Identity

/// Every vector of the corpus: the valid ones accepted, the invalid ones refused. What is outside
/// of this implementation stands in `outOfScope` with its reason, so that the lists can be counted.
@Suite(.enabled(if: Corpus.isPresent, "corpus absent")) struct `JOSE corpus` {
    @Test func `ECDSA over P-256`() throws {
        var counts = (valid: 0, invalid: 0)
        for (group, tests) in try CorpusVectors.groups("ecdsa_secp256r1_sha256_p1363_test.json") {
            // Not every group has a JWK; all have the point: 04, x, y.
            let point = CorpusVectors.bytes(hex: group["publicKey"]?["uncompressed"]?.string)
            try #require(point.count == 65)
            let key = try VerificationKey([
                "kty": "EC", "crv": "P-256", "x": .string(Base64URL.text(point[1..<33])),
                "y": .string(Base64URL.text(point[33...])),
            ])
            for test in tests {
                let isAccepted = key.verifies(
                    CorpusVectors.bytes(hex: test["sig"]?.string),
                    over: CorpusVectors.bytes(hex: test["msg"]?.string), .es256)
                #expect(isAccepted == (test["result"] == "valid"), "tcId \(test["tcId"] ?? .null)")
                if isAccepted { counts.valid += 1 } else { counts.invalid += 1 }
            }
        }
        #expect(counts == (173, 89))
    }

    @Test func `HMAC with SHA-256`() throws {
        var counts = (valid: 0, invalid: 0, outOfScope: 0)
        for (group, tests) in try CorpusVectors.groups("hmac_sha256_test.json") {
            // Truncated codes are no HS256 (RFC 7518 § 3.2).
            guard group["tagSize"]?.int == 256 else {
                counts.outOfScope += tests.count
                continue
            }
            for test in tests {
                let isAccepted = HMACSHA256.verifies(
                    CorpusVectors.bytes(hex: test["tag"]?.string),
                    over: CorpusVectors.bytes(hex: test["msg"]?.string),
                    key: CorpusVectors.bytes(hex: test["key"]?.string))
                #expect(isAccepted == (test["result"] == "valid"), "tcId \(test["tcId"] ?? .null)")
                if isAccepted { counts.valid += 1 } else { counts.invalid += 1 }
            }
        }
        #expect(counts == (33, 54, 87))
    }

    @Test func `JSON Web Keys and the tokens they sign`() throws {
        let outOfScope: [Int64: String] = [
            14: "HS384 is not spoken here", 15: "HS512 is not spoken here",
        ]
        var counts = (valid: 0, invalid: 0)
        for (group, tests) in try CorpusVectors.groups("json_web_key_test.json") {
            let keys = try #require(group["public"] ?? group["private"])
            for test in tests {
                let number = test["tcId"]?.int ?? 0
                let isAccepted = accepts(keys, test["jws"]?.string ?? "")
                if isAccepted { counts.valid += 1 } else { counts.invalid += 1 }
                guard outOfScope[number] == nil else {
                    #expect(!isAccepted, "tcId \(number): \(outOfScope[number] ?? "")")
                    continue
                }
                #expect(isAccepted == (test["result"] == "valid"), "tcId \(number)")
            }
        }
        #expect(counts == (3, 23))
    }

    @Test(arguments: [
        "cookbook/jws/4_1.rsa_v15_signature.json",
        "cookbook/jws/4_5.signature_with_detached_content.json",
        "cookbook/curve25519/jws.json",
    ])
    func `cookbook signatures`(name: String) throws {
        let vector = try CorpusVectors.document(name)
        let input = try #require(vector["input"])
        let payload = Base64URL.text(Array((input["payload"]?.string ?? "").utf8))
        let parts = (vector["output"]?["compact"]?.string ?? "").split(
            separator: ".", omittingEmptySubsequences: false)
        // Detached content is put back by whoever has it (RFC 7515 appendix F).
        let token = "\(parts[0]).\(payload).\(parts[2])"
        let key = try VerificationKey(try #require(input["key"]))
        let algorithm = try #require(SignatureAlgorithm(rawValue: input["alg"]?.string ?? ""))
        let jws = try JWS(Array(token.utf8))
        try jws.verify(with: key, taking: [algorithm])
        #expect(throws: JOSEError.badSignature) {
            try JWS(Array("\(parts[0]).e30.\(parts[2])".utf8)).verify(
                with: key, taking: [algorithm])
        }
    }

    @Test func `the signature inside the nested cookbook example`() throws {
        let sign = try #require(
            try CorpusVectors.document("cookbook/6.nesting_signatures_and_encryption.json")["sign"])
        let key = try VerificationKey(try #require(sign["input"]?["key"]))
        let token = Array((sign["output"]?["compact"]?.string ?? "").utf8)
        try JWS(token).verify(with: key, taking: [.ps256])
    }

    /// What is refused for being outside of this implementation, each with its error.
    @Test func `the rest of the cookbook is refused, not misread`() throws {
        let es512 = try CorpusVectors.document("cookbook/jws/4_3.ecdsa_signature.json")
        #expect(throws: JOSEError.invalidKey("crv is not P-256")) {
            try VerificationKey(es512["input"]?["key"] ?? .null)
        }
        // Headers that nobody signed exist in the JSON form only, which is not read.
        let unprotected = try CorpusVectors.document(
            "cookbook/jws/4_7.protecting_content_only.json")
        #expect(unprotected["output"]?["compact"] == nil)
        // RFC 7797: an unencoded payload is announced by `crit`.
        let unencoded = try CorpusVectors.document("cookbook/rfc7797/4.2.hmac-sha2_b64_false.json")
        let header = Base64URL.text(JSONWriter.bytes(unencoded["signing"]?["protected"] ?? .null))
        #expect(throws: JOSEError.criticalExtension) {
            try JWS(Array("\(header).JC4wMg.GsyM6AQJbQHY8aQKCbZSPJHzMRWo3HKIlcDuXof7nqs".utf8))
        }
        // Encrypted tokens have five parts.
        for name in Corpus.names(in: "jose/cookbook/jwe") {
            let compact = try CorpusVectors.document("cookbook/jwe/\(name)")["output"]?["compact"]?
                .string
            guard let compact else { continue }
            #expect(throws: JOSEError.malformed) { try JWS(Array(compact.utf8)) }
        }
    }

    @Test func `cookbook keys`() throws {
        let rsa = try JWK(CorpusVectors.document("cookbook/jwk/3_3.rsa_public_key.json"))
        #expect(rsa.algorithms == [.rs256, .ps256])
        let secret = try JWK(
            CorpusVectors.document("cookbook/jwk/3_5.symmetric_key_mac_computation.json"))
        #expect(secret.algorithms == [.hs256])
        #expect(throws: JOSEError.invalidKey("crv is not P-256")) {
            try JWK(CorpusVectors.document("cookbook/jwk/3_1.ec_public_key.json"))
        }
    }

    private func accepts(_ keys: JSONValue, _ token: String) -> Bool {
        do {
            let set = try JWKSet(keys)
            try JWS(Array(token.utf8)).verify(with: set, taking: Set(SignatureAlgorithm.allCases))
            return true
        } catch {
            return false
        }
    }
}
